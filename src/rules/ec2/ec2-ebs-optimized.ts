import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { Launch } from '../shared/launch';

/** Types of earlier generations that can be EBS-optimised, and are not by themselves. */
const BY_CHOICE =
  /^(c1\.xlarge|c3\.(xlarge|2xlarge|4xlarge)|g2\.2xlarge|i2\.(xlarge|2xlarge|4xlarge)|m1\.(large|xlarge)|m2\.(2xlarge|4xlarge)|m3\.(xlarge|2xlarge)|r3\.(xlarge|2xlarge|4xlarge))$/;
const INSTANCE_TYPE = /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/;

const host = (type: Json, properties: JsonObject = {}) => ({
  Host: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', InstanceType: type, ...properties } },
});

export default defineRule({
  id: 'EC2.28',
  slug: 'ec2-ebs-optimized',
  title: 'Instances have a lane of their own to their disks',
  criteria: [Criterion.A1_1, Criterion.A1_2],
  control: 'capacity-management',
  severity: 'warning',
  resourceTypes: ['AWS::EC2::Instance'],
  rationale:
    'Where disks and users share one line, a burst of traffic slows down the database, and a backup slows down the users.',
  remediation: 'Choose a current `instanceType`, where it is always so, or set `ebsOptimized: true` on the `ec2.Instance`.',
  references: ['AWS Config EBS_OPTIMIZED_INSTANCE', 'cdk-nag EC2EBSOptimizedInstance', 'checkov CKV_AWS_135'],
  check: (resource) => {
    const launch = new Launch(resource);
    const optimized = launch.at('EbsOptimized');
    if (optimized.boolean) return [];
    const type = launch.at('InstanceType');
    const name = type.string ?? '';
    if (INSTANCE_TYPE.test(name) && !BY_CHOICE.test(name))
      return [{ kind: 'note', resource, path: type.path, text: `for ${name} there is no choice: current types always are` }];
    if (type.isUnknown) return [type.undetermined('a current type, or EbsOptimized')];
    if (type.isAbsent && launch.elsewhere)
      return [launch.elsewhere.undetermined('true', 'the launch template is not among these templates')];
    return optimized.mustBe(true);
  },
  examples: {
    pass: {
      'the type is a current one': host('m7g.large'),
      'the type is an earlier one, and the instance asks for it': host('m3.xlarge', { EbsOptimized: true }),
      'the type is a parameter, and the instance asks for it': {
        Parameters: { Type: { Type: 'String' } },
        Resources: host({ Ref: 'Type' }, { EbsOptimized: 'true' }),
      },
    },
    fail: {
      'the type is an earlier one': host('m3.xlarge'),
      'the type is an earlier one, and the instance does without': host('r3.2xlarge', { EbsOptimized: false }),
      'neither is mentioned': { Host: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1' } } },
    },
    undetermined: {
      'the type is a parameter': { Parameters: { Type: { Type: 'String' } }, Resources: host({ Ref: 'Type' }) },
    },
  },
});
