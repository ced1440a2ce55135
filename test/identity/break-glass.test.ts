import type { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  BreakGlass,
  type BreakGlassProps,
  BreakGlassWatch,
  type BreakGlassWatchProps,
  PermissionSets,
  SecureTopic,
} from '../../src';
import { build, objections, only } from '../helpers/construct';
import { misspelt } from '../helpers/iam-actions';
import { keepsItsPromises } from '../helpers/promises';
import { resources, template } from '../helpers/template';

const ANA = 'arn:aws:iam::111122223333:user/break-glass/ana';
const BEN = 'arn:aws:iam::111122223333:user/break-glass/ben';
const topic = (stack: Stack) => sns.Topic.fromTopicArn(stack, 'Alarms', 'arn:aws:sns:eu-west-1:111122223333:alarms');

const make =
  (props: Partial<BreakGlassProps> = {}) =>
  (stack: Stack) =>
    new BreakGlass(stack, 'BreakGlass', {
      trustedArns: [ANA, BEN],
      managedPolicies: [
        new iam.ManagedPolicy(stack, 'Repair', {
          description: 'What an emergency takes',
          statements: [
            new iam.PolicyStatement({
              actions: ['ec2:RebootInstances'],
              resources: ['arn:aws:ec2:eu-west-1:111122223333:instance/i-1'],
            }),
          ],
        }),
      ],
      alertTopic: topic(stack),
      ...props,
    });
const watch = (props: BreakGlassWatchProps) => (stack: Stack) =>
  new BreakGlassWatch(stack, 'Watch', { alertTopic: topic(stack), ...props });

describe('a role', () => keepsItsPromises({ make: (stack) => make({ alertTopic: new SecureTopic(stack, 'Topic') })(stack) }));
describe('a watch', () => keepsItsPromises({ make: watch({ permissionSet: PermissionSets.BREAK_GLASS }) }));

test('only named people with a fresh second factor take the role, for an hour', () => {
  const role = resources(template(make()), 'AWS::IAM::Role').find(({ Properties }) => Properties.RoleName === 'BreakGlass')!;
  expect(role.Properties.MaxSessionDuration).toBe(3600);
  expect(role.Properties.AssumeRolePolicyDocument.Statement).toEqual([
    {
      Action: 'sts:AssumeRole',
      Effect: 'Allow',
      Principal: { AWS: [ANA, BEN] },
      Condition: {
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
        NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
      },
    },
  ]);
});

test('its use is told at once, that which is refused as well, and opens an item for review', () => {
  const ROLE = { 'Fn::GetAtt': [expect.stringContaining('BreakGlassRole'), 'Arn'] };
  const { Properties: rule } = only(template(make()), 'AWS::Events::Rule');
  expect(rule.State).toBe('ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS');
  expect(rule.EventPattern).toEqual({
    source: ['aws.sts'],
    detail: {
      eventSource: ['sts.amazonaws.com'],
      eventName: ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'],
      $or: [{ requestParameters: { roleArn: [ROLE] } }, { errorMessage: [{ wildcard: { 'Fn::Join': ['', ['*', ROLE, '*']] } }] }],
    },
  });
  const [told, review] = rule.Targets;
  expect(told.Arn).toBe('arn:aws:sns:eu-west-1:111122223333:alarms');
  expect(Object.values(told.InputTransformer.InputPathsMap)).toContain('$.detail.userIdentity.arn');
  expect(JSON.stringify(review.Arn)).toContain(':opsitem');
  expect(review.InputTransformer.InputTemplate).toContain('/aws/dedup');
});

test('an administrative policy is what rules object to, until somebody gives a reason', () => {
  const built = build(make({ managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AdministratorAccess')] }));
  expect(objections(built).join()).toContain('iam-no-aws-admin-managed-policy');
});

test('the permission set for emergencies is watched in the account that it is used in, whatever its role is called there', () => {
  const { Properties: rule } = only(template(watch({ permissionSet: 'BreakGlass' })), 'AWS::Events::Rule');
  const role = { wildcard: '*:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_BreakGlass_*' };
  expect(rule.EventPattern.detail.$or).toEqual([{ requestParameters: { roleArn: [role] } }, { errorMessage: [role] }]);
});

test('a role that is there already is watched by its name', () => {
  const roleArn = 'arn:aws:iam::111122223333:role/BreakGlass';
  const { Properties: rule } = only(template(watch({ roleArn })), 'AWS::Events::Rule');
  expect(rule.EventPattern.detail.$or).toEqual([
    { requestParameters: { roleArn: [roleArn] } },
    { errorMessage: [{ wildcard: `*${roleArn}*` }] },
  ]);
});

test('every action is one of IAM', async () => expect(await misspelt(template(make()).template)).toEqual([]));

describe('what is not right is said', () => {
  test.each<[Partial<BreakGlassProps>, string]>([
    [{ trustedArns: [] }, "'trustedArns' of a BreakGlass must be ARNs of users or roles"],
    [
      { trustedArns: ['arn:aws:iam::111122223333:root'] },
      "got 'arn:aws:iam::111122223333:root': name each person, and no whole account",
    ],
    [{ trustedArns: ['*'] }, "got '*'"],
    [{ trustedArns: ['arn:aws:iam::111122223333:user/*'] }, "got 'arn:aws:iam::111122223333:user/*'"],
    [{ managedPolicies: [] }, "'managedPolicies' of a BreakGlass must name one policy at least"],
    [{ alertTopic: undefined }, 'emergency access that nobody hears of is a back door'],
  ])('%j', (props, message) => expect(() => template(make(props))).toThrow(message));

  test.each<[BreakGlassWatchProps, string]>([
    [{}, "must have either 'roleArn' or 'permissionSet', got none"],
    [{ roleArn: ANA, permissionSet: 'BreakGlass' }, 'got both'],
    [{ roleArn: ANA }, "'roleArn' must be the ARN of a role"],
    [{ permissionSet: 'Break*' }, "'permissionSet' must be 1 to 32 letters"],
  ])('%j', (props, message) => expect(() => template(watch(props))).toThrow(message));
});
