import {
  DescribeInstanceInformationCommand,
  DescribeInstancePatchesCommand,
  DescribeInstancePatchStatesCommand,
  DescribePatchBaselinesCommand,
  ListResourceComplianceSummariesCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { everyPage } from '../../../functions/every-page';
import { collectParts } from '../collect-parts';
import type { CollectContext, Collector } from '../collector';
import { inBatches } from '../in-batches';
import { listing } from '../listing';
import { PATCHES } from './about';

/** As many as `DescribeInstancePatchStates` takes. */
const BATCH = 50;

async function* instances(context: CollectContext): AsyncGenerator<string> {
  const client = context.client(SSMClient);
  const ask = (NextToken?: string) => client.send(new DescribeInstanceInformationCommand({ NextToken }));
  for await (const { InstanceInformationList = [] } of everyPage(ask, (answer) => answer.NextToken))
    for (const { InstanceId } of InstanceInformationList) yield InstanceId!;
}

export const patches: Collector = {
  ...PATCHES,
  collect: collectParts([
    listing({
      id: 'managed-hosts',
      title: 'Hosts that are managed, with the version of their agent and when it was heard last',
      covers: 'moment',
      controls: ['patch-management', 'asset-inventory'],
      api: 'ssm:DescribeInstanceInformation',
      client: SSMClient,
      input: () => ({}),
      send: (client, input) => client.send(new DescribeInstanceInformationCommand(input)),
      token: 'NextToken',
      items: ({ InstanceInformationList }) => InstanceInformationList,
      rowId: ({ InstanceId }) => InstanceId,
    }),
    listing({
      id: 'patch-states',
      title: 'Patches that are installed, missing and failed, by host, with when this was looked at last',
      covers: 'moment',
      api: 'ssm:DescribeInstancePatchStates',
      client: SSMClient,
      of: {
        each: ['all managed hosts'],
        apis: ['ssm:DescribeInstanceInformation'],
        find: (context) => inBatches(instances(context), BATCH),
      },
      input: (_, InstanceIds) => ({ InstanceIds }),
      send: (client, input) => client.send(new DescribeInstancePatchStatesCommand(input)),
      token: 'NextToken',
      items: ({ InstancePatchStates }) => InstancePatchStates,
      rowId: ({ InstanceId }) => InstanceId,
    }),
    listing({
      id: 'open-patches',
      title: 'Patches that are missing or failed, by host',
      covers: 'moment',
      api: 'ssm:DescribeInstancePatches',
      client: SSMClient,
      of: { each: 'each managed host', apis: ['ssm:DescribeInstanceInformation'], find: instances },
      input: (_, InstanceId) => ({ InstanceId, Filters: [{ Key: 'State', Values: ['Missing', 'Failed'] }] }),
      send: (client, input) => client.send(new DescribeInstancePatchesCommand(input)),
      token: 'NextToken',
      items: ({ Patches }) => Patches,
      rowId: ({ KBId, Title }, host) => [host, KBId, Title].join(' '),
      also: (_item, _context, host) => ({ host }),
    }),
    listing({
      id: 'compliance',
      title: 'Whether each host complies with its patch baseline and its associations',
      covers: 'moment',
      api: 'ssm:ListResourceComplianceSummaries',
      client: SSMClient,
      input: () => ({}),
      send: (client, input) => client.send(new ListResourceComplianceSummariesCommand(input)),
      token: 'NextToken',
      items: ({ ResourceComplianceSummaryItems }) => ResourceComplianceSummaryItems,
      rowId: ({ ComplianceType, ResourceType, ResourceId }) => [ComplianceType, ResourceType, ResourceId].join(' '),
    }),
    listing({
      id: 'baselines',
      title: 'Patch baselines of the account',
      covers: 'moment',
      api: 'ssm:DescribePatchBaselines',
      client: SSMClient,
      input: () => ({ Filters: [{ Key: 'OWNER', Values: ['Self'] }] }),
      send: (client, input) => client.send(new DescribePatchBaselinesCommand(input)),
      token: 'NextToken',
      items: ({ BaselineIdentities }) => BaselineIdentities,
      rowId: ({ BaselineId }) => BaselineId,
    }),
  ]),
};
