import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import type { Example, ResourceRule } from '../rule';
import { fromJsonText } from './json-text';
import { publicGrants } from './public-grants';

/** Types, `applies` and `check` of a rule against policies for everyone, by the properties of each type that hold a policy. */
export function noPublicPolicies(
  paths: Readonly<Record<string, readonly string[]>>,
): Required<Pick<ResourceRule, 'resourceTypes' | 'applies' | 'check'>> {
  const policiesOf = (resource: Resource) => paths[resource.type].flatMap((path) => resource.membersAt(path));
  return {
    resourceTypes: Object.keys(paths),
    applies: (resource) => policiesOf(resource).length > 0,
    check: (resource) => policiesOf(resource).flatMap(judge),
  };
}

function judge(policy: Value): Observation[] {
  const document = fromJsonText(policy);
  return document.string === undefined
    ? publicGrants(document)
    : [document.undetermined('a policy in JSON', 'its text cannot be read')];
}

/**
 * Examples of such a rule.
 *
 * @param make resources with a policy that has one statement, which allows something to somebody.
 */
export function publicPolicyExamples(make: (statement: object) => Example) {
  const ORGANIZATION = { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } };
  return {
    pass: {
      'a role is let in': make({ Principal: { AWS: 'arn:aws:iam::111122223333:role/App' } }),
      'everyone of the organization is let in': make({ Principal: '*', Condition: ORGANIZATION }),
      'everyone is denied': make({ Effect: 'Deny', Principal: '*' }),
    },
    fail: {
      'everyone is let in': make({ Principal: '*' }),
      'every AWS principal is let in': make({ Principal: { AWS: ['111122223333', '*'] } }),
      'everyone is let in from anywhere': make({ Principal: '*', Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } }),
    },
    undetermined: {
      'who is let in is a parameter': {
        Parameters: { Client: { Type: 'String' } },
        Resources: make({ Principal: { AWS: { Ref: 'Client' } } }),
      },
    },
  };
}
