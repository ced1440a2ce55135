import {
  GuardDutyClient,
  type OrganizationFeatureConfiguration,
  UpdateOrganizationConfigurationCommand,
} from '@aws-sdk/client-guardduty';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { onLifecycle } from '../../functions/lifecycle';
import { readText } from '../../functions/properties';
import { type PlainFeature, readFeatures } from '../read-features';

interface Wanted {
  readonly detectorId: string;
  readonly features: readonly PlainFeature[];
}

/** Turn GuardDuty on in every account of the organization, those that come later as well. It stays so when the stack goes. */
export function makeHandler(client: GuardDutyClient) {
  return onLifecycle<Wanted>({
    read: (properties) => ({ detectorId: readText(properties, 'DetectorId'), features: readFeatures(properties.Features) }),
    id: () => 'guardduty-organization',
    apply: async ({ detectorId, features }) => {
      const request = new UpdateOrganizationConfigurationCommand({
        DetectorId: detectorId,
        AutoEnableOrganizationMembers: 'ALL',
        Features: features.map(forMembers),
      });
      try {
        await client.send(request);
      } catch (error) {
        const { name, message } = error as Error;
        throw new Error(
          `GuardDuty cannot be turned on for the organization. Is this the account of its delegated administrator? ${name}: ${message}`,
        );
      }
      return undefined;
    },
    remove: async () => undefined,
  });
}

function forMembers({ Name, Status, AdditionalConfiguration: agents }: PlainFeature): OrganizationFeatureConfiguration {
  return {
    Name,
    AutoEnable: Status === 'ENABLED' ? 'ALL' : 'NONE',
    ...(agents ? { AdditionalConfiguration: agents.map(forMembers) } : {}),
  } as OrganizationFeatureConfiguration;
}

export const handler = makeHandler(new GuardDutyClient(CLIENT_OPTIONS));
