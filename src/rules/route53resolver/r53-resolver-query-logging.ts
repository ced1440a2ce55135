import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { mustResolve, resolverExamples } from '../shared/vpc-resolver';

const LOGGING = {
  type: 'AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation',
  path: 'ResourceId',
  problem: 'nothing logs the names that the VPC asks for',
};

export default defineRule({
  id: 'Route53Resolver.1',
  slug: 'r53-resolver-query-logging',
  title: 'The DNS queries of every VPC are logged',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'network-logging',
  severity: 'info',
  resourceTypes: ['AWS::EC2::VPC'],
  inheritable: true,
  rationale:
    'Malware asks for the name of its master before it talks to it, and data leaves in queries that nothing else records.',
  remediation:
    'Add a `route53resolver.CfnResolverQueryLoggingConfig` and a `CfnResolverQueryLoggingConfigAssociation` for the VPC, or declare the logging of the network team as an inherited control of `r53-resolver-query-logging`.',
  references: ['ElectricEye Route53Resolver.1', 'NIST 800-53 AU-12'],
  check: (vpc) => mustResolve(vpc, LOGGING),
  examples: resolverExamples(LOGGING, { ResolverQueryLogConfigId: 'rqlc-1' }),
});
