import { IAMClient } from '@aws-sdk/client-iam';
import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { CLIENT_OPTIONS } from '../../functions/client-options';

/** What a review reads and writes with. */
export interface Clients {
  readonly iam: IAMClient;
  readonly sso: SSOAdminClient;
  readonly identityStore: IdentitystoreClient;
  readonly ssm: SSMClient;
  readonly s3: S3Client;
}

export const CLIENTS: Clients = {
  iam: new IAMClient(CLIENT_OPTIONS),
  sso: new SSOAdminClient(CLIENT_OPTIONS),
  identityStore: new IdentitystoreClient(CLIENT_OPTIONS),
  ssm: new SSMClient(CLIENT_OPTIONS),
  s3: new S3Client(CLIENT_OPTIONS),
};
