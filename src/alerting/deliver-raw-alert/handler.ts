import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { SETTINGS } from '../alert-settings';
import { rawMessages } from './raw-message';

/** Publish what the queue holds; what SNS does not take stays in the queue, and is tried again. */
export function makeHandler(sns: SNSClient, TopicArn: string) {
  return async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    for (const record of Records) {
      try {
        for (const message of rawMessages(record)) {
          await sns.send(new PublishCommand({ TopicArn, ...message }), { abortSignal: AbortSignal.timeout(5_000) });
        }
      } catch (error) {
        console.error(
          JSON.stringify({ outcome: 'not delivered', message: record.messageId, reason: String(error).slice(0, 300) }),
        );
        batchItemFailures.push({ itemIdentifier: record.messageId });
      }
    }
    return { batchItemFailures };
  };
}

export const handler = makeHandler(new SNSClient(CLIENT_OPTIONS), process.env[SETTINGS.topic] ?? '');
