import {
  GetMacieSessionCommand,
  Macie2Client,
  PutClassificationExportConfigurationCommand,
  PutFindingsPublicationConfigurationCommand,
  UpdateAutomatedDiscoveryConfigurationCommand,
  UpdateMacieSessionCommand,
} from '@aws-sdk/client-macie2';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { onLifecycle } from '../../functions/lifecycle';
import { readFlag } from '../../functions/properties';

interface Wanted {
  /** Whether the session is one that was there before: it is resumed, and publishes every 15 minutes. */
  readonly adopts: boolean;
  readonly discovers: boolean;
  readonly switchesOffOnDelete: boolean;
  readonly results?: { readonly bucketName: string; readonly keyPrefix: string; readonly kmsKeyArn: string };
}

/** What Macie answers where it is off. */
const OFF = new Set(['AccessDeniedException', 'ResourceNotFoundException']);

/** Settings of a session of Macie that CloudFormation has no type for. */
export function makeHandler(client: Macie2Client) {
  return onLifecycle<Wanted>({
    read: (properties) => ({
      adopts: readFlag(properties, 'Adopt'),
      discovers: readFlag(properties, 'AutomatedDiscovery'),
      switchesOffOnDelete: readFlag(properties, 'SwitchOffOnDelete'),
      results: readResults(properties.Results),
    }),
    id: () => 'macie',
    apply: async ({ adopts, discovers, results }) => {
      if (adopts) await adopt(client);
      await client.send(new UpdateAutomatedDiscoveryConfigurationCommand({ status: discovers ? 'ENABLED' : 'DISABLED' }));
      if (results)
        await client.send(new PutClassificationExportConfigurationCommand({ configuration: { s3Destination: results } }));
      const securityHubConfiguration = { publishClassificationFindings: true, publishPolicyFindings: true };
      await client.send(new PutFindingsPublicationConfigurationCommand({ securityHubConfiguration }));
      return undefined;
    },
    remove: async ({ discovers, switchesOffOnDelete }) => {
      if (!switchesOffOnDelete || !discovers || !(await isOn(client))) return;
      await client.send(new UpdateAutomatedDiscoveryConfigurationCommand({ status: 'DISABLED' }));
    },
  });
}

async function adopt(client: Macie2Client): Promise<void> {
  if (!(await isOn(client)))
    throw new Error('Macie is not on in this Region, so that it cannot be adopted. Use SecurityServiceMode.CREATE');
  await client.send(new UpdateMacieSessionCommand({ status: 'ENABLED', findingPublishingFrequency: 'FIFTEEN_MINUTES' }));
}

/** Whether there is a session. Where there is none, Macie says that access is denied, as it also does for lack of rights. */
async function isOn(client: Macie2Client): Promise<boolean> {
  try {
    await client.send(new GetMacieSessionCommand({}));
    return true;
  } catch (error) {
    const { name, message } = error as Error;
    if (OFF.has(name) && !message.includes('not authorized')) return false;
    throw error;
  }
}

function readResults(value: unknown): Wanted['results'] {
  if (value === undefined) return undefined;
  const { BucketName, KeyPrefix, KmsKeyArn } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof BucketName !== 'string' || typeof KeyPrefix !== 'string' || typeof KmsKeyArn !== 'string')
    throw new Error(`'Results' must have a BucketName, a KeyPrefix and a KmsKeyArn, got ${JSON.stringify(value).slice(0, 100)}`);
  return { bucketName: BucketName, keyPrefix: KeyPrefix, kmsKeyArn: KmsKeyArn };
}

export const handler = makeHandler(new Macie2Client(CLIENT_OPTIONS));
