import * as fc from 'fast-check';
import { REDACTED, redact } from '../../../src/evidence/operating/redact';
import type { Json, JsonObject } from '../../../src/model/json';

const text = (data: JsonObject) => JSON.stringify(redact(data).value);

/** Secrets no part of which may be written, as AWS and programs pass them. */
const SECRET = 'hunter2-Tr0ub4dor';

/** Places where a secret stands by its name. */
const NAMED: Readonly<Record<string, (secret: string) => JsonObject>> = {
  'the password of a database': (secret) => ({ requestParameters: { masterUserPassword: secret } }),
  'a password in other letters': (secret) => ({ requestParameters: { MASTER_USER_PASSWORD: secret, 'new-password': secret } }),
  'a secret of Secrets Manager': (secret) => ({
    requestParameters: { name: 'db', secretString: JSON.stringify({ user: 'a', x: secret }) },
  }),
  'a secret that is an object': (secret) => ({ secretString: { deep: [{ value: secret }] } }),
  'a parameter that is a SecureString': (secret) => ({ requestParameters: { name: '/db', type: 'SecureString', value: secret } }),
  'a parameter of a stack': (secret) => ({
    requestParameters: { parameters: [{ parameterKey: 'Key', parameterValue: secret }] },
  }),
  'variables of a function': (secret) => ({ requestParameters: { environment: { variables: { ANY_NAME: secret } } } }),
  'variables of a container': (secret) => ({
    requestParameters: { containerDefinitions: [{ name: 'web', environment: [{ name: 'ANY_NAME', value: secret }] }] },
  }),
  'variables of a build': (secret) => ({
    requestParameters: { environment: { environmentVariables: [{ name: 'ANY_NAME', type: 'PLAINTEXT', value: secret }] } },
  }),
  'variables of Elastic Beanstalk': (secret) => ({
    optionSettings: [{ namespace: 'aws:elasticbeanstalk:application:environment', optionName: 'X', value: secret }],
  }),
  'credentials of a session': (secret) => ({
    responseElements: { credentials: { accessKeyId: 'ASIAXXXXXXXXXXXXXXXX', secretAccessKey: secret, sessionToken: secret } },
  }),
  'a key that was made': (secret) => ({
    responseElements: { accessKey: { accessKeyId: 'AKIAXXXXXXXXXXXXXXXX', secretAccessKey: secret } },
  }),
  'user data of a server': (secret) => ({ requestParameters: { userData: Buffer.from(secret).toString('base64'), x: 1 } }),
  'a JSON text in a text': (secret) => ({
    requestParameters: { body: JSON.stringify({ config: JSON.stringify({ password: secret }) }) },
  }),
  'a command line': (secret) => ({ requestParameters: { commands: [`mysql --password=${secret} -h db`] } }),
  'a link': (secret) => ({ requestParameters: { url: `https://user:${secret}@example.com/x` } }),
  'a link that takes messages': (secret) => ({
    requestParameters: { endpoint: `https://hooks.slack.com/services/T0/${secret}` },
  }),
  'a signed link': (secret) => ({ requestParameters: { url: `https://a.blob.core.windows.net/c?sv=1&sig=${secret}` } }),
  'the material of a key': (secret) => ({ responseElements: { keyName: 'a', keyMaterial: secret } }),
  'a header': (secret) => ({ requestParameters: { text: `Authorization: Bearer ${secret}0123456789` } }),
};

/** Secrets that are known by how they look, wherever they stand. */
const LOOKS: Readonly<Record<string, string>> = {
  'a session token': `IQoJb3JpZ2luX2Vj${'Ab1/'.repeat(30)}`,
  'a private key': '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----',
  'a token of GitHub': `ghp_${'a1B2'.repeat(9)}`,
  'a token in JSON': 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P',
  'a key of Stripe': `sk_live_${'a1B2'.repeat(6)}`,
};

describe.each(Object.entries(NAMED))('%s', (_, place) => {
  test('is not written', () => {
    const clean = text(place(SECRET));
    expect(clean).toContain(REDACTED);
    expect(clean).not.toContain('hunter2');
    expect(clean).not.toContain(Buffer.from(SECRET).toString('base64'));
  });

  test('is found wherever it stands', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'responseElements', 'items', 'Config'), { maxLength: 6 }), (path) => {
        const nested = path.reduce<JsonObject>(
          (inner, name) => ({ other: 1, [name]: name === 'items' ? [inner] : inner }),
          place(SECRET),
        );
        expect(text(nested)).not.toContain('hunter2');
      }),
    );
  });
});

