import { AccessAnalyzerClient } from '@aws-sdk/client-accessanalyzer';
import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { S3ControlClient } from '@aws-sdk/client-s3-control';
import { SSMClient } from '@aws-sdk/client-ssm';
import { CLIENT_OPTIONS } from '../../functions/client-options';

/** What the settings are read and written with. */
export interface Clients {
  readonly iam: IAMClient;
  readonly s3: S3ControlClient;
  readonly ec2: EC2Client;
  readonly ssm: SSMClient;
  readonly analyzers: AccessAnalyzerClient;
}

export const CLIENTS: Clients = {
  iam: new IAMClient(CLIENT_OPTIONS),
  s3: new S3ControlClient(CLIENT_OPTIONS),
  ec2: new EC2Client(CLIENT_OPTIONS),
  ssm: new SSMClient(CLIENT_OPTIONS),
  analyzers: new AccessAnalyzerClient(CLIENT_OPTIONS),
};

/** What a service answers; undefined where it says by an error that there is nothing. */
export async function unlessNone<Answer>(answer: Promise<Answer>, ...none: readonly string[]): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (none.includes((error as Error).name)) return undefined;
    throw error;
  }
}
