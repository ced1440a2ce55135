import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';

/** A writer, and a reader that is an instance like it and can take its place. */
export function withReader(writer: rds.IClusterInstance): { writer: rds.IClusterInstance; readers: rds.IClusterInstance[] } {
  let made: rds.IAuroraClusterInstance | undefined;
  return {
    writer: {
      bind(scope: Construct, cluster: rds.IDatabaseCluster, options: rds.ClusterInstanceBindOptions) {
        made = writer.bind(scope, cluster, options);
        return made;
      },
    },
    readers: [{ bind: (scope, cluster, options) => readerLike(made).bind(scope, cluster, options) }],
  };
}

function readerLike(writer: rds.IAuroraClusterInstance | undefined): rds.IClusterInstance {
  if (writer?.instanceSize === undefined) return rds.ClusterInstance.serverlessV2('Reader', { scaleWithWriter: true });
  return rds.ClusterInstance.provisioned('Reader', { instanceType: new ec2.InstanceType(writer.instanceSize), promotionTier: 1 });
}
