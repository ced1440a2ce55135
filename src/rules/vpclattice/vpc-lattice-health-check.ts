import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';

const UNCHECKED = ['LAMBDA', 'ALB'];

const targets = (config: JsonObject, type = 'INSTANCE') => ({
  Targets: {
    Type: 'AWS::VpcLattice::TargetGroup',
    Properties: { Type: type, Config: { VpcIdentifier: 'vpc-1', Protocol: 'HTTPS', Port: 443, ...config } },
  },
});

export default defineRule({
  id: 'VpcLattice.6',
  slug: 'vpc-lattice-health-check',
  title: 'VPC Lattice checks the health of targets',
  criteria: [Criterion.A1_2, Criterion.CC7_2],
  control: 'high-availability',
  severity: 'warning',
  resourceTypes: ['AWS::VpcLattice::TargetGroup'],
  applies: (group) => !UNCHECKED.includes(group.at('Type').string ?? ''),
  rationale: 'Without health checks a target that is down goes on getting its share of the requests.',
  remediation: 'Set `healthCheck: { enabled: true }` in `config` of the `vpclattice.CfnTargetGroup`.',
  references: ['ElectricEye VPC-Lattice.10', 'NIST 800-53 SI-13'],
  check: (group) => {
    const enabled = group.at('Config.HealthCheck.Enabled');
    const version = group.at('Config.ProtocolVersion');
    const isHttp = ['HTTP', 'HTTPS'].includes(group.at('Config.Protocol').string ?? '');
    if (!enabled.isAbsent || !isHttp) return enabled.mustBe(true);
    if (version.isUnknown) return [enabled.undetermined('true', 'the version of the protocol decides')];
    return version.isAbsent || version.string === 'HTTP1'
      ? enabled.mustBe(true, { absent: 'targets with HTTP/1.1 are checked unless the target group says otherwise' })
      : enabled.mustBe(true);
  },
  examples: {
    pass: {
      'checks are on': targets({ HealthCheck: { Enabled: true } }),
      'nothing is said about http/1.1': targets({}),
    },
    fail: {
      'checks are off': targets({ HealthCheck: { Enabled: 'false' } }),
      'nothing is said about http/2': targets({ ProtocolVersion: 'HTTP2' }),
    },
    undetermined: {
      'checks are a parameter': {
        Parameters: { Check: { Type: 'String' } },
        Resources: targets({ HealthCheck: { Enabled: { Ref: 'Check' } } }),
      },
      'the version is a parameter': {
        Parameters: { Version: { Type: 'String' } },
        Resources: targets({ ProtocolVersion: { Ref: 'Version' } }),
      },
    },
  },
});
