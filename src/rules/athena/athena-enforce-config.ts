import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';

const workgroup = (EnforceWorkGroupConfiguration: Json) => ({
  Group: {
    Type: 'AWS::Athena::WorkGroup',
    Properties: { Name: 'finance', WorkGroupConfiguration: { EnforceWorkGroupConfiguration } },
  },
});

export default defineRule({
  id: 'Athena.2',
  slug: 'athena-enforce-config',
  title: 'Settings of Athena workgroups override those of the client',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'warning',
  resourceTypes: ['AWS::Athena::WorkGroup'],
  rationale: 'Otherwise whoever runs a query says where its result goes and with which key it is encrypted, if with any.',
  remediation: 'Set `workGroupConfiguration.enforceWorkGroupConfiguration` to true.',
  references: ['AWS Config ATHENA_WORKGROUP_ENFORCE_WORKGROUP_CONFIGURATION', 'Checkov CKV_AWS_82', 'ElectricEye Athena.2'],
  check: (group) => group.at('WorkGroupConfiguration.EnforceWorkGroupConfiguration').mustBe(true),
  examples: {
    pass: { 'settings are enforced': workgroup(true) },
    fail: {
      'nothing is said about the client': { Group: { Type: 'AWS::Athena::WorkGroup', Properties: { Name: 'finance' } } },
      'the client decides': workgroup(false),
    },
    undetermined: { 'whether settings are enforced is a parameter': byParameter(workgroup) },
  },
});
