import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  GenerateCredentialReportCommand,
  GetAccountAuthorizationDetailsCommand,
  GetCredentialReportCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateGroupCommand as CreateDirectoryGroup,
  CreateUserCommand as CreateDirectoryUser,
  CreateGroupMembershipCommand,
  IdentitystoreClient,
  ListGroupMembershipsCommand,
  ListGroupsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-identitystore';
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeOpsItemsCommand, SSMClient } from '@aws-sdk/client-ssm';
import {
  CreateAccountAssignmentCommand,
  CreatePermissionSetCommand,
  DescribePermissionSetCommand,
  GetInlinePolicyForPermissionSetCommand,
  ListAccountAssignmentsCommand,
  ListAccountsForProvisionedPermissionSetCommand,
  ListCustomerManagedPolicyReferencesInPermissionSetCommand,
  ListInstancesCommand,
  ListManagedPoliciesInPermissionSetCommand,
  ListPermissionSetsCommand,
  ProvisionPermissionSetCommand,
  SSOAdminClient,
} from '@aws-sdk/client-sso-admin';
import { mockClient } from 'aws-sdk-client-mock';
import { strFromU8, unzipSync } from 'fflate';
import type { Clients } from '../../src/identity/access-review/clients';
import { readReport, usersOf } from '../../src/identity/access-review/credential-report';
import { everyPage } from '../../src/identity/access-review/every-page';
import { makeHandler } from '../../src/identity/access-review/handler';
import { trustedBy } from '../../src/identity/access-review/iam-access';
import { identityCenterAccess } from '../../src/identity/access-review/identity-center';
import { EMULATOR, Emulator } from '../helpers/emulator';
import { HurriedClock } from '../helpers/hurried-clock';
import { describeWithTool } from '../helpers/optional';
import { scriptedAnswers } from '../helpers/scripted-answers';

