import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { metBy, missing, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { when } from '../shared/about';
import { ACCOUNT_SETTINGS, accountSettings, setsByFunction } from '../shared/account-settings';
import { PUBLIC_ACCESS_SWITCHES } from '../shared/public-access-switches';
import { callParameters, makesCall, SDK_CALL } from '../shared/sdk-call';
import type { Ternary } from '../shared/ternary';

const OWN = 'Custom::S3AccountPublicAccessBlock';
const PROPERTY = 'PublicAccessBlock';
const EXPECTED = 'all four switches of the account on';
const TYPES = [SDK_CALL, OWN, ACCOUNT_SETTINGS];
const ALL = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
const sdkCall = (PublicAccessBlockConfiguration: JsonObject) =>
  JSON.stringify({
    service: 'S3Control',
    action: 'putPublicAccessBlock',
    parameters: { AccountId: '111122223333', PublicAccessBlockConfiguration },
  });
const custom = (Create: Json) => ({ Block: { Type: SDK_CALL, Properties: { ServiceToken: 'handler', Create } } });

/** Whether a resource sets the switches of the account. */
function setsSwitches(resource: Resource): Ternary {
  if (resource.type === ACCOUNT_SETTINGS) return setsByFunction(resource, PROPERTY);
  return resource.type === OWN || makesCall(resource, 'S3Control', 'putPublicAccessBlock');
}

function judge(resource: Resource): Observation[] {
  if (resource.type === ACCOUNT_SETTINGS)
    return PUBLIC_ACCESS_SWITCHES.flatMap((name) => resource.at(PROPERTY).at(name).mustBe(true));
  const isOwn = resource.type === OWN;
  const block = isOwn ? resource : callParameters(resource).at('PublicAccessBlockConfiguration');
  const byDefault = isOwn ? { absent: 'this custom resource turns the switch on unless told otherwise' } : {};
  return PUBLIC_ACCESS_SWITCHES.flatMap((name) => block.at(name).mustBe(true, byDefault));
}

export default defineRule({
  id: 'S3.15',
  slug: 's3-account-public-access-block',
  title: 'The account blocks public access to all its S3 buckets',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'warning',
  scope: 'environment',
  resourceTypes: TYPES,
  rationale: 'The block of the account also covers buckets that are made by hand, by other tools, or before anyone looked.',
  remediation:
    'Add an `IamBaseline`, or an `AwsCustomResource` that calls `putPublicAccessBlock` of `S3Control` with all four switches, or declare who turns the block on (a landing zone, an S3 policy of the organization) as an inherited control of `s3-account-public-access-block`, with its owner and where the setting can be seen.',
  references: ['Security Hub S3.1', 'AWS Config S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC', 'CIS AWS Foundations 2.1.4'],
  check: (environment) => {
    const blocks = TYPES.flatMap((type) => environment.accountResources(type)).filter(
      (resource) => setsSwitches(resource) !== false,
    );
    if (blocks.length === 0) return [missing('nothing blocks public access for the account as a whole', EXPECTED)];
    return blocks.flatMap((resource) => {
      const observations = when(setsSwitches(resource), judge(resource));
      return observations.length > 0 ? observations : [metBy(resource, 'this resource turns on all four switches')];
    });
  },
  examples: {
    pass: {
      'a custom resource makes the SDK call': custom(sdkCall(ALL)),
      'the account is known only at deployment': custom({
        'Fn::Join': [
          '',
          sdkCall(ALL)
            .split('111122223333')
            .flatMap((part, index) => (index ? [{ Ref: 'AWS::AccountId' }, part] : [part])),
        ],
      }),
      'the baseline of the library does it': accountSettings({ PublicAccessBlock: ALL }),
      'a custom resource is there for it': { Block: { Type: 'Custom::S3AccountPublicAccessBlock' } },
    },
    fail: {
      'nothing does it': { Bucket: { Type: 'AWS::S3::Bucket' } },
      'the baseline leaves buckets out': accountSettings({ SnapshotSharing: { State: 'block-all-sharing' } }),
      'the baseline turns a switch off': accountSettings({ PublicAccessBlock: { ...ALL, BlockPublicAcls: false } }),
      'the SDK call leaves out a switch': custom(
        sdkCall({ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true }),
      ),
      'the SDK call turns a switch off': custom(sdkCall({ ...ALL, BlockPublicPolicy: false })),
      'a bucket is what the SDK call blocks': custom(sdkCall(ALL).replace('S3Control', 'S3')),
      'the custom resource turns a switch off': {
        Block: { Type: 'Custom::S3AccountPublicAccessBlock', Properties: { BlockPublicAcls: 'false' } },
      },
    },
    undetermined: {
      'a switch is a parameter': {
        Parameters: { Block: { Type: 'String' } },
        Resources: { Block: { Type: 'Custom::S3AccountPublicAccessBlock', Properties: { BlockPublicAcls: { Ref: 'Block' } } } },
      },
    },
  },
});
