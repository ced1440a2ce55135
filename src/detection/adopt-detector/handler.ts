import {
  type DetectorFeatureConfiguration,
  type FindingPublishingFrequency,
  GuardDutyClient,
  ListDetectorsCommand,
  UpdateDetectorCommand,
} from '@aws-sdk/client-guardduty';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { onLifecycle } from '../../functions/lifecycle';
import { readText } from '../../functions/properties';
import { type PlainFeature, readFeatures } from '../read-features';

interface Wanted {
  readonly frequency: string;
  readonly features: readonly PlainFeature[];
}

/** Bring the settings of the detector of the account and Region up to what is wanted; it stays when the stack goes. */
export function makeHandler(client: GuardDutyClient) {
  return onLifecycle<Wanted>({
    read: (properties) => ({
      frequency: readText(properties, 'FindingPublishingFrequency'),
      features: readFeatures(properties.Features),
    }),
    id: () => 'guardduty-detector',
    apply: async ({ frequency, features }) => {
      const { DetectorIds: [DetectorId] = [] } = await client.send(new ListDetectorsCommand({}));
      if (DetectorId === undefined)
        throw new Error('There is no detector to adopt in this Region. Use SecurityServiceMode.CREATE, which makes one');
      await client.send(
        new UpdateDetectorCommand({
          DetectorId,
          Enable: true,
          FindingPublishingFrequency: frequency as FindingPublishingFrequency,
          Features: features as DetectorFeatureConfiguration[],
        }),
      );
      return { DetectorId };
    },
    remove: async () => undefined,
  });
}

export const handler = makeHandler(new GuardDutyClient(CLIENT_OPTIONS));