const ACCOUNT = '111122223333';
const INSTANCE = 'arn:aws:sso:::instance/ssoins-1234567890abcdef';
const CONTEXT = { invokedFunctionArn: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:review` };
const ENVIRONMENT = {
  REVIEW_BUCKET: 'reviews',
  REVIEW_PREFIX: 'access-reviews/',
  REVIEW_MONTHS: '3',
  UNUSED_DAYS: '90',
  REVIEW_NAME: 'Stack/AccessReview',
};
const WITH_CENTER = { ...ENVIRONMENT, IDENTITY_CENTER: INSTANCE, IDENTITY_STORE: 'd-1234567890' };
const HEADING =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated';

interface Line {
  name: string;
  arn?: string;
  made?: string;
  password?: string;
  signedIn?: string;
  factor?: boolean;
  key?: string;
  keyUsed?: string;
  keyActive?: boolean;
}
const line = ({
  name,
  arn,
  made = '2026-01-01T00:00:00+00:00',
  password = 'false',
  signedIn = 'N/A',
  factor = false,
  ...key
}: Line) =>
  [
    name,
    arn ?? `arn:aws:iam::${ACCOUNT}:user/${name}`,
    made,
    password,
    signedIn,
    'N/A',
    'N/A',
    String(factor),
    String(key.keyActive ?? key.key !== undefined),
    key.key ?? 'N/A',
    key.keyUsed ?? 'N/A',
    'N/A',
    'N/A',
    'false,N/A,N/A,N/A,N/A,false,N/A,false,N/A',
  ].join(',');
const report = (...lines: Line[]) => [HEADING, ...lines.map(line)].join('\n');

const iam = mockClient(new IAMClient({ region: 'eu-west-1' }));
const sso = mockClient(new SSOAdminClient({ region: 'eu-west-1' }));
const identityStore = mockClient(new IdentitystoreClient({ region: 'eu-west-1' }));
const ssm = mockClient(new SSMClient({ region: 'eu-west-1' }));
const s3 = mockClient(new S3Client({ region: 'eu-west-1' }));
const clients = { iam, sso, identityStore, ssm, s3 } as unknown as Clients;
const said = (name: string) => Object.assign(new Error(`${name} of the test`), { name });

const TODAY = Date.parse('2026-11-20T05:00:00Z');
const run = async (environment: Record<string, string> = ENVIRONMENT, time = TODAY, given = clients) => {
  const lines: string[] = [];
  const handler = makeHandler({ clients: given, environment, clock: new HurriedClock(time), write: (each) => lines.push(each) });
  await handler({}, CONTEXT);
  const metrics = JSON.parse(lines[0]);
  return { metrics, log: JSON.parse(lines[lines.length - 1]) };
};
const written = () => {
  const puts = s3.commandCalls(PutObjectCommand).map(({ args }) => args[0].input);
  const json = puts.find(({ Key }) => Key?.endsWith('.json'));
  return {
    keys: puts.map(({ Key }) => Key),
    json,
    report: json && JSON.parse(String(json.Body)),
    workbook: puts[0]?.Body as Uint8Array,
  };
};
const complete = (text: string) => {
  iam.on(GenerateCredentialReportCommand).resolves({ State: 'COMPLETE' });
  iam.on(GetCredentialReportCommand).resolves({ Content: new TextEncoder().encode(text) });
};

beforeEach(() => {
  for (const each of [iam, sso, identityStore, ssm, s3]) each.reset();
  complete(report({ name: '<root_account>', arn: `arn:aws:iam::${ACCOUNT}:root`, password: 'not_supported', factor: true }));
  iam.on(GetAccountAuthorizationDetailsCommand).resolves({ IsTruncated: false });
  ssm.on(DescribeOpsItemsCommand).resolves({});
  s3.on(ListObjectsV2Command).resolves({ IsTruncated: false });
  s3.on(PutObjectCommand).resolves({});
});

describe('a review is written', () => {
  const stored = (...keys: string[]) =>
    s3.on(ListObjectsV2Command).resolves({ Contents: keys.map((Key) => ({ Key: `access-reviews/${ACCOUNT}/${Key}`, Size: 1 })) });
  const earlier = (access: unknown) =>
    s3.on(GetObjectCommand).resolves({ Body: { transformToString: async () => JSON.stringify({ access }) } as never });

  test('where there is none, the workbook first, and the file that says so last', async () => {
    const { log } = await run();
    expect(written().keys).toEqual([
      expect.stringMatching(/^access-reviews\/111122223333\/2026-11-20\/access-review-[0-9a-f]{8}\.xlsx$/),
      'access-reviews/111122223333/2026-11-20/access-review.json',
    ]);
    expect(written().json?.IfNoneMatch).toBe('*');
    expect(log).toMatchObject({ reviewWritten: true, users: 1 });
  });

  test('once in three months', async () => {
    stored('2026-10-01/access-review.json');
    expect((await run()).log.reviewWritten).toBe(false);
    expect(written().keys).toEqual([]);
  });

  test('also where a file of no day, or of one to come, stands in its place', async () => {
    stored('2026-99-99/access-review.json', '9999-12-31/access-review.json');
    const { log, metrics } = await run();
    expect(log.reviewWritten).toBe(true);
    expect(metrics.DaysUnsigned).toBe(0);
  });

  test('when the months of the last one are over, with what changed since', async () => {
    const ben = { kind: 'IAM user', who: 'ben', through: '', account: ACCOUNT, access: 'no policy', lastUsed: 'never' };
    stored('2026-07-01/access-review.json', '2026-04-02/access-review.json');
    earlier([
      { ...ben, lastUsed: '2026-01-01' },
      { ...ben, who: 'eve' },
    ]);
    iam.on(GetAccountAuthorizationDetailsCommand).resolves({ UserDetailList: [{ UserName: 'ben' }, { UserName: 'ana' }] });
    await run();
    expect(written().report).toMatchObject({
      before: '2026-07-01',
      changes: [
        { change: 'added', access: { who: 'ana' } },
        { change: 'removed', access: { who: 'eve' } },
      ],
    });
  });

  test('not where the one before cannot be read, for nobody would know what changed', async () => {
    stored('2026-07-01/access-review.json');
    earlier('none');
    await expect(run()).rejects.toThrow('2026-07-01/access-review.json has no list of access: it is no review');
    expect(written().keys).toEqual([]);
  });

  test('once where two run at the same time', async () => {
    s3.on(PutObjectCommand, { IfNoneMatch: '*' }).rejects(said('PreconditionFailed'));
    await expect(run()).resolves.toMatchObject({ log: { reviewWritten: true } });
  });

  test('not in silence where the bucket refuses it', async () => {
    s3.on(PutObjectCommand).rejects(said('AccessDenied'));
    await expect(run()).rejects.toThrow('AccessDenied of the test');
  });

  test('and waits for a signature, which is a file that is not empty', async () => {
    stored('2026-10-01/access-review.json');
    expect((await run()).metrics.DaysUnsigned).toBe(50);
    stored('2026-10-01/access-review.json', '2026-10-01/signed/review.pdf');
    expect((await run()).metrics.DaysUnsigned).toBe(0);
    s3.on(ListObjectsV2Command).resolves({
      Contents: [
        { Key: `access-reviews/${ACCOUNT}/2026-10-01/access-review.json`, Size: 1 },
        { Key: `access-reviews/${ACCOUNT}/2026-10-01/signed/`, Size: 0 },
      ],
    });
    expect((await run()).metrics.DaysUnsigned).toBe(50);
  });
});

test('a review says where it looked for uses of emergency access', async () => {
  await run();
  expect(written().report.notes).toContain(
    'Uses of emergency access are those with an item in OpsCenter of account 111122223333 in eu-west-1.',
  );
});

describe('what somebody should do something about', () => {
  const concerns = async () => {
    const { metrics } = await run();
    return { metrics, all: written().report.concerns.map(({ who, what }: { who: string; what: string }) => `${who}: ${what}`) };
  };

  test('is old keys, unused keys and passwords, and passwords alone', async () => {
    complete(
      report(
        { name: 'old', key: '2026-08-01T00:00:00+00:00', keyUsed: '2026-11-19T00:00:00+00:00' },
        { name: 'unused', key: '2026-10-01T00:00:00+00:00', keyUsed: '2026-08-01T00:00:00+00:00' },
        { name: 'unknown', key: 'no_information', keyActive: true, made: 'N/A' },
        { name: 'off', key: '2020-01-01T00:00:00+00:00', keyActive: false },
        { name: 'alone', password: 'true', signedIn: '2026-11-01T00:00:00+00:00' },
        { name: 'asleep', password: 'true', signedIn: '2026-01-01T00:00:00+00:00', factor: true },
        { name: 'new', made: '2026-11-01T00:00:00+00:00', password: 'true', signedIn: 'no_information', factor: true },
        { name: 'right', key: '2026-10-01T00:00:00+00:00', keyUsed: '2026-11-01T00:00:00+00:00' },
      ),
    );
    const { metrics, all } = await concerns();
    expect(all).toEqual([
      'old: key 1 was made on 2026-08-01',
      'unused: key 1 was last used on 2026-08-01',
      'unknown: key 1 was made never, as far as is known',
      'unknown: key 1 was last used never, as far as is known',
      'alone: signs in with a password and no second factor',
      'asleep: the password was last used on 2026-01-01',
    ]);
    expect(metrics).toMatchObject({ OldKeys: 2, UnusedCredentials: 3, WithoutSecondFactor: 1, RootAccess: 0 });
  });

  test('is a root user with a key or without a second factor', async () => {
    complete(
      report({
        name: '<root_account>',
        arn: `arn:aws:iam::${ACCOUNT}:root`,
        password: 'not_supported',
        key: '2026-11-01T00:00:00+00:00',
      }),
    );
    expect((await concerns()).metrics.RootAccess).toBe(2);
  });

  test('is roles that nobody takes, but for those of services', async () => {
    const CreateDate = new Date('2025-01-01');
    iam.on(GetAccountAuthorizationDetailsCommand).resolves({
      RoleDetailList: [
        { RoleName: 'deploy', Path: '/', CreateDate, RoleLastUsed: { LastUsedDate: new Date('2026-11-01') } },
        { RoleName: 'forgotten', Path: '/', CreateDate },
        { RoleName: 'AWSServiceRoleForSupport', Path: '/aws-service-role/support.amazonaws.com/', CreateDate },
      ],
    });
    const { metrics, all } = await concerns();
    expect(all).toEqual(['forgotten: the role was last used never, as far as is known']);
    expect(metrics.UnusedRoles).toBe(1);
  });

  test('is emergency access that nobody reviewed', async () => {
    ssm.on(DescribeOpsItemsCommand).resolves({
      OpsItemSummaries: [{ OpsItemId: 'oi-1', Title: 'Review the use of BreakGlass', CreatedTime: new Date('2026-11-02') }],
    });
    const { metrics, all } = await concerns();
    expect(all).toEqual(['oi-1: Review the use of BreakGlass on 2026-11-02, and nobody has reviewed it yet']);
    expect(metrics.EmergencyUseToReview).toBe(1);
    expect(ssm.commandCalls(DescribeOpsItemsCommand)[0].args[0].input.OpsItemFilters).toContainEqual({
      Key: 'Source',
      Values: ['cdk-soc2-break-glass'],
      Operator: 'Equal',
    });
  });
});

describe('the report on credentials', () => {
  test('is waited for while IAM makes it', async () => {
    iam
      .on(GenerateCredentialReportCommand)
      .resolvesOnce({ State: 'STARTED' })
      .resolvesOnce({ State: 'INPROGRESS' })
      .resolves({ State: 'COMPLETE' });
    iam
      .on(GetCredentialReportCommand)
      .rejectsOnce(said('CredentialReportNotReadyException'))
      .rejectsOnce(said('CredentialReportExpiredException'))
      .resolves({ Content: new TextEncoder().encode(report({ name: 'ana' })) });
    const clock = new HurriedClock(TODAY);
    expect(await usersOf(clients.iam, clock)).toHaveLength(1);
    expect(clock.now() - TODAY).toBe(20_000);
  });

  test('that never comes is said, and no review is written', async () => {
    iam.on(GenerateCredentialReportCommand).resolves({ State: 'INPROGRESS' });
    await expect(run()).rejects.toThrow('IAM did not finish the credential report within 5 minutes');
    expect(written().keys).toEqual([]);
  });

  test('that may not be read is no reason to wait', async () => {
    iam.on(GetCredentialReportCommand).rejects(said('AccessDenied'));
    await expect(run()).rejects.toThrow('AccessDenied of the test');
  });

  test('may have names with commas, more columns than today, and a mark at its start', () => {
    const [user] = readReport(`\uFEFF${HEADING},access_key_3_active\n${line({ name: 'smith, ana', factor: true })},false`);
    expect(user).toMatchObject({ name: 'smith, ana', arn: `arn:aws:iam::${ACCOUNT}:user/smith, ana`, hasSecondFactor: true });
  });

  test.each([
    ['', 'the credential report has no columns user, arn'],
    ['user,arn\na,b', 'has no columns password_enabled'],
    [`${HEADING}\nana,true`, 'a line of the credential report has 2 of 22 columns'],
    [`${HEADING}\n${'x,'.repeat(30)}`, 'a line of the credential report has 31 of 22 columns'],
    [HEADING, 'the credential report has no lines: the root user at least is in each'],
  ])('that is none is refused: %j', (text, message) => expect(() => readReport(text)).toThrow(message));

  test('is read in capitals as well, and what is neither true nor false counts as what must be looked at', () => {
    const [ana, root] = readReport(
      [
        HEADING,
        `ana,arn:aws:iam::${ACCOUNT}:user/ana,N/A,TRUE,N/A,N/A,N/A,TRUE,TRUE,N/A,N/A,N/A,N/A,unknown,N/A,N/A,N/A,N/A,FALSE,N/A,FALSE,N/A`,
        `<root_account>,arn:aws:iam::${ACCOUNT}:root,N/A,FALSE,N/A,N/A,N/A,unknown,FALSE,N/A,N/A,N/A,N/A,FALSE,N/A,N/A,N/A,N/A,FALSE,N/A,FALSE,N/A`,
      ].join('\n'),
    );
    expect(ana).toMatchObject({ hasPassword: true, hasSecondFactor: true });
    expect(ana.keys.map(({ number, active }) => [number, active])).toEqual([
      [1, true],
      [2, true],
    ]);
    expect(root).toMatchObject({ hasPassword: false, hasSecondFactor: false, keys: [] });
  });

  test('that is older than the list of users is told in a note', async () => {
    complete(report({ name: 'gone' }));
    iam.on(GetAccountAuthorizationDetailsCommand).resolves({ UserDetailList: [{ UserName: 'new' }] });
    await run();
    expect(written().report.notes.join(' ')).toContain('does not have these users yet: new.');
    expect(written().report.notes.join(' ')).toContain('no longer in IAM: gone.');
  });
});

describe('a page that is lost', () => {
  test('of IAM stops the review', async () => {
    iam.on(GetAccountAuthorizationDetailsCommand).resolves({ UserDetailList: [{ UserName: 'ana' }], IsTruncated: true });
    await expect(run()).rejects.toThrow(
      'AWS says that there are more users, groups and roles of IAM, and not how to get them: a page is lost',
    );
    expect(written().keys).toEqual([]);
  });

  test('of IAM is none where there is a way to get it, whatever else IAM says', async () => {
    iam
      .on(GetAccountAuthorizationDetailsCommand)
      .resolvesOnce({ UserDetailList: [{ UserName: 'ana' }], Marker: 'more' })
      .resolves({ UserDetailList: [{ UserName: 'ben' }] });
    expect((await run()).log.access).toBe(2);
  });

  test('with a group on it leaves a line that says so', async () => {
    iam.on(GetAccountAuthorizationDetailsCommand).resolves({ UserDetailList: [{ UserName: 'ana', GroupList: ['new'] }] });
    await run();
    expect(written().report.access).toEqual([
      expect.objectContaining({ who: 'ana', through: 'new', access: 'policies that are not known' }),
    ]);
  });

  test('and the same page over and over stop it as well', async () => {
    await expect(everyPage('things', async () => ({ items: [1], next: 'again' }))).rejects.toThrow(
      'AWS sends the same page of things again',
    );
  });

  test('of Identity Center stops it too: the one after a failure is not skipped', async () => {
    identityStore.on(ListUsersCommand).resolvesOnce({ Users: [], NextToken: 'more' }).rejects(said('InternalServerException'));
    await expect(run(WITH_CENTER)).rejects.toThrow('InternalServerException of the test');
    expect(written().keys).toEqual([]);
  });
});

test('throttling is waited for', async () => {
  const users = scriptedAnswers(['ThrottlingException', { Users: [] }, 'ThrottlingException', { Groups: [] }]);
  const sets = scriptedAnswers(['ThrottlingException', { PermissionSets: [] }]);
  const found = await identityCenterAccess(
    { sso: new SSOAdminClient(sets.options), identityStore: new IdentitystoreClient(users.options) },
    { arn: INSTANCE, identityStore: 'd-1', account: ACCOUNT, roles: [] },
  );
  expect(found).toEqual({ access: [], permissionSets: [] });
  expect([users.requests.length, sets.requests.length]).toEqual([4, 2]);
}, 60_000);

describe('who may take a role', () => {
  const document = (Statement: unknown) => encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement }));
  test.each([
    [document({ Principal: { Service: 'ec2.amazonaws.com' } }), 'ec2.amazonaws.com'],
    [document([{ Principal: '*' }, { Principal: { AWS: ['b', 'a'], Federated: 'c' } }]), '*, a, b, c'],
    ['%', 'a trust policy that cannot be read'],
    ['', 'a trust policy that cannot be read'],
    ['null', 'a trust policy that cannot be read'],
  ])('%s', (text, expected) => expect(trustedBy(text)).toBe(expected));
});

/** An organization with many people: each is in one group that has one permission set in two accounts. */
function manyPeople(count: number): void {
  const page = <Item>(all: readonly Item[], token: string | undefined, size = 100) => {
    const start = Number(token ?? 0);
    const next = start + size < all.length ? String(start + size) : undefined;
    return [all.slice(start, start + size), next] as const;
  };
  const people = Array.from({ length: count }, (_, index) => ({
    UserId: `u${index}`,
    UserName: `user${index}`,
    IdentityStoreId: 'd-1',
  }));
  const members = people.map(({ UserId }) => ({ IdentityStoreId: 'd-1', MemberId: { UserId } }));
  identityStore.on(ListUsersCommand).callsFake(({ NextToken }) => {
    const [Users, next] = page(people, NextToken);
    return { Users, NextToken: next };
  });
  identityStore.on(ListGroupsCommand).resolves({ Groups: [{ GroupId: 'g1', DisplayName: 'everybody', IdentityStoreId: 'd-1' }] });
  identityStore.on(ListGroupMembershipsCommand).callsFake(({ NextToken }) => {
    const [GroupMemberships, next] = page(members, NextToken);
    return { GroupMemberships, NextToken: next };
  });
  sso.on(ListPermissionSetsCommand).resolves({ PermissionSets: ['arn:ps'] });
  sso
    .on(DescribePermissionSetCommand)
    .resolves({ PermissionSet: { Name: 'ReadOnly', Description: 'Reads', SessionDuration: 'PT4H' } });
  sso.on(ListManagedPoliciesInPermissionSetCommand).resolves({ AttachedManagedPolicies: [{ Name: 'ReadOnlyAccess' }] });
  sso.on(ListCustomerManagedPolicyReferencesInPermissionSetCommand).resolves({});
  sso.on(GetInlinePolicyForPermissionSetCommand).resolves({ InlinePolicy: '' });
  sso.on(ListAccountsForProvisionedPermissionSetCommand).resolves({ AccountIds: [ACCOUNT, '444455556666'] });
  sso.on(ListAccountAssignmentsCommand).resolves({ AccountAssignments: [{ PrincipalType: 'GROUP', PrincipalId: 'g1' }] });
  const users = people.map(({ UserName }) => ({ UserName, Arn: `arn:aws:iam::${ACCOUNT}:user/${UserName}` }));
  iam.on(GetAccountAuthorizationDetailsCommand).callsFake(({ Marker }) => {
    const [UserDetailList, next] = page(users, Marker, 1000);
    return { UserDetailList, Marker: next, IsTruncated: next !== undefined };
  });
  complete(report(...users.map(({ UserName: name }) => ({ name }))));
}

test('5,000 people are on the list, page by page, and members of a group are asked for once', async () => {
  manyPeople(5_000);
  const { log } = await run(WITH_CENTER);
  expect(log).toMatchObject({ users: 5_000, access: 15_000, permissionSets: 1 });
  const { access, permissionSets } = written().report;
  expect(
    new Set(access.map((each: { who: string; account: string; kind: string }) => `${each.kind} ${each.who} ${each.account}`))
      .size,
  ).toBe(15_000);
  expect(permissionSets[0]).toMatchObject({ name: 'ReadOnly', policies: ['ReadOnlyAccess'], accounts: 2, people: 5_000 });
  expect(identityStore.commandCalls(ListGroupMembershipsCommand)).toHaveLength(50);
  expect(iam.commandCalls(GetAccountAuthorizationDetailsCommand)).toHaveLength(5);
}, 60_000);

test('what a permission set consists of is all there: policies of AWS and of the accounts, and one of its own', async () => {
  manyPeople(1);
  sso
    .on(ListCustomerManagedPolicyReferencesInPermissionSetCommand)
    .resolvesOnce({ CustomerManagedPolicyReferences: [{ Name: 'Deploy' }], NextToken: 'more' })
    .resolves({ CustomerManagedPolicyReferences: [{ Name: 'Bill' }] });
  sso.on(GetInlinePolicyForPermissionSetCommand).resolves({ InlinePolicy: '{"Statement":[]}' });
  await run(WITH_CENTER);
  expect(written().report.permissionSets[0].policies).toEqual([
    'Bill (of the account)',
    'Deploy (of the account)',
    'ReadOnlyAccess',
    'a policy of its own',
  ]);
});

test('a member of a group of a kind that is not known is not left out', async () => {
  manyPeople(1);
  identityStore
    .on(ListGroupMembershipsCommand)
    .resolves({ GroupMemberships: [{ IdentityStoreId: 'd-1', MemberId: { $unknown: ['AgentId', 'a'] } }] });
  await run(WITH_CENTER);
  const who = written().report.access.map((each: { who: string }) => each.who);
  expect(who).toContain('somebody of a kind that is not known');
});

test('people and groups that are deleted are named as such, and groups without members are not left out', async () => {
  manyPeople(1);
  sso.on(ListAccountAssignmentsCommand).resolves({
    AccountAssignments: [
      { PrincipalType: 'USER', PrincipalId: 'u9' },
      { PrincipalType: 'GROUP', PrincipalId: 'g9' },
      { PrincipalType: 'GROUP', PrincipalId: 'g2' },
    ],
  });
  identityStore.on(ListGroupsCommand).resolves({ Groups: [{ GroupId: 'g2', DisplayName: 'empty', IdentityStoreId: 'd-1' }] });
  identityStore.on(ListGroupMembershipsCommand).resolves({ GroupMemberships: [] });
  await run(WITH_CENTER);
  const center = written().report.access.filter(
    ({ kind, account }: { kind: string; account: string }) => kind !== 'IAM user' && account === ACCOUNT,
  );
  expect(center.map(({ who, through }: { who: string; through: string }) => `${who} / ${through}`)).toEqual([
    'nobody yet / a group that is deleted (g9)',
    'nobody yet / empty',
    'somebody who is deleted (u9) / ',
  ]);
});

test('a workbook has columns to decide and a sheet to sign, and no name is ever a formula', async () => {
  manyPeople(1);
  const name = '=HYPERLINK("https://example.com/?"&A1,"Ana")\u202Exslx</t><f>1</f>';
  identityStore.on(ListUsersCommand).resolves({ Users: [{ UserId: 'u0', UserName: name, IdentityStoreId: 'd-1' }] });
  await run(WITH_CENTER);
  const parts = unzipSync(written().workbook);
  const texts = strFromU8(parts['xl/sharedStrings.xml']);
  const sheets = Object.entries(parts).filter(([path]) => path.startsWith('xl/worksheets/'));
  expect(sheets).toHaveLength(8);
  for (const [, sheet] of sheets) expect(strFromU8(sheet)).not.toMatch(/<f[ >]/);
  expect(texts).toContain('=HYPERLINK(&quot;https://example.com/?&quot;&amp;A1');
  expect(texts).toContain('⟨U+202E⟩');
  for (const words of ['Keep, change or remove', 'Reviewer', 'Signature', 'I did not decide on access of my own.'])
    expect(texts).toContain(words);
  const { report: json } = written();
  expect(json.access.map(({ who }: { who: string }) => who)).toContain(name);
});

test('the order of answers does not matter, nor do secrets stand in a review', async () => {
  const users = [{ UserName: 'ben' }, { UserName: 'ana' }];
  const reviews: string[] = [];
  for (const UserDetailList of [users, [...users].reverse()]) {
    s3.resetHistory();
    iam.on(GetAccountAuthorizationDetailsCommand).resolves({ UserDetailList });
    await run();
    reviews.push(String(written().json?.Body));
  }
  expect(reviews[0]).toBe(reviews[1]);
  expect(reviews[0]).not.toMatch(/AKIA|ASIA/);
});

test.each([
  ['REVIEW_BUCKET', '', 'REVIEW_BUCKET must be set'],
  ['REVIEW_MONTHS', 'three', "REVIEW_MONTHS must be a whole number above 0, got 'three'"],
])('%s that is not right is said', async (name, value, message) => {
  await expect(run({ ...ENVIRONMENT, [name]: value })).rejects.toThrow(message);
});

describeWithTool(EMULATOR, 'on an emulator of AWS', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await Emulator.start();
  }, 120_000);
  afterAll(() => emulator?.stop());

  test('a review has the users, groups, roles, keys, people and permission sets that there are, and is written once', async () => {
    const { options } = emulator;
    const real = {
      iam: new IAMClient(options),
      sso: new SSOAdminClient(options),
      identityStore: new IdentitystoreClient(options),
      s3: new S3Client(options),
    };
    await real.s3.send(
      new CreateBucketCommand({ Bucket: 'reviews', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
    );

    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }],
    });
    const { Policy: made } = await real.iam.send(new CreatePolicyCommand({ PolicyName: 'ListBuckets', PolicyDocument: policy }));
    await real.iam.send(new CreateUserCommand({ UserName: 'ana' }));
    await real.iam.send(new CreateLoginProfileCommand({ UserName: 'ana', Password: 'not-a-secret-of-anybody-1' }));
    await real.iam.send(new CreateAccessKeyCommand({ UserName: 'ana' }));
    await real.iam.send(new PutUserPolicyCommand({ UserName: 'ana', PolicyName: 'Own', PolicyDocument: policy }));
    await real.iam.send(new CreateGroupCommand({ GroupName: 'developers' }));
    await real.iam.send(new AttachGroupPolicyCommand({ GroupName: 'developers', PolicyArn: made!.Arn }));
    await real.iam.send(new AddUserToGroupCommand({ GroupName: 'developers', UserName: 'ana' }));
    const trust = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    });
    await real.iam.send(new CreateRoleCommand({ RoleName: 'orders', AssumeRolePolicyDocument: trust }));
    await real.iam.send(new AttachRolePolicyCommand({ RoleName: 'orders', PolicyArn: made!.Arn }));

    const { Instances: [instance] = [] } = await real.sso.send(new ListInstancesCommand({}));
    const InstanceArn = instance.InstanceArn!;
    const IdentityStoreId = instance.IdentityStoreId!;
    const { PermissionSet: set } = await real.sso.send(
      new CreatePermissionSetCommand({ InstanceArn, Name: 'ReadOnly', Description: 'Reads' }),
    );
    const { UserId } = await real.identityStore.send(
      new CreateDirectoryUser({
        IdentityStoreId,
        UserName: 'ben',
        DisplayName: 'Ben',
        Name: { GivenName: 'Ben', FamilyName: 'B' },
      }),
    );
    const { GroupId } = await real.identityStore.send(new CreateDirectoryGroup({ IdentityStoreId, DisplayName: 'support' }));
    await real.identityStore.send(new CreateGroupMembershipCommand({ IdentityStoreId, GroupId, MemberId: { UserId: UserId! } }));
    await real.sso.send(
      new CreateAccountAssignmentCommand({
        InstanceArn,
        PermissionSetArn: set!.PermissionSetArn,
        PrincipalType: 'GROUP',
        PrincipalId: GroupId,
        TargetType: 'AWS_ACCOUNT',
        TargetId: ACCOUNT,
      }),
    );

    // AWS does it when a set is assigned.
    await real.sso.send(
      new ProvisionPermissionSetCommand({
        InstanceArn,
        PermissionSetArn: set!.PermissionSetArn,
        TargetType: 'ALL_PROVISIONED_ACCOUNTS',
      }),
    );

    const environment = { ...ENVIRONMENT, IDENTITY_CENTER: InstanceArn, IDENTITY_STORE: IdentityStoreId };
    const given = { ...clients, ...real } as Clients;
    const now = Date.now();
    expect((await run(environment, now, given)).log.reviewWritten).toBe(true);
    expect((await run(environment, now, given)).log.reviewWritten).toBe(false);

    const day = new Date(now).toISOString().slice(0, 10);
    const { Body } = await real.s3.send(
      new GetObjectCommand({ Bucket: 'reviews', Key: `access-reviews/${ACCOUNT}/${day}/access-review.json` }),
    );
    const found = JSON.parse(await Body!.transformToString());
    const lines = found.access.map((each: Record<string, string>) =>
      [each.kind, each.who, each.through, each.access].join(' | '),
    );
    expect(lines).toEqual(
      expect.arrayContaining([
        'IAM user | ana |  | Own (its own)',
        'IAM user | ana | developers | ListBuckets',
        'IAM role | orders | lambda.amazonaws.com | ListBuckets',
        'Identity Center user | Ben (ben) | support | ReadOnly',
      ]),
    );
    const ana = found.users.find(({ name }: { name: string }) => name === 'ana');
    expect(ana).toMatchObject({ hasPassword: true, hasSecondFactor: false, keys: [{ number: 1, active: true }] });
    expect(found.concerns).toContainEqual({
      metric: 'WithoutSecondFactor',
      who: 'ana',
      what: 'signs in with a password and no second factor',
    });
    expect(found.permissionSets).toEqual([expect.objectContaining({ name: 'ReadOnly', accounts: 1, people: 1 })]);
    const { Contents = [] } = await real.s3.send(new ListObjectsV2Command({ Bucket: 'reviews' }));
    expect(Contents).toHaveLength(2);
    expect(Contents.map(({ Key }) => Key)).toContain(`access-reviews/${ACCOUNT}/${day}/${found.workbook.file}`);
  }, 60_000);
});
