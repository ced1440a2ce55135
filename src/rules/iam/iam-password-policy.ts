import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { metBy, missing, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { when } from '../shared/about';
import { ACCOUNT_SETTINGS, accountSettings, setsByFunction } from '../shared/account-settings';
import { callParameters, makesCall, SDK_CALL } from '../shared/sdk-call';

const CLASSES = ['RequireLowercaseCharacters', 'RequireUppercaseCharacters', 'RequireNumbers', 'RequireSymbols'];

const EXPECTED = 'a strong password policy';
const PROPERTY = 'PasswordPolicy';

/** What is wrong with the calls of a resource that set the password policy, or may; undefined when there are none. */
function judgeCalls(resource: Resource): Observation[] | undefined {
  if (setsByFunction(resource, PROPERTY)) return judge(resource.at(PROPERTY));
  const calls = (['Create', 'Update'] as const)
    .map((event) => ({ isMade: makesCall(resource, 'IAM', 'updateAccountPasswordPolicy', event), event }))
    .filter(({ isMade }) => isMade !== false);
  if (calls.length === 0) return undefined;
  return calls.flatMap(({ isMade, event }) => when(isMade, judge(callParameters(resource, event))));
}

function judge(parameters: Value): Observation[] {
  if (parameters.isUnknown) return [parameters.undetermined(EXPECTED)];
  return [
    ...parameters.at('MinimumPasswordLength').mustBeAtLeast(14),
    ...parameters.at('PasswordReusePrevention').mustBeAtLeast(24),
    ...CLASSES.flatMap((each) => parameters.at(each).mustBe(true)),
  ];
}

const GOOD = {
  MinimumPasswordLength: 14,
  PasswordReusePrevention: 24,
  ...Object.fromEntries(CLASSES.map((each) => [each, true])),
};
const call = (parameters: object) => JSON.stringify({ service: 'IAM', action: 'updateAccountPasswordPolicy', parameters });
const custom = (properties: Record<string, Json>) => ({ PasswordPolicy: { Type: SDK_CALL, Properties: { ...properties } } });

export default defineRule({
  id: 'IAM.12',
  slug: 'iam-password-policy',
  title: 'The account asks for long passwords of all kinds of characters that are not used again',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'strong-authentication',
  severity: 'warning',
  scope: 'environment',
  resourceTypes: [SDK_CALL, ACCOUNT_SETTINGS],
  rationale:
    'IAM by itself takes passwords of eight characters and lets people return to an old one; such passwords are guessed.',
  remediation:
    'Add an `IamBaseline`. Or call `updateAccountPasswordPolicy` of IAM from an `AwsCustomResource` (without a `resourceType` of its own), with ' +
    '`MinimumPasswordLength` 14, `PasswordReusePrevention` 24 and all four `Require…` parameters; CloudFormation has no resource ' +
    'for it. Or declare an inherited control of `iam-password-policy` that names the owner and where these settings can be seen: ' +
    'the account baseline that makes them, or the identity provider, when no IAM user has a password.',
  references: [
    'Security Hub IAM.7',
    'AWS Config IAM_PASSWORD_POLICY',
    'CIS AWS Foundations 1.8',
    'CIS AWS Foundations 1.9',
    'NIST 800-53 IA-5',
  ],
  check: (environment) => {
    const judged = [SDK_CALL, ACCOUNT_SETTINGS]
      .flatMap((type) => environment.accountResources(type))
      .map((resource) => ({ resource, observations: judgeCalls(resource) }));
    const setting = judged.filter(({ observations }) => observations !== undefined);
    if (setting.length === 0) return [missing('nothing sets the password policy of the account', EXPECTED)];
    const wrong = setting.flatMap(({ observations = [] }) => observations);
    return wrong.length > 0 ? wrong : setting.map(({ resource }) => metBy(resource, 'this call sets the password policy'));
  },
  examples: {
    pass: {
      'the policy is strong': custom({ Create: call(GOOD), Update: call({ ...GOOD, MinimumPasswordLength: 20 }) }),
      'the baseline of the library sets it': accountSettings({ PasswordPolicy: GOOD }),
      'the call has parts that deployment knows': custom({
        Create: {
          'Fn::Join': ['', [call(GOOD).slice(0, -1), ',"physicalResourceId":{"id":"', { Ref: 'AWS::StackName' }, '"}}']],
        },
      }),
    },
    fail: {
      'nothing sets the policy': { Topic: { Type: 'AWS::SNS::Topic' } },
      'another call is made': custom({ Create: '{"service":"IAM","action":"createAccountAlias"}' }),
      'the baseline leaves passwords out': accountSettings({ SnapshotSharing: { State: 'block-all-sharing' } }),
      'the baseline lets passwords be short': accountSettings({ PasswordPolicy: { ...GOOD, MinimumPasswordLength: 8 } }),
      'passwords may be short': custom({ Create: call({ ...GOOD, MinimumPasswordLength: 8 }) }),
      'symbols are not asked for': custom({ Create: call({ ...GOOD, RequireSymbols: undefined }) }),
      'an update sets a weaker policy': custom({ Create: call(GOOD), Update: call({ ...GOOD, PasswordReusePrevention: 5 }) }),
    },
    undetermined: {
      'the length is a parameter': {
        Parameters: { Length: { Type: 'Number' } },
        Resources: custom({ Create: { 'Fn::Sub': call(GOOD).replace(':14', ':${Length}') } }),
      },
    },
  },
});
