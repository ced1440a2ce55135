import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { Launch } from '../shared/launch';

const CONFIGURATION = 'AWS::AutoScaling::LaunchConfiguration';

const host = (properties: JsonObject) => ({
  Host: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', ...properties } },
});
const template = (data: JsonObject) => ({
  Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: data } },
});
const configuration = (properties: JsonObject) => ({
  Configuration: { Type: CONFIGURATION, Properties: { ImageId: 'ami-1', ...properties } },
});

export default defineRule({
  id: 'EC2.27',
  slug: 'ec2-detailed-monitoring',
  title: 'Instances are measured every minute',
  criteria: [Criterion.CC7_2, Criterion.CC4_1, Criterion.A1_1],
  control: 'resource-monitoring',
  severity: 'warning',
  resourceTypes: ['AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate', CONFIGURATION],
  // A launch template that names no image adds settings to one that is named elsewhere.
  applies: (resource) =>
    resource.type !== 'AWS::EC2::LaunchTemplate' ||
    !resource.at('LaunchTemplateData.ImageId').isAbsent ||
    !resource.at('LaunchTemplateData.Monitoring').isAbsent,
  rationale: 'Without it there is one value in five minutes, and an alarm on an overload or a stolen processor comes late.',
  remediation:
    'Set `detailedMonitoring: true` on the `ec2.Instance` or the `ec2.LaunchTemplate`, and `instanceMonitoring: Monitoring.DETAILED` on an Auto Scaling group.',
  references: [
    'AWS Config EC2_INSTANCE_DETAILED_MONITORING_ENABLED',
    'cdk-nag EC2InstanceDetailedMonitoringEnabled',
    'checkov CKV_AWS_126',
    'CT.EC2.PR.13',
  ],
  check: (resource) => {
    if (resource.type === CONFIGURATION)
      return resource
        .at('InstanceMonitoring')
        .mustBe(true, { absent: 'a launch configuration switches it on unless it is told otherwise' });
    const own = resource.at('Monitoring');
    if (!own.isAbsent) return own.mustBe(true);
    const launch = new Launch(resource);
    if (launch.elsewhere) return [launch.elsewhere.undetermined('true', 'the launch template is not among these templates')];
    const inherited = launch.at('Monitoring.Enabled');
    return (inherited.isAbsent && resource.type === 'AWS::EC2::Instance' ? own : inherited).mustBe(true);
  },
  examples: {
    pass: {
      'the instance says so': host({ Monitoring: true }),
      'its launch template says so': {
        ...template({ Monitoring: { Enabled: true } }),
        ...host({ LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: '1' } }),
      },
      'the launch configuration does not say': configuration({}),
    },
    fail: {
      'the instance does not say': host({}),
      'the instance switches it off': host({ Monitoring: 'false' }),
      'the launch template does not say': template({ ImageId: 'ami-1' }),
      'the launch template switches it off': template({ Monitoring: { Enabled: false } }),
      'the launch configuration switches it off': configuration({ InstanceMonitoring: false }),
    },
    undetermined: {
      'it is a parameter': {
        Parameters: { Monitoring: { Type: 'String' } },
        Resources: host({ Monitoring: { Ref: 'Monitoring' } }),
      },
      'the launch template is elsewhere': host({ LaunchTemplate: { LaunchTemplateId: 'lt-0123456789abcdef0', Version: '3' } }),
    },
  },
});
