import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { defineRule } from '../rule';

const listener = (protocol: Json, action: JsonObject = { Forward: { TargetGroups: [{ TargetGroupIdentifier: 'tg-1' }] } }) => ({
  Listener: {
    Type: 'AWS::VpcLattice::Listener',
    Properties: { ServiceIdentifier: 'svc-1', Protocol: protocol, DefaultAction: action },
  },
});
const refusal = { FixedResponse: { StatusCode: 404 } };

export default defineRule({
  id: 'VpcLattice.5',
  slug: 'vpc-lattice-listener-https',
  title: 'VPC Lattice services are called by TLS',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: ['AWS::VpcLattice::Listener'],
  rationale: 'Requests between services carry the same data as those of users, and the tokens of users with them.',
  remediation:
    'Set `protocol` of the `vpclattice.CfnListener` to `HTTPS`; VPC Lattice provides the certificate for the name that it generates.',
  references: ['ElectricEye VPC-Lattice.12', 'NIST 800-53 SC-8'],
  check: (each) => {
    const protocol = each.at('Protocol');
    const refuses = !each.at('DefaultAction.FixedResponse').isAbsent;
    if (protocol.string === 'HTTP' && refuses && each.pointedAtBy('AWS::VpcLattice::Rule', 'ListenerIdentifier').length === 0)
      return [{ kind: 'note', resource: each, path: protocol.path, text: 'the listener refuses every request' }];
    return protocol.mustBe(['HTTPS', 'TLS_PASSTHROUGH']);
  },
  examples: {
    pass: {
      'the protocol is https': listener('HTTPS'),
      'tls is passed through': listener('TLS_PASSTHROUGH'),
      'plain requests are refused': listener('HTTP', refusal),
    },
    fail: {
      'the protocol is http': listener('HTTP'),
      'plain requests are refused, except some': {
        ...listener('HTTP', refusal),
        Rule: {
          Type: 'AWS::VpcLattice::Rule',
          Properties: { ListenerIdentifier: { 'Fn::GetAtt': ['Listener', 'Arn'] }, Priority: 1 },
        },
      },
    },
    undetermined: {
      'the protocol is a parameter': {
        Parameters: { Protocol: { Type: 'String' } },
        Resources: listener({ Ref: 'Protocol' }),
      },
    },
  },
});
