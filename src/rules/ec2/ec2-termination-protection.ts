import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { Launch } from '../shared/launch';

const host = (properties: JsonObject) => ({
  Host: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', SubnetId: 'subnet-1', ...properties } },
});

export default defineRule({
  id: 'EC2.44',
  slug: 'ec2-termination-protection',
  title: 'Single instances are protected from termination',
  criteria: [Criterion.A1_2, Criterion.CC8_1],
  control: 'deletion-protection',
  severity: 'info',
  resourceTypes: ['AWS::EC2::Instance'],
  rationale: 'An instance that no group replaces is gone after one wrong click, and with it what its disks held.',
  remediation: 'Set `disableApiTermination: true` on the `ec2.Instance`, or run the server in an Auto Scaling group.',
  references: ['cdk-nag EC2InstanceTerminationProtection', 'NIST 800-53 CP-10'],
  check: (instance) => {
    const launch = new Launch(instance);
    const protection = launch.at('DisableApiTermination');
    return protection.isAbsent && launch.elsewhere
      ? [launch.elsewhere.undetermined('true', 'the launch template is not among these templates')]
      : protection.mustBe(true);
  },
  examples: {
    pass: {
      'it is protected': host({ DisableApiTermination: true }),
      'its launch template protects it': {
        Template: {
          Type: 'AWS::EC2::LaunchTemplate',
          Properties: { LaunchTemplateData: { DisableApiTermination: 'true' } },
        },
        ...host({ LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: '1' } }),
      },
    },
    fail: {
      'protection is not mentioned': host({}),
      'protection is off': host({ DisableApiTermination: 'false' }),
    },
    undetermined: {
      'protection is a parameter': {
        Parameters: { Protect: { Type: 'String' } },
        Resources: host({ DisableApiTermination: { Ref: 'Protect' } }),
      },
      'the launch template is elsewhere': host({ LaunchTemplate: { LaunchTemplateId: 'lt-0123456789abcdef0', Version: '3' } }),
    },
  },
});
