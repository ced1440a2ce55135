import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { metBy, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { when } from '../shared/about';
import { contentOf, ORGANIZATION_POLICY, organizationPolicies, settingOf } from '../shared/organization-policies';
import { makesCall, SDK_CALL } from '../shared/sdk-call';
import { isOneOf } from '../shared/ternary';

const EXPECTED = 'no access to the serial console';
const POLICY_TYPE = 'DECLARATIVE_POLICY_EC2';

function judgeCall(call: Resource): Observation[] {
  if (makesCall(call, 'EC2', 'disableSerialConsoleAccess')) return [metBy(call, 'it switches the serial console off')];
  const enables = makesCall(call, 'EC2', 'enableSerialConsoleAccess');
  if (enables === false) return [];
  const create = call.at('Create');
  return [enables ? create.fails(EXPECTED, 'the call opens the serial console of every server') : create.undetermined(EXPECTED)];
}

function judgePolicy(policy: Resource): Observation[] {
  const status = settingOf(contentOf(policy).at('ec2_attributes.serial_console_access.status'));
  const findings = when(isOneOf(policy.at('Type'), [POLICY_TYPE]), status.mustBe('disabled', { absent: '' }));
  return findings.length > 0 || status.isAbsent ? findings : [metBy(policy, 'the organization keeps the serial console off')];
}

const call = (action: string) => ({
  Call: { Type: SDK_CALL, Properties: { ServiceToken: 'handler', Create: JSON.stringify({ service: 'EC2', action }) } },
});
const policy = (status: Json) => ({
  Policy: {
    Type: ORGANIZATION_POLICY,
    Properties: {
      Name: 'ec2',
      Type: POLICY_TYPE,
      TargetIds: ['r-ab12'],
      Content: { ec2_attributes: { serial_console_access: { status: { '@@assign': status } } } },
    },
  },
});

export default defineRule({
  id: 'Account.1',
  slug: 'ec2-serial-console-disabled',
  title: 'The serial console of servers is off',
  criteria: [Criterion.CC6_1, Criterion.CC6_6],
  control: 'host-access',
  severity: 'warning',
  scope: 'environment',
  resourceTypes: [SDK_CALL, ORGANIZATION_POLICY],
  rationale: 'The console reaches a server past its network, its security groups and the log of Session Manager.',
  remediation:
    "Remove the call of `enableSerialConsoleAccess`, and set `serial_console_access` to 'disabled' in a declarative policy of the organization. EC2 has it off until somebody turns it on.",
  references: ['ElectricEye EC2.5', 'NIST 800-53 AC-17'],
  check: (environment) => {
    const found = [
      ...environment.resources(SDK_CALL).flatMap(judgeCall),
      ...organizationPolicies(environment, POLICY_TYPE).flatMap(judgePolicy),
    ];
    return found.length > 0 ? found : [{ kind: 'note', text: 'EC2 has the serial console off until somebody turns it on' }];
  },
  examples: {
    pass: {
      'nothing turns it on': { Server: { Type: 'AWS::EC2::Instance', Properties: {} } },
      'a call turns it off': call('disableSerialConsoleAccess'),
      'the organization keeps it off': policy('disabled'),
    },
    fail: {
      'a call turns it on': call('enableSerialConsoleAccess'),
      'a call turns it on, with the name of the current SDK': call('EnableSerialConsoleAccessCommand'),
      'the organization turns it on': policy('enabled'),
    },
    undetermined: {
      'the call is a parameter': {
        Parameters: { Call: { Type: 'String' } },
        Resources: { Call: { Type: SDK_CALL, Properties: { ServiceToken: 'handler', Create: { Ref: 'Call' } } } },
      },
      'the policy is a parameter': { Parameters: { Status: { Type: 'String' } }, Resources: policy({ Ref: 'Status' }) },
    },
  },
});
