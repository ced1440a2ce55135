import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { publicGrants } from '../shared/public-grants';
import { noPublicPolicies, publicPolicyExamples } from '../shared/public-policies';

const BUS_POLICY = 'AWS::Events::EventBusPolicy';

const documents = noPublicPolicies({ 'AWS::Events::EventBus': ['Policy'], 'AWS::EventSchemas::RegistryPolicy': ['Policy'] });
const busPolicy = (properties: object) => ({
  Policy: { Type: BUS_POLICY, Properties: { StatementId: 'senders', EventBusName: 'orders', ...properties } },
});
const statement = { Effect: 'Allow', Action: 'events:PutEvents', Resource: '*' };
const bus = (Principal: Json) => ({
  Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'orders', Policy: { Statement: [{ ...statement, Principal }] } } },
});
const { pass, fail, undetermined } = publicPolicyExamples((more) => busPolicy({ Statement: { ...statement, ...more } }));

export default defineRule({
  id: 'Events.6',
  slug: 'event-bus-not-public',
  title: 'Event buses take events from principals that they name',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  resourceTypes: [BUS_POLICY, ...documents.resourceTypes],
  rationale:
    'Whoever may put events on a bus decides what the services behind it do: an event of a stranger looks like any other.',
  remediation:
    'Name accounts in the `statement` of the `events.CfnEventBusPolicy` or in `bus.grantPutEventsTo(…)`, or set `condition` to the organization.',
  references: ['Prowler eventbridge_bus_exposed', 'NIST 800-53 AC-3'],
  applies: (resource) => resource.type === BUS_POLICY || documents.applies(resource),
  check: (resource) => (resource.type === BUS_POLICY ? judge(resource) : documents.check(resource)),
  examples: {
    pass: {
      ...pass,
      'one account is let in': busPolicy({ Action: 'events:PutEvents', Principal: '111122223333' }),
      'every account of the organization is let in': busPolicy({
        Action: 'events:PutEvents',
        Principal: '*',
        Condition: { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: 'o-1234567890' },
      }),
      'the policy of a bus names an account': bus({ AWS: '111122223333' }),
    },
    fail: {
      ...fail,
      'every account is let in': busPolicy({ Action: 'events:PutEvents', Principal: '*' }),
      'the policy of a bus is for everyone': bus('*'),
    },
    undetermined: {
      ...undetermined,
      'the account is a parameter': {
        Parameters: { Sender: { Type: 'String' } },
        Resources: busPolicy({ Action: 'events:PutEvents', Principal: { Ref: 'Sender' } }),
      },
    },
  },
});

/** A policy is a statement, or in its older form a principal with a condition on the organization. */
function judge(policy: Resource): Observation[] {
  const statement = policy.at('Statement');
  if (statement.string !== undefined) return [statement.undetermined('a statement', 'its text cannot be read')];
  if (!statement.isAbsent) return publicGrants(policy.properties);
  const condition = policy.at('Condition');
  if (condition.isKnown) return [];
  const principal = policy.at('Principal');
  return principal.must('an account, or a condition on the organization', ({ string }) => string !== '*', { absent: '' });
}
