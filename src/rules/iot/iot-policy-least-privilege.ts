import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import type { Reading, Statement } from '../../model/policy';
import { defineRule } from '../rule';
import { allow, document, withParameter } from '../shared/iam-examples';
import { forbid } from '../shared/iam-grants';

const ACCOUNT = 'arn:aws:iot:eu-west-1:111122223333';
const policy = (...statements: Json[]) => ({
  Policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: 'sensor', PolicyDocument: document(...statements) } },
});

/** What a device does, on what. */
const WAYS = [
  ['iot:Connect', 'iot:client/any'],
  ['iot:Publish', 'iot:topic/any'],
  ['iot:Receive', 'iot:topic/any'],
  ['iot:Subscribe', 'iot:topicfilter/any'],
  ['iot:GetThingShadow', 'iot:thing/any'],
  ['iot:UpdateThingShadow', 'iot:thing/any'],
] as const;

function problemOf(statement: Statement, reading: Reading): string | undefined {
  const open = WAYS.filter(([action, kind]) => statement.allowsOnEvery(kind, action, reading));
  return open.length === 0
    ? undefined
    : `every device with the policy may ${open.map(([action]) => action).join(', ')} on everything`;
}

export default defineRule({
  id: 'IoT.1',
  slug: 'iot-policy-least-privilege',
  title: 'Policies of IoT devices name what a device may do, and on what',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'least-privilege',
  severity: 'error',
  resourceTypes: ['AWS::IoT::Policy'],
  rationale:
    'A device stands where strangers can open it: its certificate should let them be that one device, not every device and every topic.',
  remediation:
    'Name topics and clients in the `policyDocument` of the `iot.CfnPolicy`, with policy variables such as `${iot:Connection.Thing.ThingName}`.',
  references: ['AWS IoT Device Defender IOT_POLICY_OVERLY_PERMISSIVE_CHECK', 'NIST 800-53 AC-6'],
  check: (policy) => forbid(policy, 'actions and resources that are needed', problemOf),
  examples: {
    pass: {
      'a device connects and reports under its own name': policy(
        allow('iot:Connect', `${ACCOUNT}:client/\${iot:Connection.Thing.ThingName}`),
        allow('iot:Publish', `${ACCOUNT}:topic/reports/\${iot:Connection.Thing.ThingName}`),
      ),
      'jobs are named': policy(allow(['iot:Subscribe', 'iot:Receive'], `${ACCOUNT}:topicfilter/jobs/*`)),
      'everything is denied': policy({ ...allow('iot:*'), Effect: 'Deny' }),
    },
    fail: {
      'a device may do everything': policy(allow('iot:*')),
      'a device may do everything, in one of two statements': policy(
        allow('iot:Connect', `${ACCOUNT}:client/\${iot:Connection.Thing.ThingName}`),
        allow('*'),
      ),
      'a device may take any name': policy(allow('iot:Connect')),
      'a device may write to every topic': policy(allow('iot:Publish', `${ACCOUNT}:topic/*`)),
      'a device may do all but connect': policy({ Effect: 'Allow', NotAction: 'iot:Connect', Resource: '*' }),
    },
    undetermined: {
      'the action is a parameter': withParameter('Action', policy(allow({ Ref: 'Action' }))),
      'the topic is a parameter': withParameter('Topic', policy(allow('iot:Publish', { Ref: 'Topic' }))),
    },
  },
});
