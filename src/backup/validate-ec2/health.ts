import { GetCommandInvocationCommand, SendCommandCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { Check } from '../restore-messages';
import { check } from '../restore-shared/checks';

/** A command that was sent, and what it answered. */
export interface Asked {
  readonly commandId?: string;
  readonly check?: Check;
}

const RUNNING = ['Pending', 'InProgress', 'Delayed', 'Cancelling'];

/** Run a command by Systems Manager, or ask whether it has ended. Its output may hold anything, and is not shown. */
export async function askHealth(ssm: SSMClient, InstanceId: string, command: string, before: Asked = {}): Promise<Asked> {
  if (before.commandId === undefined) {
    const commandId = await send(ssm, InstanceId, command);
    // The agent of an instance that has just started is not there yet.
    return commandId === undefined ? {} : { commandId };
  }
  const CommandId = before.commandId;
  try {
    const answer = await ssm.send(new GetCommandInvocationCommand({ CommandId, InstanceId }));
    const { Status: status = 'Pending', ResponseCode: code } = answer;
    if (RUNNING.includes(status)) return before;
    return {
      check: check('its health command succeeds', 'ssm:SendCommand', 'Success, exit code 0', `${status}, exit code ${code}`),
    };
  } catch (error) {
    if ((error as Error).name === 'InvocationDoesNotExist') return before;
    throw error;
  }
}

async function send(ssm: SSMClient, id: string, command: string): Promise<string | undefined> {
  try {
    const request = new SendCommandCommand({
      DocumentName: 'AWS-RunShellScript',
      InstanceIds: [id],
      Parameters: { commands: [command], executionTimeout: ['600'] },
      TimeoutSeconds: 120,
    });
    return (await ssm.send(request)).Command?.CommandId;
  } catch (error) {
    if ((error as Error).name === 'InvalidInstanceId') return undefined;
    throw error;
  }
}
