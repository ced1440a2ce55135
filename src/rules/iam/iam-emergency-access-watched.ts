import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { metBy } from '../../model/observation';
import { defineRule } from '../rule';
import { passesOn } from '../shared/bus-rule';
import { EMERGENCY_NAMES, isForEmergencies, matchesUse } from '../shared/emergency-access';
import { eventPatternOf } from '../shared/event-pattern';
import { withParameter } from '../shared/iam-examples';

const EXPECTED = 'a rule of EventBridge that is on, matches its use and has a target';

const role = { Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'BreakGlass', AssumeRolePolicyDocument: {} } } };
const set = { Set: { Type: 'AWS::SSO::PermissionSet', Properties: { Name: 'break-glass', Description: 'Emergencies' } } };
const watch = (detail: Json, more: Record<string, Json> = {}, about: JsonObject = {}) => ({
  Watch: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: { ...about, detail },
      Targets: [{ Id: 'a', Arn: 'arn:aws:sns:eu-west-1:111122223333:alerts' }],
      ...more,
    },
  },
});
const ofRole = (...roleArn: Json[]) => ({ eventName: ['AssumeRole'], requestParameters: { roleArn } });
const byReference = ofRole({ 'Fn::GetAtt': ['Role', 'Arn'] });

const bySession = { eventName: ['Federate'], serviceEventDetails: { role_name: ['break-glass'] } };
const API_CALL = 'AWS API Call via CloudTrail';

export default defineRule({
  id: 'IAM.32',
  slug: 'iam-emergency-access-watched',
  title: 'Somebody is told when emergency access is used',
  criteria: [Criterion.CC7_2, Criterion.CC6_3, Criterion.CC6_1],
  control: 'least-privilege',
  severity: 'warning',
  resourceTypes: Object.keys(EMERGENCY_NAMES),
  applies: isForEmergencies,
  inheritable: true,
  rationale: 'Access for emergencies goes past every limit; unless each use is told and looked at, it is a back door.',
  remediation:
    'Make the role with `BreakGlass`, the permission set with `PermissionSets`, or add a `BreakGlassWatch`. Where another app watches it, declare that as an inherited control of `iam-emergency-access-watched`.',
  references: ['AWS Well-Architected SEC03-BP03', 'NIST 800-53 AC-2(12)'],
  check: (emergency) => {
    const judged = emergency.accountPeers('AWS::Events::Rule').flatMap((rule) => {
      const matches = matchesUse(rule, emergency);
      if (matches === false) return [];
      return { rule, wrong: matches ? passesOn(rule) : [eventPatternOf(rule).undetermined(EXPECTED)] };
    });
    if (judged.length === 0) return [emergency.fails('nobody is told of its use', EXPECTED)];
    const telling = judged.filter(({ wrong }) => wrong.length === 0);
    if (telling.length > 0) return telling.map(({ rule }) => metBy(rule, 'this rule tells of its use'));
    return (judged.find(({ wrong }) => wrong.every(({ kind }) => kind === 'undetermined')) ?? judged[0]).wrong;
  },
  examples: {
    pass: {
      'a rule matches the role': { ...role, ...watch(byReference) },
      'a rule matches the name of the role': { ...role, ...watch(ofRole('arn:aws:iam::111122223333:role/BreakGlass')) },
      'a rule matches the role, or a message that names it': {
        ...role,
        ...watch({ eventName: ['AssumeRole'], $or: [byReference, { errorMessage: [{ wildcard: '*role/BreakGlass*' }] }] }),
      },
      'a rule matches the permission set where Identity Center is': {
        ...set,
        ...watch(bySession),
      },
      'the rule says what all such events are': {
        ...role,
        ...watch({ ...byReference, eventType: ['AwsApiCall'] }, {}, { source: ['aws.sts'], 'detail-type': [API_CALL] }),
      },
      'the rule says what all sessions of Identity Center are': {
        ...set,
        ...watch({ ...bySession, eventSource: ['sso.amazonaws.com'] }, {}, { source: ['aws.sso'] }),
      },
      'a rule matches the role of the permission set': {
        ...set,
        ...watch(ofRole({ wildcard: '*AWSReservedSSO_break-glass_*' })),
      },
    },
    fail: {
      'nothing matches the role': role,
      'nothing matches the permission set': set,
      'a rule matches another role': { ...role, ...watch(ofRole('arn:aws:iam::111122223333:role/Deploy')) },
      'the rule is off': { ...role, ...watch(byReference, { State: 'DISABLED' }) },
      'the rule is on a bus on which AWS puts no events': { ...role, ...watch(byReference, { EventBusName: 'orders' }) },
      'the rule matches every role but this one': {
        ...role,
        ...watch(ofRole({ 'anything-but': { 'Fn::GetAtt': ['Role', 'Arn'] } })),
      },
      'the rule is about something else that is done with the role': {
        ...role,
        ...watch({ eventName: ['PassRole'], requestParameters: { roleArn: [{ 'Fn::GetAtt': ['Role', 'Arn'] }] } }),
      },
      'the rule is about uses that were refused': {
        ...role,
        ...watch({ ...byReference, errorCode: [{ exists: true }] }),
      },
      'the rule is about what one person does': {
        ...role,
        ...watch({ ...byReference, userIdentity: { userName: ['jo'] } }),
      },
      'the rule is about events of another service': { ...role, ...watch(byReference, {}, { source: ['aws.s3'] }) },
      'the rule is about a permission set, and events of another service': {
        ...set,
        ...watch(bySession, {}, { source: ['aws.s3'] }),
      },
      'the rule has no target': { ...role, ...watch(byReference, { Targets: [] }) },
    },
    undetermined: {
      'what else the rule looks at is a parameter': withParameter('Event', {
        ...role,
        ...watch({ ...byReference, eventName: [{ Ref: 'Event' }] }),
      }),
      'whether the rule is on is a parameter': withParameter('State', {
        ...role,
        ...watch(byReference, { State: { Ref: 'State' } }),
      }),
    },
  },
});
