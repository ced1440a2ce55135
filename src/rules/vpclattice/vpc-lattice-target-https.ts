import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';

const targets = (config: JsonObject, type = 'INSTANCE') => ({
  Targets: { Type: 'AWS::VpcLattice::TargetGroup', Properties: { Type: type, Config: { VpcIdentifier: 'vpc-1', ...config } } },
});

export default defineRule({
  id: 'VpcLattice.4',
  slug: 'vpc-lattice-target-https',
  title: 'VPC Lattice reaches targets by TLS',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'warning',
  resourceTypes: ['AWS::VpcLattice::TargetGroup'],
  applies: (group) => group.at('Type').string !== 'LAMBDA',
  rationale: 'A request that is encrypted as far as the service network and plain from there on can be read on the last stretch.',
  remediation: 'Set `protocol` in `config` of the `vpclattice.CfnTargetGroup` to `HTTPS`; the target group is replaced.',
  references: ['ElectricEye VPC-Lattice.9', 'NIST 800-53 SC-8'],
  check: (group) => {
    const protocol = group.at('Config.Protocol');
    if (protocol.string === 'TCP')
      return [{ kind: 'note', resource: group, path: protocol.path, text: 'TCP targets get what the caller encrypted' }];
    return protocol.mustBe('HTTPS');
  },
  examples: {
    pass: {
      'the protocol is https': targets({ Protocol: 'HTTPS', Port: 443 }),
      'tls is passed through': targets({ Protocol: 'TCP', Port: 443 }),
    },
    fail: {
      'the protocol is http': targets({ Protocol: 'HTTP', Port: 80 }),
      'the protocol is not mentioned': targets({ Port: 443 }, 'IP'),
    },
    undetermined: {
      'the protocol is a parameter': {
        Parameters: { Protocol: { Type: 'String' } },
        Resources: targets({ Protocol: { Ref: 'Protocol' } }),
      },
    },
  },
});
