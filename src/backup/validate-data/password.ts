import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Signer, type SignerConfig } from '@aws-sdk/rds-signer';
import type { Endpoint, ExpectedData } from '../restore-messages';

/** How the user signs in. */
export interface SignIn {
  readonly user: string;
  readonly password: string;
}

/** With a token of IAM, which is signed here and asks nobody; or with a secret of Secrets Manager. */
export async function signIn(
  secrets: SecretsManagerClient,
  { host, port }: Endpoint,
  { user, secretArn }: ExpectedData,
  signer: Pick<SignerConfig, 'credentials' | 'region'> = {},
): Promise<SignIn> {
  if (secretArn === undefined) {
    const password = await new Signer({ ...signer, hostname: host, port, username: user }).getAuthToken();
    return { user, password };
  }
  const { SecretString: text = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: secretArn }));
  return read(text, secretArn);
}

/** What is wrong with a secret is said without any of it. */
function read(text: string, secretArn: string): SignIn {
  let secret: { readonly username?: unknown; readonly password?: unknown } | null;
  try {
    secret = JSON.parse(text);
  } catch {
    secret = null;
  }
  const { username, password } = secret ?? {};
  if (typeof username !== 'string' || typeof password !== 'string')
    throw new Error(`the secret ${secretArn} must be an object with the texts username and password`);
  return { user: username, password };
}
