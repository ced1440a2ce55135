import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { mustResolve, resolverExamples } from '../shared/vpc-resolver';

const VALIDATION = {
  type: 'AWS::Route53Resolver::ResolverDNSSECConfig',
  path: 'ResourceId',
  problem: 'the VPC believes answers whose signature is wrong',
};

export default defineRule({
  id: 'Route53Resolver.3',
  slug: 'r53-resolver-dnssec-validation',
  title: 'The resolver of every VPC checks DNSSEC signatures',
  criteria: [Criterion.CC6_7, Criterion.CC7_2],
  control: 'network-boundary',
  severity: 'info',
  resourceTypes: ['AWS::EC2::VPC'],
  inheritable: true,
  rationale: 'A forged answer sends traffic, and the credentials in it, to a host of somebody else.',
  remediation: 'Add a `route53resolver.CfnResolverDNSSECConfig` with the VPC as `resourceId`.',
  references: ['ElectricEye Route53Resolver.3', 'NIST 800-53 SC-21'],
  check: (vpc) => mustResolve(vpc, VALIDATION),
  examples: resolverExamples(VALIDATION),
});
