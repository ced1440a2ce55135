import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { SNSClient } from '@aws-sdk/client-sns';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Context } from 'aws-lambda';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { SETTINGS } from '../alert-settings';
import { tell } from './enricher';
import { Register } from './register';

const setting = (name: string) => process.env[name] ?? '';

const register = new Register(new DynamoDBClient(CLIENT_OPTIONS), {
  table: setting(SETTINGS.table),
  foldSeconds: Number(setting(SETTINGS.foldMinutes)) * 60,
  keepSeconds: Number(setting(SETTINGS.keepDays)) * 86_400,
});

const enricher = {
  register,
  sns: new SNSClient(CLIENT_OPTIONS),
  ssm: new SSMClient(CLIENT_OPTIONS),
  iam: new IAMClient(CLIENT_OPTIONS),
  ec2: new EC2Client(CLIENT_OPTIONS),
  tagging: new ResourceGroupsTaggingAPIClient(CLIENT_OPTIONS),
  topicArn: setting(SETTINGS.topic),
  usualActivityPath: setting(SETTINGS.usualActivity),
  environment: setting(SETTINGS.environment),
  runbooks: JSON.parse(setting(SETTINGS.runbooks) || '{}') as Record<string, string>,
  log: (entry: Readonly<Record<string, unknown>>) => console.info(JSON.stringify(entry)),
  now: () => new Date(),
};

/** Tell an event of EventBridge as an alert. */
export async function handler(event: unknown, context: Context): Promise<{ outcome: string }> {
  const account = context.invokedFunctionArn.split(':')[4];
  return { outcome: await tell(event, context.awsRequestId, { ...enricher, account }) };
}
