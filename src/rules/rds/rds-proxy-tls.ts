import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { flagExamples } from '../shared/flag-examples';

export default defineRule({
  id: 'RDS.21',
  slug: 'rds-proxy-tls',
  title: 'RDS proxies accept only TLS',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: ['AWS::RDS::DBProxy'],
  rationale: 'A proxy that also takes plain connections undoes the TLS that its database asks for.',
  remediation: 'Leave `requireTLS` of the `DatabaseProxy` at its default of `true`; in `CfnDBProxy` it has to be set.',
  references: ['NIST 800-53 SC-8', 'AWS documentation: RDS Proxy, RequireTLS'],
  check: (resource) => resource.at('RequireTLS').mustBe(true),
  examples: flagExamples({ type: 'AWS::RDS::DBProxy', path: 'RequireTLS', properties: { EngineFamily: 'POSTGRESQL' } }),
});
