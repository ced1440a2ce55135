import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import type { Observation } from '../../model/observation';
import { type Principal, statementsOf } from '../../model/policy';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';

const EXPECTED = 'principals of the own account';
const ACCOUNT = /^(?:arn:[^:]*:(?:iam|sts)::)?(\d{12})(?::|$)/;

const OF_TOPIC = /^arn:[^:]*:sns:[^:]*:(\d{12}):/;

/** The account of the topic: that of the stack, or the one that its ARN names. */
function ownAccount(policy: Resource): string | undefined {
  const arns = [...policy.at('Topics').items(), policy.at('TopicArn')];
  return (
    policy.environment.account ?? arns.map((arn) => OF_TOPIC.exec(arn.textWith(({ text }) => text ?? ''))?.[1]).find(Boolean)
  );
}

function judge({ kind, value }: Principal, own: string | undefined): Observation[] {
  if (kind !== 'AWS' || value.string === '*') return [];
  const text = value.textWith((part) => part.text ?? '');
  const account = ACCOUNT.exec(text)?.[1];
  if (account === undefined) {
    // Principals of the template, and those that are written with `AWS::AccountId`, are of the own account.
    const isOwn = value.isKnown || value.mentionedTypes.length > 0 || text.includes('${AWS::AccountId}');
    return isOwn ? [] : [value.undetermined(EXPECTED)];
  }
  if (own === undefined) return [value.undetermined(EXPECTED, 'the own account is known only at deployment')];
  return account === own ? [] : [value.fails(EXPECTED, `account ${account} is let in`)];
}

const policy = (statement: Record<string, Json>, topic: Json = 'arn:aws:sns:eu-west-1:111122223333:orders') => ({
  Policy: {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: [topic],
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sns:Publish', Resource: '*', ...statement }] },
    },
  },
});

export default defineRule({
  id: 'SNS.5',
  slug: 'sns-no-cross-account',
  title: 'Topic policies let in no other account by its number',
  criteria: [Criterion.CC6_6, Criterion.CC6_1, Criterion.CC6_3],
  control: 'access-review',
  // Topics between accounts of one organization are common: the record is for the review.
  severity: 'info',
  resourceTypes: ['AWS::SNS::TopicPolicy', 'AWS::SNS::TopicInlinePolicy'],
  rationale: 'An account that was let in once stays in when the contract ends; each of them needs an owner who is asked.',
  remediation:
    'Let accounts of the organization in with `new OrganizationPrincipal(…)`, and record an exception with an owner and an end for any other.',
  references: ['ElectricEye SNS.4', 'NIST 800-53 AC-3'],
  check: (policy) => {
    const own = ownAccount(policy);
    return statementsOf(policy.at('PolicyDocument')).flatMap((statement) => {
      if (statement.isUnknown) return [statement.value.undetermined(EXPECTED)];
      return statement.allows ? statement.principals.flatMap((principal) => judge(principal, own)) : [];
    });
  },
  examples: {
    pass: {
      'a service is let in': policy({ Principal: { Service: 'events.amazonaws.com' } }),
      'the own account is let in': policy({
        Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } },
      }),
      'a role of the template is let in': {
        ...policy({ Principal: { AWS: { 'Fn::GetAtt': ['Publisher', 'Arn'] } } }),
        Publisher: { Type: 'AWS::IAM::Role', Properties: {} },
      },
      'another account is denied': policy({ Effect: 'Deny', Principal: { AWS: '444455556666' } }),
    },
    fail: {
      'another account is let in': policy({ Principal: { AWS: '444455556666' } }),
      'a role of another account is let in, among others': policy({
        Principal: { AWS: ['arn:aws:iam::111122223333:root', 'arn:aws:iam::444455556666:role/Publisher'] },
      }),
    },
    undetermined: {
      'who is let in is a parameter': byParameter((publisher) => policy({ Principal: { AWS: publisher } })),
      'an account is let in, and only deployment knows the own one': {
        ...policy({ Principal: { AWS: '444455556666' } }, { Ref: 'Orders' }),
        Orders: { Type: 'AWS::SNS::Topic' },
      },
    },
  },
});
