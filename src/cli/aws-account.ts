import { AccountClient, paginateListRegions } from '@aws-sdk/client-account';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AwsClients } from '../evidence/operating/aws-clients';
import { inOneLine } from '../evidence/operating/failures';
import type { Caller } from '../evidence/operating/run-collectors';
import { InputError } from '../model/errors';

/** A difference below this is that of messages on their way. */
const NOTABLE = 5_000;

/** Who asks AWS, and what time it is there. */
export interface Session {
  readonly caller: Caller;
  /** Milliseconds by which the clock of AWS is ahead of the one here; 0 when they agree. */
  readonly ahead: number;
}

/** Whose credentials these are. */
export async function sessionIn(region: string, clients: AwsClients): Promise<Session> {
  const sts = clients.of(STSClient, region);
  try {
    const { Account: account, Arn: arn } = await sts.send(new GetCallerIdentityCommand({}));
    if (!account || !arn) throw new Error('AWS does not say whose credentials these are');
    const ahead = sts.config.systemClockOffset;
    return { caller: { account, arn, partition: arn.split(':')[1] }, ahead: Math.abs(ahead) < NOTABLE ? 0 : ahead };
  } catch (error) {
    throw new InputError(`AWS cannot be asked: ${inOneLine(error)}. Sign in first, for example with 'aws sso login'`);
  }
}

/** The Region that the environment or the profile names. */
export async function ownRegion(): Promise<string> {
  try {
    return await new STSClient({}).config.region();
  } catch {
    throw new InputError('--region must be given: neither the environment nor the profile names a Region');
  }
}

/** Every Region that is switched on in the account. */
export async function enabledRegions(region: string, clients: AwsClients): Promise<string[]> {
  const regions: string[] = [];
  const request = { RegionOptStatusContains: ['ENABLED' as const, 'ENABLED_BY_DEFAULT' as const] };
  try {
    for await (const { Regions: page = [] } of paginateListRegions({ client: clients.of(AccountClient, region) }, request))
      for (const { RegionName: name } of page) if (name) regions.push(name);
  } catch (error) {
    throw new InputError(`--region all: the Regions of the account cannot be listed: ${inOneLine(error)}; name them instead`);
  }
  return regions.sort();
}
