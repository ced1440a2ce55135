import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { METRICS, VARIABLES } from '../restore-messages';
import { keyOf } from '../restore-shared/keys';
import { type Metrics, publish } from '../restore-shared/metrics';
import { openOpsItem } from './ops-item';
import { page } from './page';
import { makeTicket, type Ticket, type TicketCall } from './ticket';

/** What the function works with. */
export interface Tools {
  readonly s3: S3Client;
  readonly ssm: SSMClient;
  readonly bucket: string;
  readonly plan: string;
  readonly hasOpsItems: boolean;
  readonly publish: typeof publish;
}

/** Where a ticket was written. */
export interface Written {
  readonly key: string;
  readonly sha256: string;
}

/**
 * Write the ticket of a test: when its result is known, and again, under the same key, when it is known what became of the restored
 * resource.
 */
export function makeHandler({ s3, ssm, bucket, plan, hasOpsItems, publish }: Tools) {
  return async (call: TicketCall): Promise<Written> => {
    const ticket = makeTicket(call);
    const key = keyOf(
      ticket.resource.type,
      ticket.resource.arn,
      ticket.id,
      ticket.validation.endedAt,
      ticket.result === 'PASSED',
    );
    const write = (ending: string, ContentType: string, Body: string) =>
      s3.send(new PutObjectCommand({ Bucket: bucket, Key: `${key}.${ending}`, Body, ContentType, ChecksumAlgorithm: 'SHA256' }));
    await write('json', 'application/json', `${JSON.stringify(ticket, undefined, 2)}\n`);
    await write('html', 'text/html; charset=utf-8', page(ticket));
    const metrics = call.state.cleanUp ? { [METRICS.cleanUpSucceeded]: isLeftBehind(ticket) ? 0 : 1 } : metricsOf(ticket);
    publish(plan, metrics, { ResourceType: ticket.resource.type, ResourceName: ticket.resource.name });
    // Last: alarms must not wait for it.
    if (hasOpsItems) {
      const location = `s3://${bucket}/${key}.html`;
      if (ticket.result !== 'PASSED') await openOpsItem(ssm, ticket, location, 'result');
      if (isLeftBehind(ticket)) await openOpsItem(ssm, ticket, location, 'left behind');
    }
    return { key, sha256: ticket.sha256 };
  };
}

function isLeftBehind({ cleanUp }: Ticket): boolean {
  return cleanUp.status === 'FAILED' || cleanUp.status === 'OVERDUE';
}

function metricsOf({ result, restore, validation, recoveryPoint }: Ticket): Metrics {
  const isRestored = result !== 'NOT RESTORED';
  return {
    [METRICS.validationSucceeded]: result === 'PASSED' ? 1 : 0,
    [METRICS.restoreSeconds]: isRestored ? restore.seconds : undefined,
    [METRICS.usableSeconds]: isRestored ? validation.usableSeconds : undefined,
    [METRICS.recoveryPointAgeSeconds]: recoveryPoint.ageSeconds,
  };
}

export const handler = (call: TicketCall) =>
  makeHandler({
    s3: new S3Client(CLIENT_OPTIONS),
    ssm: new SSMClient(CLIENT_OPTIONS),
    bucket: process.env[VARIABLES.bucket]!,
    plan: process.env[VARIABLES.plan]!,
    hasOpsItems: process.env[VARIABLES.opsItems] === 'true',
    publish,
  })(call);
