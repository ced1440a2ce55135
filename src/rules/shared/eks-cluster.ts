import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';

/** The type that CDK's first `eks.Cluster` makes: a custom resource that calls the API of EKS. */
const CUSTOM = 'Custom::AWSCDK-EKS-Cluster';

/** Types that create a cluster. */
export const CLUSTER_TYPES = ['AWS::EKS::Cluster', CUSTOM];

/** A setting of a cluster, by its path in CloudFormation; the API spells every part with a small letter. */
export function clusterSetting(cluster: Resource, path: string): Value {
  return cluster.type === CUSTOM ? cluster.at(`Config.${path.replace(/(^|\.)[A-Z]/g, small)}`) : cluster.at(path);
}

function small(start: string): string {
  return start.toLowerCase();
}
