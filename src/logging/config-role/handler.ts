import { CreateServiceLinkedRoleCommand, GetRoleCommand, IAMClient, type IAMServiceException } from '@aws-sdk/client-iam';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { onLifecycle } from '../../functions/lifecycle';
import { CONFIG_ROLE, CONFIG_SERVICE } from '../config-service';

/**
 * The role that AWS makes for AWS Config, once for each account: it is made where it is missing, and stays when the stack goes, for
 * others may use it.
 */
export function makeHandler(iam: IAMClient) {
  return onLifecycle({
    read: () => undefined,
    id: () => CONFIG_ROLE,
    apply: async () => {
      await create(iam);
      const { Role: role } = await iam.send(new GetRoleCommand({ RoleName: CONFIG_ROLE }));
      return { Arn: role?.Arn };
    },
    remove: async () => {},
  });
}

async function create(iam: IAMClient): Promise<void> {
  try {
    await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: CONFIG_SERVICE }));
  } catch (error) {
    // IAM has no code of its own for this.
    const { name, message } = error as IAMServiceException;
    if (name !== 'InvalidInputException' || !message.includes('has been taken')) throw error;
  }
}

export const handler = makeHandler(new IAMClient(CLIENT_OPTIONS));
