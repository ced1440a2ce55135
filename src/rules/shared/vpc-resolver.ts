import type { Json, JsonObject } from '../../model/json';
import { metBy, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Rule } from '../rule';
import { unnamedPointer } from './unnamed-pointer';

const PROFILE = 'AWS::Route53Profiles::ProfileAssociation';

/** Something that Route 53 Resolver does for a VPC. */
export interface ResolverFeature {
  /** The type that switches it on for a VPC, and the property that names the VPC. */
  readonly type: string;
  readonly path: string;
  /** What is wrong without it. */
  readonly problem: string;
}

/** Expect Route 53 Resolver to do something for a VPC, by a resource of its own or by a profile. */
export function mustResolve(network: Resource, { type, path, problem }: ResolverFeature): Observation[] {
  const [own] = network.pointedAtBy(type, path);
  if (own) return [metBy(own, 'it is for this VPC')];
  const [profile] = network.pointedAtBy(PROFILE, 'ResourceId');
  if (profile) return [profile.at('ProfileId').undetermined(`an '${type}'`, 'the profile of the VPC may do it')];
  const open = unnamedPointer(network, type, path, 'the VPC');
  return open.length > 0 ? open : [network.fails(problem, `an '${type}'`)];
}

/** Examples of a rule that expects something of Route 53 Resolver. */
export function resolverExamples({ type, path }: ResolverFeature, more: JsonObject = {}): Rule['examples'] {
  const vpc = { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } } };
  const of = (id: Json) => ({ ...vpc, Feature: { Type: type, Properties: { ...more, [path]: id } } });
  return {
    pass: { 'it is on for the vpc': of({ Ref: 'Vpc' }), 'it is on, by attribute': of({ 'Fn::GetAtt': ['Vpc', 'VpcId'] }) },
    fail: { 'nothing switches it on': vpc, 'it is on for another vpc': of('vpc-0123456789abcdef0') },
    undetermined: {
      'the vpc is a parameter': { Parameters: { VpcId: { Type: 'AWS::EC2::VPC::Id' } }, Resources: of({ Ref: 'VpcId' }) },
      'the vpc has a profile': {
        ...vpc,
        Profile: { Type: PROFILE, Properties: { ProfileId: 'rp-1', ResourceId: { Ref: 'Vpc' } } },
      },
    },
  };
}
