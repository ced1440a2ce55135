import { Criterion } from '../../criteria/criterion';
import { IDENTITY_POLICY_TYPES, patternOf, type Reading, type Statement } from '../../model/policy';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { allow, inlinePolicy, managedPolicy, withParameter } from '../shared/iam-examples';
import { forbid, statesGrants } from '../shared/iam-grants';

const SILENCING = ['cloudtrail:DeleteTrail', 'cloudtrail:StopLogging'];

/** Every action, on any trail where the statement is about CloudTrail, on every trail where it is about more. */
function isFullAccess(statement: Statement, reading: Reading): boolean {
  return (
    statement.mayAllow(reading) &&
    statement.covers('cloudtrail:AnyAction', reading) &&
    SILENCING.some((action) => statement.covers(action, reading)) &&
    (statement.actions.some((action) => saysEverything(action, statement, reading)) ||
      statement.allowsOnEvery('cloudtrail:trail/any', 'cloudtrail:AnyAction', reading))
  );
}

/** Whether an action is `cloudtrail:*`, or may turn out to be, where the resources may be trails. */
function saysEverything(action: Value, { resources }: Statement, reading: Reading): boolean {
  const pattern = patternOf(action, reading);
  return (
    /^cloudtrail:\*+$/i.test(pattern) ||
    (!action.isKnown && pattern === '*' && resources.some((each) => mayBeTrail(each, reading)))
  );
}

function mayBeTrail(resource: Value, reading: Reading): boolean {
  const [, , service = '*'] = patternOf(resource, reading).split(':');
  return service === 'cloudtrail' || service.includes('*');
}

export default defineRule({
  id: 'IAM.9',
  slug: 'iam-no-full-cloudtrail-access',
  title: 'No policy allows every CloudTrail action',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'audit-log-integrity',
  severity: 'error',
  resourceTypes: IDENTITY_POLICY_TYPES,
  applies: statesGrants,
  rationale: 'Whoever can stop or delete a trail can act unseen, and the audit log no longer proves what happened.',
  remediation: 'Allow the actions that are needed, such as `cloudtrail:LookupEvents` and `cloudtrail:GetTrailStatus`, by name.',
  references: ['Prowler iam_policy_no_full_access_to_cloudtrail', 'NIST 800-53 AU-9'],
  check: (resource) =>
    forbid(resource, 'named actions of CloudTrail', (statement, reading) =>
      isFullAccess(statement, reading) ? 'the statement allows to stop, change and delete trails' : undefined,
    ),
  examples: {
    pass: {
      'events may be read': inlinePolicy(allow(['cloudtrail:LookupEvents', 'cloudtrail:Get*', 'cloudtrail:Describe*'])),
      'CloudTrail is left out': inlinePolicy({ Effect: 'Allow', NotAction: ['iam:*', 'cloudtrail:*'], Resource: '*' }),
      'everything is allowed on one bucket': inlinePolicy(allow('*', 'arn:aws:s3:::orders/*')),
      'a parameter decides what is allowed on one bucket': withParameter(
        'Action',
        inlinePolicy(allow({ Ref: 'Action' }, 'arn:aws:s3:::orders/*')),
      ),
      'it is denied': inlinePolicy({ Effect: 'Deny', Action: 'cloudtrail:*', Resource: '*' }),
    },
    fail: {
      'every action is allowed': managedPolicy(allow(['s3:List*', 'cloudtrail:*'])),
      'every action on one trail is allowed': inlinePolicy(
        allow('CloudTrail:*', 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/audit'),
      ),
      'everything is allowed': inlinePolicy(allow('*')),
      'all but IAM is allowed': inlinePolicy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
    },
    undetermined: {
      'the action on one trail is a parameter': withParameter(
        'Action',
        inlinePolicy(allow({ Ref: 'Action' }, 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/audit')),
      ),
      'the service is a parameter': withParameter('Service', inlinePolicy(allow({ 'Fn::Sub': '${Service}:*' }))),
    },
  },
});
