import { Duration, type Stack } from 'aws-cdk-lib';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AccessReview, type AccessReviewProps, SecureBucket } from '../../src';
import { only } from '../helpers/construct';
import { misspelt } from '../helpers/iam-actions';
import { keepsItsPromises } from '../helpers/promises';
import { actions, resources, statements, template } from '../helpers/template';

const CENTER = { identityCenterArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef', identityStoreId: 'd-1234567890' };
const ROLE = /ReviewFunctionRole/;
const make =
  (props: Partial<AccessReviewProps> = {}) =>
  (stack: Stack) =>
    new AccessReview(stack, 'AccessReview', { bucket: new SecureBucket(stack, 'Reviews'), ...props });
const alarmed = (stack: Stack) => make({ ...CENTER, alarmTopic: new sns.Topic(stack, 'Alarms') })(stack);

describe('of users and roles', () => keepsItsPromises({ make: make() }));
describe('of people in Identity Center as well', () => keepsItsPromises({ make: make(CENTER) }));

const variables = (props?: Partial<AccessReviewProps>) =>
  resources(template(make(props)), 'AWS::Lambda::Function')[0].Properties.Environment.Variables;

test('it looks every day, for three months, and counts 90 days as unused', () => {
  expect(only(template(make()), 'AWS::Events::Rule').Properties.ScheduleExpression).toBe('cron(0 5 * * ? *)');
  expect(variables()).toEqual({
    REVIEW_BUCKET: { Ref: expect.stringContaining('Reviews') },
    REVIEW_PREFIX: 'access-reviews/',
    REVIEW_MONTHS: '3',
    UNUSED_DAYS: '90',
    REVIEW_NAME: 'Stack/AccessReview',
  });
});

test('months, days, folders and Identity Center are as they are told', () => {
  expect(variables({ ...CENTER, months: 1, unusedAfter: Duration.days(30), prefix: 'audit/access/' })).toMatchObject({
    REVIEW_PREFIX: 'audit/access/',
    REVIEW_MONTHS: '1',
    UNUSED_DAYS: '30',
    IDENTITY_CENTER: CENTER.identityCenterArn,
    IDENTITY_STORE: CENTER.identityStoreId,
  });
});

test('the function may look and write reviews, and nothing else', async () => {
  const built = template(make(CENTER));
  expect(actions(built, ROLE).filter((action) => !/^(logs|kms|sqs):/.test(action))).toEqual([
    'iam:GenerateCredentialReport',
    'iam:GetAccountAuthorizationDetails',
    'iam:GetCredentialReport',
    'identitystore:ListGroupMemberships',
    'identitystore:ListGroups',
    'identitystore:ListUsers',
    's3:GetObject',
    's3:ListBucket',
    's3:PutObject',
    'ssm:DescribeOpsItems',
    'sso:DescribePermissionSet',
    'sso:GetInlinePolicyForPermissionSet',
    'sso:ListAccountAssignments',
    'sso:ListAccountsForProvisionedPermissionSet',
    'sso:ListCustomerManagedPolicyReferencesInPermissionSet',
    'sso:ListManagedPoliciesInPermissionSet',
    'sso:ListPermissionSets',
  ]);
  const list = statements(built, ROLE).find(({ Action }) => Action === 's3:ListBucket');
  expect(list.Condition).toEqual({ StringLike: { 's3:prefix': 'access-reviews/111122223333/*' } });
  const onSets = statements(built, ROLE).find(({ Action }) => Action.includes('sso:ListPermissionSets'));
  expect(JSON.stringify(onSets.Resource)).toContain(':sso:::permissionSet/ssoins-1234567890abcdef/*');
  expect(await misspelt(built.template)).toEqual([]);
});

test('without Identity Center the function has no right to it', () => {
  expect(actions(template(make()), ROLE).filter((action) => /^(sso|identitystore):/.test(action))).toEqual([]);
});

describe('alarms', () => {
  test('are made only where there is somebody to tell', () => {
    expect(resources(template(make()), 'AWS::CloudWatch::Alarm')).toEqual([]);
  });

  const built = template(alarmed);
  const byMetric = resources(built, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
  test.each(['OldKeys', 'UnusedCredentials', 'WithoutSecondFactor', 'RootAccess'])(
    'go off the day there is one of %s',
    (name) => {
      expect(byMetric.find(({ MetricName, Threshold }) => MetricName === name && Threshold === 1)).toMatchObject({
        Namespace: 'Soc2/AccessReview',
        Dimensions: [{ Name: 'Review', Value: 'Stack/AccessReview' }],
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        EvaluationPeriods: 1,
        Period: 86_400,
      });
    },
  );
  test('go off on a review that nobody signed for two weeks', () => {
    expect(byMetric.find(({ MetricName }) => MetricName === 'DaysUnsigned')).toMatchObject({ Threshold: 14 });
  });
  test('go off on emergency access that nobody reviewed for a week', () => {
    expect(byMetric.find(({ MetricName }) => MetricName === 'EmergencyUseToReview')).toMatchObject({ EvaluationPeriods: 7 });
  });
  test('go off when nobody looked', () => {
    expect(byMetric.find(({ TreatMissingData }) => TreatMissingData === 'breaching')).toMatchObject({
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 0,
      EvaluationPeriods: 2,
    });
  });
});

describe('what is not right is said', () => {
  test.each<[Partial<AccessReviewProps>, string]>([
    [{ months: 5 }, "'months' of an AccessReview must be 1, 2, 3, 4, 6 or 12, got 5"],
    [{ unusedAfter: Duration.hours(5) }, "'unusedAfter' of an AccessReview must be 1 to 365 whole days"],
    [{ signWithin: Duration.days(91) }, "'signWithin' of an AccessReview must be 1 to 90 whole days, got 91"],
    [{ prefix: 'reviews' }, "'prefix' of an AccessReview must be folders that end with '/'"],
    [{ prefix: '*/' }, "got '*/'"],
    [{ identityStoreId: 'd-1' }, 'must be given together, got only the second'],
    [{ ...CENTER, identityCenterArn: 'arn:aws:sso:::instance/*' }, "'identityCenterArn' must be the ARN of an instance"],
    [{ ...CENTER, identityStoreId: 'd/*' }, "'identityStoreId' must be the id of a directory"],
  ])('%j', (props, message) => expect(() => template(make(props))).toThrow(message));
});
