import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Defaults } from './hardening';
import { withDefaults } from './with-defaults';

/** Measured with Container Insights. Nothing of it replaces a cluster, or stops a task. */
export const ecsClusterDefaults: Defaults<ecs.ClusterProps> = (props) =>
  // The older property means the same, and the CDK takes only one of the two.
  withDefaults(props, props?.containerInsights === undefined ? { containerInsightsV2: ecs.ContainerInsights.ENABLED } : {});
