import { NetworkState } from './network-state';
import type { SystemMap } from './system-map';

/** What one environment sends to another. */
export interface Flow {
  readonly from: SystemMap;
  readonly to: SystemMap;
  readonly label: string;
}

/** What is copied from one environment to another: backups, and the log of what people do. */
export function flowsOf(maps: readonly SystemMap[]): Flow[] {
  return maps.flatMap((from) => {
    const state = new NetworkState(from.assembly, from.environment);
    const others = maps.filter((map) => map !== from);
    const vaults = state
      .ofType('AWS::Backup::BackupPlan')
      .flatMap((plan) => plan.membersAt('BackupPlan.BackupPlanRule'))
      .flatMap((rule) => rule.at('CopyActions').items())
      .map((copy) => /:backup:([^:]+):(\d+):backup-vault:/.exec(copy.at('DestinationBackupVaultArn').text));
    const archives = state.ofType('AWS::CloudTrail::Trail').map((trail) => trail.at('S3BucketName').string);
    return others.flatMap((to) => {
      const { account, region } = to.environment;
      const isCopied = vaults.some((vault) => vault?.[1] === region && vault?.[2] === account);
      const isLogged = archives.some((name) => name !== undefined && bucketNames(to).has(name));
      return [
        ...(isCopied ? [{ from, to, label: 'copies of backups' }] : []),
        ...(isLogged ? [{ from, to, label: 'audit trail' }] : []),
      ];
    });
  });
}

function bucketNames({ assembly, environment }: SystemMap): Set<string> {
  const buckets = new NetworkState(assembly, environment).ofType('AWS::S3::Bucket');
  return new Set(buckets.flatMap((bucket) => bucket.at('BucketName').string ?? []));
}