test.each(Object.entries(LOOKS))('%s is not written, whatever stands around it', (_, secret) => {
  const words = fc.constantFrom('note', 'see', 'key', '"', ',', '(', 'für', '💡');
  fc.assert(
    fc.property(words, words, (before, after) => {
      const clean = text({ requestParameters: { description: `${before} ${secret} ${after}` } });
      expect(clean).toContain(REDACTED);
      expect(clean).not.toContain(JSON.stringify(secret).slice(1, -1));
    }),
  );
});

/** What an auditor needs, and what only looks like a secret. */
const KEPT: readonly JsonObject[] = [
  {
    userIdentity: {
      type: 'AssumedRole',
      accessKeyId: 'ASIAXXXXXXXXXXXXXXXX',
      sessionContext: { attributes: { mfaAuthenticated: 'true' } },
    },
  },
  {
    requestParameters: {
      secretId: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf',
      masterUserSecretKmsKeyId: 'k',
    },
  },
  { resources: ['arn:aws:secretsmanager:eu-west-1:111122223333:secret:database-password-AbCdEf'] },
  { responseElements: { masterUserSecret: { secretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds-x-AbCdEf' } } },
  { requestParameters: { minimumPasswordLength: 14, allowUsersToChangePassword: true, maxPasswordAge: 90, hardExpiry: false } },
  { requestParameters: { parameters: [{ parameterName: 'rds.force_ssl', parameterValue: '1' }] } },
  { user: 'jane', password_enabled: 'true', password_last_changed: '2026-01-01T00:00:00+00:00', passwordLastUsed: null },
  {
    responseElements: { ConsoleLogin: 'Failure' },
    errorMessage: 'Failed authentication',
    additionalEventData: { MFAUsed: 'No' },
  },
  { requestParameters: { policyDocument: '{"Statement":[{"Effect":"Allow","Action":"secretsmanager:GetSecretValue"}]}' } },
  { requestParameters: { nextToken: 'abc', clientToken: 'def', clientRequestToken: 'ghi', tokenType: 'access' } },
  { note: 'Basic authentication is used here', other: 'The bearer of this note', publicKey: 'ssh-rsa AAAA' },
];

test.each(KEPT.map((data) => [JSON.stringify(data).slice(0, 80), data]))('%s is kept as it is', (_, data) => {
  expect(redact(data as JsonObject)).toEqual({ value: data, count: 0 });
});

const names = fc.oneof(
  fc.string(),
  fc.constantFrom('password', 'environment', 'variables', 'type', 'value', 'name', '__proto__', 'constructor'),
);
const json: fc.Arbitrary<Json> = fc.letrec<{ any: Json }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.constantFrom('SecureString', `Bearer ${SECRET}`, '{"password":"x"}', '[[[', 'token=', 'arn:aws:iam::1:user/x'),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(names, tie('any'), { maxKeys: 4 }),
  ),
})).any;
const object = fc.dictionary(names, json) as fc.Arbitrary<JsonObject>;

test('whatever comes is redacted without fail, once and for all, and stays JSON of the same shape', () => {
  fc.assert(
    fc.property(object, (data) => {
      const before = JSON.stringify(data);
      const { value } = redact(data);
      expect(JSON.stringify(data)).toBe(before);
      expect(Object.keys(value)).toEqual(Object.keys(data));
      expect(redact(value)).toEqual({ value, count: 0 });
    }),
    { numRuns: 500 },
  );
});

test('what is nested without end is cut off, and breaks nothing', () => {
  let deep: Json = { password: SECRET };
  for (let level = 0; level < 5_000; level++) deep = level % 2 ? [deep] : { level: deep };
  expect(text({ deep })).not.toContain('hunter2');
});

test.each([
  ['names with dots', 'a.'.repeat(128_000)],
  ['beginnings of tokens', 'eyJ-'.repeat(64_000)],
  ['beginnings of keys', '-----BEGIN '.repeat(24_000)],
  ['names of secrets', 'token '.repeat(40_000)],
  ['blanks', `password${' '.repeat(250_000)}`],
  ['links', 'https://'.repeat(32_000)],
  ['words of Base64', `Basic ${'A'.repeat(250_000)}`],
])('256 KB of %s take no time', (_, hostile) => {
  const started = performance.now();
  redact({ hostile });
  expect(performance.now() - started).toBeLessThan(2_000);
});
