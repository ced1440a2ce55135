import { type BackupClient, GetBackupSelectionCommand } from '@aws-sdk/client-backup';
import { paginateDescribeDBInstances, type RDSClient } from '@aws-sdk/client-rds';
import { paginateGetResources, type ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';

/** Clients that say what is to be protected. */
export interface PopulationClients {
  readonly backup: BackupClient;
  readonly tagging: ResourceGroupsTaggingAPIClient;
  readonly rds: RDSClient;
}

/** What AWS Backup protects, as the tagging API calls it. */
const TYPES = [
  'dynamodb:table',
  'ec2:instance',
  'ec2:volume',
  'elasticfilesystem:file-system',
  'fsx:file-system',
  'rds:cluster',
  'rds:db',
  's3',
];

/** The ARNs of what a selection puts into its plan: what it names, and what has one of its tags. */
export async function populationOf(clients: PopulationClients, BackupPlanId: string, SelectionId: string): Promise<string[]> {
  const { BackupSelection: selection } = await clients.backup.send(new GetBackupSelectionCommand({ BackupPlanId, SelectionId }));
  if (!selection) throw new Error(`AWS Backup says nothing of the selection ${SelectionId} of the plan ${BackupPlanId}`);
  const arns = new Set(selection.Resources?.filter((arn) => !/[*?]/.test(arn)));
  for (const { ConditionKey: key = '', ConditionValue: value = '' } of selection.ListOfTags ?? []) {
    for (const arn of await tagged(clients.tagging, key.replace(/^aws:ResourceTag\//, ''), value)) arns.add(arn);
  }
  return withoutMembers(clients.rds, [...arns].sort());
}

async function tagged(client: ResourceGroupsTaggingAPIClient, key: string, value: string): Promise<string[]> {
  const arns: string[] = [];
  const TagFilters = [{ Key: key, Values: [value] }];
  for await (const page of paginateGetResources({ client, pageSize: 100 }, { TagFilters, ResourceTypeFilters: TYPES }))
    arns.push(...(page.ResourceTagMappingList ?? []).flatMap(({ ResourceARN: arn }) => arn ?? []));
  return arns;
}

/** Members of a cluster have its tags, and no backup of their own. */
async function withoutMembers(client: RDSClient, arns: readonly string[]): Promise<string[]> {
  if (!arns.some(isInstance)) return [...arns];
  const members = new Set<string>();
  for await (const page of paginateDescribeDBInstances({ client }, {}))
    for (const { DBClusterIdentifier: cluster, DBInstanceArn: arn } of page.DBInstances ?? [])
      if (cluster && arn) members.add(arn);
  return arns.filter((arn) => !members.has(arn));
}

function isInstance(arn: string): boolean {
  return /^arn:[^:]*:rds:[^:]*:[^:]*:db:/.test(arn);
}
