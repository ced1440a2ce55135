import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { flagExamples } from '../shared/flag-examples';

export default defineRule({
  id: 'Neptune.7',
  slug: 'neptune-minor-upgrades',
  title: 'Neptune instances take minor versions of their engine automatically',
  criteria: [Criterion.CC7_1],
  control: 'patch-management',
  severity: 'warning',
  resourceTypes: ['AWS::Neptune::DBInstance'],
  rationale:
    'Minor versions carry the security fixes of the engine; an instance that waits for somebody to remember them falls behind.',
  remediation: 'Set `autoMinorVersionUpgrade: true`, and choose the time with `preferredMaintenanceWindow`.',
  references: ['ElectricEye Neptune.7', 'cdk-nag NeptuneClusterAutomaticMinorVersionUpgrade'],
  check: (resource) =>
    resource
      .at('AutoMinorVersionUpgrade')
      .mustBe(true, { absent: 'Neptune applies minor versions automatically unless told otherwise' }),
  examples: flagExamples({ type: 'AWS::Neptune::DBInstance', path: 'AutoMinorVersionUpgrade', safeByDefault: true }),
});
