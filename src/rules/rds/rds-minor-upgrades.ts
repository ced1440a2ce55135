import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { isRdsCustom } from '../shared/database-kinds';

const instance = (properties: object) => ({
  Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', ...properties } },
});

export default defineRule({
  id: 'RDS.11',
  slug: 'rds-minor-upgrades',
  title: 'RDS databases take minor versions of their engine automatically',
  criteria: [Criterion.CC7_1],
  control: 'patch-management',
  severity: 'warning',
  resourceTypes: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  applies: (database) => !isRdsCustom(database),
  rationale:
    'Minor versions carry the security fixes of the engine; a database that waits for somebody to remember them falls behind.',
  remediation: 'Leave `autoMinorVersionUpgrade` at its default of `true`, and choose the time with `preferredMaintenanceWindow`.',
  references: [
    'Security Hub RDS.13',
    'AWS Config RDS_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED',
    'CIS AWS Foundations 2.3.2',
    'cdk-nag RDSAutomaticMinorVersionUpgradeEnabled',
  ],
  check: (database) =>
    database
      .at('AutoMinorVersionUpgrade')
      .mustBe(true, { absent: 'RDS applies minor versions automatically unless told otherwise' }),
  examples: {
    pass: {
      'upgrades are automatic': instance({ AutoMinorVersionUpgrade: true }),
      'upgrades are automatic by default': instance({}),
    },
    fail: {
      'upgrades are off': instance({ AutoMinorVersionUpgrade: false }),
      'upgrades of a cluster are off': {
        Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'postgres', AutoMinorVersionUpgrade: 'false' } },
      },
      'upgrades are off in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: instance({ AutoMinorVersionUpgrade: { 'Fn::If': ['IsProduction', false, true] } }),
      },
    },
    undetermined: {
      'a parameter decides': {
        Parameters: { Upgrade: { Type: 'String' } },
        Resources: instance({ AutoMinorVersionUpgrade: { Ref: 'Upgrade' } }),
      },
    },
  },
});
