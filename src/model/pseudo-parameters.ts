import type { Json } from './json';
import type { Template } from './template';

export function isPseudoParameter(name: Json): name is string {
  return typeof name === 'string' && name.startsWith('AWS::');
}

/** What is known of a pseudo parameter of a stack before it is deployed. */
export function pseudoParameter(name: string, { origin }: Template): string | undefined {
  switch (name) {
    case 'AWS::AccountId':
      return origin.account;
    case 'AWS::Region':
      return origin.region;
    case 'AWS::Partition':
      return partitionOf(origin.region)?.name;
    case 'AWS::URLSuffix':
      return partitionOf(origin.region)?.urlSuffix;
    case 'AWS::StackName':
      return origin.stack;
    default:
      return undefined;
  }
}

interface Partition {
  /** What the names of its Regions start with. */
  readonly regions: string;
  readonly name: string;
  readonly urlSuffix: string;
}

/** Partitions other than `aws`. */
const PARTITIONS: readonly Partition[] = [
  { regions: 'cn-', name: 'aws-cn', urlSuffix: 'amazonaws.com.cn' },
  { regions: 'us-gov-', name: 'aws-us-gov', urlSuffix: 'amazonaws.com' },
  { regions: 'us-iso-', name: 'aws-iso', urlSuffix: 'c2s.ic.gov' },
  { regions: 'us-isob-', name: 'aws-iso-b', urlSuffix: 'sc2s.sgov.gov' },
  { regions: 'eu-isoe-', name: 'aws-iso-e', urlSuffix: 'cloud.adc-e.uk' },
  { regions: 'us-isof-', name: 'aws-iso-f', urlSuffix: 'csp.hci.ic.gov' },
  { regions: 'eusc-', name: 'aws-eusc', urlSuffix: 'amazonaws.eu' },
];

function partitionOf(region: string | undefined): Partition | undefined {
  if (region === undefined) return undefined;
  const found = PARTITIONS.find(({ regions }) => region.startsWith(regions));
  return found ?? { regions: '', name: 'aws', urlSuffix: 'amazonaws.com' };
}
