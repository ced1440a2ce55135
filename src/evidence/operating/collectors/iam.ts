import { setTimeout as wait } from 'node:timers/promises';
import {
  GenerateCredentialReportCommand,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  GetCredentialReportCommand,
  IAMClient,
  ListAccountAliasesCommand,
  ListMFADevicesCommand,
  ListUsersCommand,
} from '@aws-sdk/client-iam';
import { parse } from 'csv-parse/sync';
import { everyPage } from '../../../functions/every-page';
import { type Answer, collectParts, type Part } from '../collect-parts';
import type { CollectContext, Collector } from '../collector';
import { listing } from '../listing';
import { IAM } from './about';

/** How often it is asked whether the report is there, and how long is waited in between. */
const MOST_TRIES = 60;
const BETWEEN_TRIES = 2_000;

async function* userNames(context: CollectContext): AsyncGenerator<string> {
  const client = context.client(IAMClient);
  const ask = (Marker?: string) => client.send(new ListUsersCommand({ Marker }));
  for await (const { Users = [] } of everyPage(ask, (answer) => answer.Marker)) for (const { UserName } of Users) yield UserName!;
}

/** A report of all users with their passwords, keys and second factors, which AWS makes when asked, at most every four hours. */
const CREDENTIAL_REPORT: Part = {
  query: () => ({
    id: 'credential-report',
    title: 'Users, the root user among them, with when their passwords and keys were set and used, and whether they have MFA',
    covers: 'moment',
    calls: [
      { api: 'iam:GenerateCredentialReport', parameters: {} },
      { api: 'iam:GetCredentialReport', parameters: {} },
    ],
    controls: ['credential-lifecycle', 'strong-authentication', 'access-review', 'identity-management'],
  }),
  async *answers(context): AsyncGenerator<Answer> {
    const client = context.client(IAMClient);
    for (let tries = 1; (await client.send(new GenerateCredentialReportCommand({}))).State !== 'COMPLETE'; tries++) {
      if (tries === MOST_TRIES) throw new Error('the credential report was not made in two minutes');
      context.say('waiting for the credential report');
      await wait(BETWEEN_TRIES);
    }
    const { Content, GeneratedTime } = await client.send(new GetCredentialReportCommand({}));
    // There is a line for the root user in every account.
    if (!Content || Content.length === 0) throw new Error('AWS answered without the credential report');
    const users: Record<string, string>[] = parse(Buffer.from(Content), { columns: true, bom: true });
    const generatedAt = GeneratedTime?.toISOString() ?? null;
    yield {
      rows: users.map((user) => ({ id: user.arn || user.user, data: { ...user, generatedAt } })),
      attachments: [{ name: 'credential-report.csv', content: Content }],
    };
  },
};

export const iam: Collector = {
  ...IAM,
  collect: collectParts([
    CREDENTIAL_REPORT,
    listing({
      id: 'account-summary',
      title: 'Numbers of users, roles and keys, and whether the root user has MFA and no keys',
      covers: 'moment',
      api: 'iam:GetAccountSummary',
      client: IAMClient,
      input: () => ({}),
      send: (client, input) => client.send(new GetAccountSummaryCommand(input)),
      items: ({ SummaryMap }) => (SummaryMap ? [SummaryMap] : []),
      rowId: () => 'account',
    }),
    listing({
      id: 'password-policy',
      title: 'What passwords of users must be like',
      covers: 'moment',
      controls: ['strong-authentication'],
      api: 'iam:GetAccountPasswordPolicy',
      client: IAMClient,
      input: () => ({}),
      send: (client, input) => client.send(new GetAccountPasswordPolicyCommand(input)),
      items: ({ PasswordPolicy }) => (PasswordPolicy ? [{ isSet: true, ...PasswordPolicy }] : []),
      rowId: () => 'password policy',
      unless: ({ name }) =>
        /^NoSuchEntity/.test(name) ? { rows: [{ id: 'password policy', data: { isSet: false } }] } : undefined,
    }),
    listing({
      id: 'users',
      title: 'Users, with when each was made and last signed in',
      covers: 'moment',
      controls: ['identity-management', 'access-review'],
      api: 'iam:ListUsers',
      client: IAMClient,
      input: () => ({}),
      send: (client, input) => client.send(new ListUsersCommand(input)),
      token: 'Marker',
      items: ({ Users }) => Users,
      rowId: ({ Arn }) => Arn,
    }),
    listing({
      id: 'mfa-devices',
      title: 'Second factors of users',
      covers: 'moment',
      controls: ['strong-authentication'],
      api: 'iam:ListMFADevices',
      client: IAMClient,
      of: { each: 'each user', apis: ['iam:ListUsers'], find: userNames },
      input: (_, UserName) => ({ UserName }),
      send: (client, input) => client.send(new ListMFADevicesCommand(input)),
      token: 'Marker',
      items: ({ MFADevices }) => MFADevices,
      rowId: ({ SerialNumber }, user) => `${user} ${SerialNumber}`,
    }),
    listing({
      id: 'account-aliases',
      title: 'Names of the account',
      covers: 'moment',
      controls: ['identity-management'],
      api: 'iam:ListAccountAliases',
      client: IAMClient,
      input: () => ({}),
      send: (client, input) => client.send(new ListAccountAliasesCommand(input)),
      token: 'Marker',
      items: ({ AccountAliases = [] }) => AccountAliases.map((alias) => ({ alias })),
      rowId: ({ alias }) => alias,
    }),
  ]),
};
