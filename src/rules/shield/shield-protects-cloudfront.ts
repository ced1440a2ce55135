import { Criterion } from '../../criteria/criterion';
import { metBy } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { CLASSIC_LOAD_BALANCER, isApplication, LOAD_BALANCER } from '../shared/load-balancers';
import { PROTECTION, protection } from '../shared/shield';
import { unnamedPointer } from '../shared/unnamed-pointer';

/** What Shield Advanced can protect, and which of it the internet reaches. */
const EXPOSED: Readonly<Record<string, (resource: Resource) => boolean>> = {
  'AWS::CloudFront::Distribution': () => true,
  [CLASSIC_LOAD_BALANCER]: (balancer) => balancer.at('Scheme').string !== 'internal',
  [LOAD_BALANCER]: (balancer) => isApplication(balancer) && balancer.at('Scheme').string !== 'internal',
  'AWS::EC2::EIP': (address) => address.pointedAtBy('AWS::EC2::NatGateway', 'AllocationId').length === 0,
  'AWS::GlobalAccelerator::Accelerator': () => true,
  'AWS::Route53::HostedZone': (zone) => zone.at('VPCs').isAbsent,
};

const distribution = { Distribution: { Type: 'AWS::CloudFront::Distribution', Properties: {} } };
const OTHER = protection('arn:aws:cloudfront::111122223333:distribution/E1');
const ofDistribution = protection({
  'Fn::Sub': 'arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Distribution}',
});

export default defineRule({
  id: 'Shield.1',
  slug: 'shield-protects-cloudfront',
  aliases: [
    'shield-protects-alb',
    'shield-protects-clb',
    'shield-protects-eip',
    'shield-protects-global-accelerator',
    'shield-protects-route53',
  ],
  title: 'Where Shield Advanced is in use, it protects everything that the internet reaches',
  criteria: [Criterion.A1_2, Criterion.CC7_2],
  control: 'high-availability',
  severity: 'warning',
  resourceTypes: Object.keys(EXPOSED),
  applies: (resource) => resource.accountPeers(PROTECTION).length > 0 && EXPOSED[resource.type](resource),
  rationale: 'The subscription is paid once for the account, but an attack goes for the one address that was left out.',
  remediation: 'Create a `shield.CfnProtection` with the ARN of the resource as `resourceArn`.',
  references: [
    'ElectricEye ShieldAdvanced.1',
    'ElectricEye ShieldAdvanced.2',
    'ElectricEye ShieldAdvanced.3',
    'ElectricEye ShieldAdvanced.4',
    'ElectricEye ShieldAdvanced.5',
    'ElectricEye ShieldAdvanced.8',
    'Prowler shield_advanced_protection_in_cloudfront_distributions',
    'NIST 800-53 SC-5',
  ],
  check: (resource) => {
    const protections = resource.pointedAtBy(PROTECTION, 'ResourceArn');
    if (protections.length > 0) return protections.map((each) => metBy(each, 'Shield Advanced protects it'));
    const open = unnamedPointer(resource, PROTECTION, 'ResourceArn', 'a protection for it');
    return open.length > 0 ? open : [resource.fails('Shield Advanced protects others, but not this one', 'a protection for it')];
  },
  examples: {
    pass: {
      'the distribution is protected': { ...distribution, ...ofDistribution },
      'the load balancer is protected': {
        Balancer: { Type: LOAD_BALANCER, Properties: { Scheme: 'internet-facing' } },
        ...protection({ Ref: 'Balancer' }),
      },
      'the address is protected': {
        Address: { Type: 'AWS::EC2::EIP', Properties: {} },
        ...protection({ 'Fn::Sub': 'arn:aws:ec2:${AWS::Region}:${AWS::AccountId}:eip-allocation/${Address.AllocationId}' }),
      },
    },
    fail: {
      'another distribution is protected': { ...distribution, ...OTHER },
      'the load balancer behind it is not': {
        ...distribution,
        ...ofDistribution,
        Balancer: { Type: LOAD_BALANCER, Properties: { Scheme: 'internet-facing' } },
      },
      'the zone of its name is not': {
        ...distribution,
        ...ofDistribution,
        Zone: { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'example.com' } },
      },
    },
    undetermined: {
      'what is protected is a parameter': {
        Parameters: { Protected: { Type: 'String' } },
        Resources: { ...distribution, ...protection({ Ref: 'Protected' }) },
      },
    },
  },
});
