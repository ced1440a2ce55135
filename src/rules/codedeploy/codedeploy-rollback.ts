import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';

const group = (AutoRollbackConfiguration?: Json) => ({
  Group: {
    Type: 'AWS::CodeDeploy::DeploymentGroup',
    Properties: { ApplicationName: 'shop', ...(AutoRollbackConfiguration && { AutoRollbackConfiguration }) },
  },
});

export default defineRule({
  id: 'CodeDeploy.1',
  slug: 'codedeploy-rollback',
  title: 'A deployment that fails is rolled back by itself',
  criteria: [Criterion.A1_2, Criterion.CC8_1],
  control: 'change-management',
  severity: 'warning',
  resourceTypes: ['AWS::CodeDeploy::DeploymentGroup'],
  rationale: 'Until somebody has woken up and decided, customers have the version that does not work.',
  remediation: 'Set `autoRollback: { failedDeployment: true }`, and `deploymentInAlarm` where alarms are given.',
  references: ['AWS Config CODEDEPLOY_AUTO_ROLLBACK_MONITOR_ENABLED', 'ElectricEye CodeDeploy.3', 'NIST 800-53 CP-10'],
  check: (group) => [
    ...group.at('AutoRollbackConfiguration.Enabled').mustBe(true),
    ...group.at('AutoRollbackConfiguration.Events').mustBeSet('at least one event', { absent: '' }),
  ],
  examples: {
    pass: { 'failed deployments are rolled back': group({ Enabled: true, Events: ['DEPLOYMENT_FAILURE'] }) },
    fail: {
      'it is not mentioned': group(),
      'it is off': group({ Enabled: false }),
      'no event rolls back': group({ Enabled: true, Events: [] }),
    },
    undetermined: { 'it is a parameter': withParameter('Rollback', group({ Enabled: { Ref: 'Rollback' } })) },
  },
});
