import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';

const group = (AlarmConfiguration?: Json) => ({
  Group: {
    Type: 'AWS::CodeDeploy::DeploymentGroup',
    Properties: { ApplicationName: 'shop', ...(AlarmConfiguration && { AlarmConfiguration }) },
  },
});
const alarms = [{ Name: 'errors' }];

export default defineRule({
  id: 'CodeDeploy.2',
  slug: 'codedeploy-alarms',
  title: 'Alarms stop a deployment',
  criteria: [Criterion.CC8_1, Criterion.CC7_2],
  control: 'change-management',
  severity: 'warning',
  resourceTypes: ['AWS::CodeDeploy::DeploymentGroup'],
  rationale: 'CodeDeploy knows whether a program starts, but only an alarm tells whether it does what customers need.',
  remediation: 'Pass `alarms` on errors and latency to the deployment group.',
  references: ['AWS Config CODEDEPLOY_AUTO_ROLLBACK_MONITOR_ENABLED', 'ElectricEye CodeDeploy.1'],
  check: (group) => {
    const isOn = group.at('AlarmConfiguration.Alarms').mustBeSet('at least one alarm');
    return isOn.length > 0 ? isOn : group.at('AlarmConfiguration.Enabled').mustBe(true);
  },
  examples: {
    pass: { 'an alarm is named': group({ Enabled: true, Alarms: alarms }) },
    fail: {
      'alarms are not mentioned': group(),
      'no alarm is named': group({ Enabled: true, Alarms: [] }),
      'alarms are ignored': group({ Enabled: false, Alarms: alarms }),
    },
    undetermined: {
      'it is a parameter': withParameter('Watch', group({ Enabled: { Ref: 'Watch' }, Alarms: alarms })),
    },
  },
});
