import { Stack, Token } from 'aws-cdk-lib';
import * as securityhub from 'aws-cdk-lib/aws-securityhub';
import type { Construct, IDependable } from 'constructs';

/** Findings of several Regions in one. */
export interface FindingAggregation {
  /** The Region in which the findings of all are gathered: only the stack of that Region makes an aggregator, so that every Region can have the same construct. */
  readonly homeRegion: string;
  /** The Regions whose findings are gathered there. */
  readonly linkedRegions: string[];
}

/** What has to be there before findings are gathered. */
interface Hubs {
  readonly isOn: readonly IDependable[];
  readonly hubV2?: securityhub.CfnHubV2;
}

/** Gather the findings of other Regions in the home Region; in the others there is nothing to make. */
export function aggregateFindings(
  scope: Construct,
  aggregation: FindingAggregation,
  { isOn, hubV2 }: Hubs,
): securityhub.CfnFindingAggregator | undefined {
  if (!isHome(scope, aggregation)) return undefined;
  const regionLinkingMode = 'SPECIFIED_REGIONS';
  const { linkedRegions } = aggregation;
  const aggregator = new securityhub.CfnFindingAggregator(scope, 'Aggregator', { regionLinkingMode, regions: linkedRegions });
  aggregator.node.addDependency(...isOn);
  if (hubV2)
    new securityhub.CfnAggregatorV2(scope, 'AggregatorV2', { regionLinkingMode, linkedRegions }).addResourceDependency(hubV2);
  return aggregator;
}

/** Whether the stack of a construct is the one in which findings are gathered. */
export function isHome(scope: Construct, { homeRegion, linkedRegions }: FindingAggregation): boolean {
  const { region } = Stack.of(scope);
  if (Token.isUnresolved(region)) {
    throw new Error(
      "'aggregation' must be given in a stack for a certain Region, got a stack for any: set 'env.region' of the stack",
    );
  }
  if (linkedRegions.length === 0 || linkedRegions.includes(homeRegion)) {
    throw new Error(
      `'aggregation.linkedRegions' must name Regions other than the home Region ${homeRegion}, got [${linkedRegions.join(', ')}]`,
    );
  }
  return region === homeRegion;
}
