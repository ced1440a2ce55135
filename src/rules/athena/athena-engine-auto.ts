import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';

const workgroup = (SelectedEngineVersion: Json) => ({
  Group: {
    Type: 'AWS::Athena::WorkGroup',
    Properties: { Name: 'finance', WorkGroupConfiguration: { EngineVersion: { SelectedEngineVersion } } },
  },
});

export default defineRule({
  id: 'Athena.3',
  slug: 'athena-engine-auto',
  title: 'Athena workgroups move to new versions of the engine by themselves',
  criteria: [Criterion.CC7_1, Criterion.CC8_1],
  control: 'patch-management',
  severity: 'warning',
  resourceTypes: ['AWS::Athena::WorkGroup'],
  rationale: 'A version that was chosen by hand stays until somebody remembers it, past the day that it is looked after.',
  remediation: 'Leave out `workGroupConfiguration.engineVersion`, or set its `selectedEngineVersion` to `AUTO`.',
  references: ['AWS Config ATHENA_WORKGROUP_ENGINE_VERSION_AUTO_UPGRADE', 'ElectricEye Athena.4'],
  // For Spark there is nothing to choose from but one version.
  check: (group) =>
    group
      .at('WorkGroupConfiguration.EngineVersion.SelectedEngineVersion')
      .must("'AUTO'", ({ string = '' }) => /^auto$|spark/i.test(string), {
        absent: 'Athena chooses the version unless told otherwise',
      }),
  examples: {
    pass: {
      'Athena chooses': workgroup('AUTO'),
      'no version is mentioned': { Group: { Type: 'AWS::Athena::WorkGroup', Properties: { Name: 'finance' } } },
      'the workgroup runs Spark': workgroup('PySpark engine version 3'),
    },
    fail: {
      'a version is chosen by hand': workgroup('Athena engine version 3'),
      'only production has one that Athena chooses': byStage(workgroup, 'AUTO', 'Athena engine version 2'),
    },
    undetermined: { 'the version is a parameter': byParameter(workgroup) },
  },
});
