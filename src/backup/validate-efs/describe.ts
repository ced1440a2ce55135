import {
  type AccessPointDescription,
  DescribeAccessPointsCommand,
  DescribeFileSystemsCommand,
  DescribeMountTargetsCommand,
  type EFSClient,
  type FileSystemDescription,
  type MountTargetDescription,
} from '@aws-sdk/client-efs';

/** A file system; undefined for one that is not there. */
export async function describeFileSystem(efs: EFSClient, FileSystemId: string): Promise<FileSystemDescription | undefined> {
  return present(async () => (await efs.send(new DescribeFileSystemsCommand({ FileSystemId }))).FileSystems?.[0]);
}

/** Its mount targets: at most one for each zone. */
export async function mountTargets(efs: EFSClient, FileSystemId: string): Promise<readonly MountTargetDescription[]> {
  const targets: MountTargetDescription[] = [];
  let Marker: string | undefined;
  do {
    const page = await present(() =>
      efs.send(new DescribeMountTargetsCommand({ FileSystemId, MaxItems: 100, ...(Marker && { Marker }) })),
    );
    targets.push(...(page?.MountTargets ?? []));
    Marker = page?.NextMarker;
  } while (Marker);
  return targets;
}

/** Its access points. */
export async function accessPoints(efs: EFSClient, FileSystemId: string): Promise<readonly AccessPointDescription[]> {
  const points: AccessPointDescription[] = [];
  let NextToken: string | undefined;
  do {
    const page = await present(() =>
      efs.send(new DescribeAccessPointsCommand({ FileSystemId, MaxResults: 100, ...(NextToken && { NextToken }) })),
    );
    points.push(...(page?.AccessPoints ?? []));
    NextToken = page?.NextToken;
  } while (NextToken);
  return points;
}

/** Whether an access point is there. */
export async function isThere(efs: EFSClient, accessPointArn: string): Promise<boolean> {
  const AccessPointId = accessPointArn.split('/').at(-1)!;
  const found = await present(() => efs.send(new DescribeAccessPointsCommand({ AccessPointId })));
  return (found?.AccessPoints ?? []).length > 0;
}

/** What is gone is no error. */
export async function present<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (/^(FileSystem|AccessPoint|MountTarget)NotFound$/.test((error as Error).name)) return undefined;
    throw error;
  }
}
