import { Criterion } from '../../criteria/criterion';
import { metBy, missing, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';

/** Types that one Region of an account records for all of them. */
const GLOBAL = /^AWS::(IAM::(User|Group|Role|Policy)|RDS::GlobalCluster)$/;

function recordsAll(recorder: Resource): Observation[] {
  const group = recorder.at('RecordingGroup');
  if (group.isAbsent)
    return group.must('all types', () => true, { absent: 'AWS Config records all types when no group is given' });
  const strategy = group.at('RecordingStrategy.UseOnly');
  if (strategy.string === 'EXCLUSION_BY_RESOURCE_TYPES')
    return group
      .at('ExclusionByResourceTypes.ResourceTypes')
      .items()
      .flatMap((type) => type.must('no type but those of IAM, which another Region records', ({ text }) => GLOBAL.test(text)));
  const byStrategy = strategy.mustBe('ALL_SUPPORTED_RESOURCE_TYPES', { absent: '' });
  if (byStrategy.length > 0) return byStrategy;
  return group.at('AllSupported').mustBe(true, strategy.isAbsent ? {} : { absent: '' });
}

const recorder = (properties: object) => ({
  Recorder: {
    Type: 'AWS::Config::ConfigurationRecorder',
    Properties: { RoleARN: 'arn:aws:iam::111122223333:role/config', ...properties },
  },
  Channel: { Type: 'AWS::Config::DeliveryChannel', Properties: { S3BucketName: 'configuration' } },
});
const allBut = (...types: string[]) =>
  recorder({
    RecordingGroup: {
      RecordingStrategy: { UseOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
      ExclusionByResourceTypes: { ResourceTypes: types },
    },
  });

export default defineRule({
  id: 'Config.1',
  slug: 'config-recorder',
  aliases: ['config-delivery-channel'],
  title: 'AWS Config records all resource types in the Region',
  criteria: [Criterion.CC7_1, Criterion.CC8_1, Criterion.CC3_4],
  control: 'configuration-recording',
  severity: 'warning',
  scope: 'environment',
  resourceTypes: ['AWS::Config::ConfigurationRecorder'],
  rationale: 'It answers what a resource looked like on any day of the period, and shows changes that no pipeline made.',
  remediation:
    'Create a `config.CfnConfigurationRecorder` that records all supported types, and a `config.CfnDeliveryChannel`. Where another team or a landing zone runs the recorder, declare an inherited control for `config-recorder` with an owner and a pointer to where that is done.',
  references: ['Security Hub Config.1', 'CIS AWS Foundations 3.3', 'NIST 800-53 CM-8'],
  check: (environment) => {
    const recorders = environment.resources('AWS::Config::ConfigurationRecorder');
    if (recorders.length === 0)
      return [
        missing(
          'nothing records the configuration in this Region',
          'a recorder of all types, or an inherited control for `config-recorder`, with an owner and a pointer, where another team or a landing zone runs it',
        ),
      ];
    const findings = recorders.flatMap((each) => [
      ...each.at('StartedOnCreate').mustBe(true, { absent: '' }),
      ...recordsAll(each),
    ]);
    if (environment.resources('AWS::Config::DeliveryChannel').length === 0)
      return [...findings, missing('the recorder has nowhere to deliver to, so that it does not start', 'a delivery channel')];
    return [...findings, ...recorders.map((each) => metBy(each, 'this recorder records the Region'))];
  },
  examples: {
    pass: {
      'all types': recorder({ RecordingGroup: { AllSupported: true, IncludeGlobalResourceTypes: true } }),
      'no group is given': recorder({}),
      'all types but those of IAM': allBut('AWS::IAM::User', 'AWS::IAM::Role', 'AWS::IAM::Group', 'AWS::IAM::Policy'),
    },
    fail: {
      'there is no recorder': { Topic: { Type: 'AWS::SNS::Topic' } },
      'some types only': recorder({ RecordingGroup: { AllSupported: false, ResourceTypes: ['AWS::S3::Bucket'] } }),
      'some types only, by strategy': recorder({
        RecordingGroup: { RecordingStrategy: { UseOnly: 'INCLUSION_BY_RESOURCE_TYPES' }, ResourceTypes: ['AWS::S3::Bucket'] },
      }),
      'all types but security groups': allBut('AWS::EC2::SecurityGroup'),
      'the recorder is not started': recorder({ StartedOnCreate: false }),
      'there is no delivery channel': { Recorder: recorder({}).Recorder },
    },
    undetermined: {
      'all types is a parameter': {
        Parameters: { All: { Type: 'String' } },
        Resources: recorder({ RecordingGroup: { AllSupported: { Ref: 'All' } } }),
      },
    },
  },
});
