import { Duration, type Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { PermissionSets, type PermissionSetsProps, SecureTopic, Soc2Environment } from '../../src';
import { misspelt } from '../helpers/iam-actions';
import { keepsItsPromises } from '../helpers/promises';
import { actions, resources, template } from '../helpers/template';

const INSTANCE = 'arn:aws:sso:::instance/ssoins-1234567890abcdef';
const GROUP = 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6';
const [PRODUCTION, STAGING] = ['111122223333', '444455556666'];
const { READ_ONLY, POWER_USER, AUDITOR, BREAK_GLASS } = PermissionSets;

const make =
  (props: Partial<PermissionSetsProps> = {}) =>
  (stack: Stack) =>
    new PermissionSets(stack, 'PermissionSets', {
      instanceArn: INSTANCE,
      alertTopic: sns.Topic.fromTopicArn(stack, 'Alarms', 'arn:aws:sns:eu-west-1:111122223333:alarms'),
      ...props,
    });
// biome-ignore lint/suspicious/noExplicitAny: a test looks for what it expects in there.
const setsOf = (props?: Partial<PermissionSetsProps>): Record<string, any> => {
  const all = resources(template(make(props)), 'AWS::SSO::PermissionSet');
  return Object.fromEntries(all.map(({ Properties }) => [Properties.Name as string, Properties]));
};
const own = {
  name: 'Support',
  description: 'Answers customers',
  managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AWSSupportAccess')],
};

describe('with a topic of ours', () =>
  keepsItsPromises({
    make: (stack) =>
      make({
        alertTopic: new SecureTopic(stack, 'Topic'),
        assignments: [{ permissionSet: READ_ONLY, groupId: GROUP, accounts: [PRODUCTION] }],
      })(stack),
  }));

test('there are four standard sets, each with a description of whom it is for', () => {
  const sets = setsOf();
  expect(Object.keys(sets)).toEqual([READ_ONLY, POWER_USER, AUDITOR, BREAK_GLASS]);
  for (const { InstanceArn, Description } of Object.values(sets)) {
    expect(InstanceArn).toBe(INSTANCE);
    expect(Description).toMatch(/^For .{20,}/);
  }
  const policies = Object.values(sets).map(({ ManagedPolicies }) => JSON.stringify(ManagedPolicies));
  expect(policies.map((each) => /policy\/([\w-]+)/.exec(each)?.[1])).toEqual([
    'ReadOnlyAccess',
    'PowerUserAccess',
    'SecurityAudit',
    'AdministratorAccess',
  ]);
});

const denied = (set: {
  InlinePolicy: { Statement: { Effect: string; Action: string[]; Resource: string; Condition?: unknown }[] };
}) => {
  for (const { Effect, Resource } of set.InlinePolicy.Statement)
    expect({ Effect, Resource }).toEqual({ Effect: 'Deny', Resource: '*' });
  return set.InlinePolicy.Statement[0].Action;
};

test('who may only read reads no secrets', () => {
  expect(denied(setsOf()[READ_ONLY])).toEqual([
    'kms:Decrypt',
    'secretsmanager:BatchGetSecretValue',
    'secretsmanager:GetSecretValue',
  ]);
});

test('who operates a system changes nobody’s access, and switches off nothing that watches', () => {
  expect(denied(setsOf()[POWER_USER])).toEqual(
    expect.arrayContaining([
      'iam:*',
      'sso:*',
      'cloudtrail:StopLogging',
      'config:PutConfigurationRecorder',
      'guardduty:DeleteDetector',
      'macie2:UpdateMacieSession',
      'backup:DeleteRecoveryPoint',
      'backup:UpdateRecoveryPointLifecycle',
      'ec2:DeleteFlowLogs',
      'logs:DeleteLogGroup',
    ]),
  );
});

test('an auditor reads no data, and nothing at all when the audit is over', () => {
  expect(denied(setsOf()[AUDITOR])).toEqual(
    expect.arrayContaining(['dynamodb:Query', 's3:GetObject', 'kms:Decrypt', 'ssm:GetParameter']),
  );
  const { Statement } = setsOf({ auditorAccessEnds: new Date('2027-01-31T17:00:00.123Z') })[AUDITOR].InlinePolicy;
  expect(Statement[1]).toEqual({
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: { DateGreaterThan: { 'aws:CurrentTime': '2027-01-31T17:00:00Z' } },
  });
});

test('every action is one of IAM', async () => expect(await misspelt(template(make()).template)).toEqual([]));

describe('a session lasts', () => {
  const session = (accounts: string[] | undefined, sessionDuration?: Duration) =>
    setsOf({
      nonProductionAccounts: [STAGING],
      ownSets: [{ ...own, sessionDuration }],
      assignments: accounts && [{ permissionSet: own.name, groupId: GROUP, accounts }],
    })[own.name].SessionDuration;

  test('4 hours where a set is assigned in production', () => expect(session([PRODUCTION])).toBe('PT4H'));
  test('4 hours where a set is assigned in both', () => expect(session([PRODUCTION, STAGING])).toBe('PT4H'));
  test('4 hours where nobody says who has it', () => expect(session(undefined)).toBe('PT4H'));
  test('8 hours where a set is for accounts that are not production', () => expect(session([STAGING])).toBe('PT8H'));
  test('as long as it is told', () => expect(session([PRODUCTION], Duration.minutes(90))).toBe('PT90M'));
  test('1 hour in an emergency', () => expect(setsOf()[BREAK_GLASS].SessionDuration).toBe('PT1H'));
  test.each([
    [[PRODUCTION], Duration.hours(5), 'must be 1 to 4 hours in whole minutes, got 300 minutes because it is for production'],
    [[STAGING], Duration.hours(9), 'must be 1 to 8 hours in whole minutes, got 540 minutes'],
    [[STAGING], Duration.minutes(30), 'got 30 minutes'],
  ])('and no other time: %j %j', (accounts, duration, message) => expect(() => session(accounts, duration)).toThrow(message));
});

test('a group gets a set in each account, and keeps it when assignments are put in another order', () => {
  const assignments = [
    { permissionSet: READ_ONLY, groupId: GROUP, accounts: [PRODUCTION, STAGING] },
    { permissionSet: POWER_USER, groupId: GROUP, accounts: [STAGING] },
  ];
  const built = template(make({ assignments }));
  const all = resources(built, 'AWS::SSO::Assignment');
  expect(all).toHaveLength(3);
  expect(all[0].Properties).toEqual({
    InstanceArn: INSTANCE,
    PermissionSetArn: { 'Fn::GetAtt': [expect.stringContaining('ReadOnly'), 'PermissionSetArn'] },
    PrincipalType: 'GROUP',
    PrincipalId: GROUP,
    TargetType: 'AWS_ACCOUNT',
    TargetId: PRODUCTION,
  });
  expect(template(make({ assignments: [...assignments].reverse() })).template.Resources).toEqual(built.template.Resources);
});

test('a set of your own has policies of AWS, of the accounts and of its own', () => {
  const inlinePolicy = new iam.PolicyDocument({
    statements: [new iam.PolicyStatement({ actions: ['support:*'], resources: ['*'] })],
  });
  expect(setsOf({ standardSets: [], ownSets: [{ ...own, accountPolicies: ['Tickets'], inlinePolicy }] })).toEqual({
    Support: expect.objectContaining({
      Description: 'Answers customers',
      CustomerManagedPolicyReferences: [{ Name: 'Tickets' }],
      InlinePolicy: { Statement: [{ Action: 'support:*', Effect: 'Allow', Resource: '*' }], Version: '2012-10-17' },
    }),
  });
});

/** What EventBridge makes of a template: texts stand within others as they are, and in quotes on their own. */
function rendered({ InputTemplate, InputPathsMap }: { InputTemplate: string; InputPathsMap: Record<string, string> }): string {
  const values: Record<string, string> = { userName: 'ana', userId: 'e-1', account: 'a-1', eventID: 'id-1' };
  const shownFor = (name: string) => values[InputPathsMap[name].split('.').pop()!] ?? 'x';
  return InputTemplate.replace(/:<([\w-]+)>/g, (_, name) => `:"${shownFor(name)}"`).replace(/<([\w-]+)>/g, (_, name) =>
    shownFor(name),
  );
}

describe('the set for emergencies', () => {
  const built = template(make());
  const rule = resources(built, 'AWS::Events::Rule')[0].Properties;

  test('is told of whenever Identity Center opens a session with it', () => {
    expect(rule.EventPattern).toEqual({
      detail: { eventName: ['Federate', 'GetRoleCredentials'], serviceEventDetails: { role_name: [BREAK_GLASS] } },
    });
    expect(rule.State).toBe('ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS');
    const [{ Arn, InputTransformer }] = rule.Targets;
    expect(Arn).toBe('arn:aws:sns:eu-west-1:111122223333:alarms');
    expect(InputTransformer.InputTemplate).toContain('Emergency access is in use.');
    expect(Object.values(InputTransformer.InputPathsMap)).toContain('$.detail.userIdentity.onBehalfOf.userId');
  });

  test('opens an item that is there once for each use, for which the rule has the right and no other', () => {
    const [, { InputTransformer, RoleArn, Arn }] = rule.Targets;
    expect(JSON.stringify(Arn)).toContain(':ssm:eu-west-1:111122223333:opsitem');
    expect(RoleArn['Fn::GetAtt'][0]).toContain('ReviewRole');
    expect(actions(built, /ReviewRole/)).toEqual(['ssm:CreateOpsItem']);
    const item = JSON.parse(rendered(InputTransformer));
    expect(item).toMatchObject({ source: 'cdk-soc2-break-glass', category: 'Security', severity: '2' });
    expect(item.description).toMatch(
      /^Somebody \(ana e-1\) uses the permission set BreakGlass, or tried to, in account a-1 since/,
    );
    expect(JSON.parse(item.operationalData['/aws/dedup'].value)).toEqual({ dedupString: 'cdk-soc2-break-glass-id-1' });
    expect(item.operationalData.who).toEqual({ type: 'SearchableString', value: 'by ana e-1' });
  });

  test('opens an item also where an event does not say who it was', () => {
    const [, { InputTransformer }] = rule.Targets;
    // EventBridge leaves nothing where a field is not there.
    expect(() => JSON.parse(InputTransformer.InputTemplate.replace(/<[\w-]+>/g, ''))).not.toThrow();
  });

  test('needs no rule where it is not made', () => {
    const without = template(make({ standardSets: [READ_ONLY], alertTopic: undefined }));
    expect(resources(without, 'AWS::Events::Rule')).toEqual([]);
    expect(resources(without, 'AWS::SSO::PermissionSet')).toHaveLength(1);
  });

  test('uses the topic of the environment where none is named, and is refused where there is none', () => {
    const onlyOf = (stack: Stack) => new PermissionSets(stack, 'PermissionSets', { instanceArn: INSTANCE });
    expect(() => template(onlyOf)).toThrow("'alertTopic' must be a topic that somebody is subscribed to, got none");
    const told = template((stack) => {
      Soc2Environment.of(stack).sendAlarmsTo(new sns.Topic(stack, 'OfEnvironment'));
      onlyOf(stack);
    });
    expect(resources(told, 'AWS::Events::Rule')[0].Properties.Targets[0].Arn).toEqual({
      Ref: expect.stringContaining('OfEnvironment'),
    });
  });
});

describe('what Identity Center would refuse is refused before', () => {
  const many = Array.from({ length: 21 }, (_, index) => `Policy${index}`);
  const long = new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({
        actions: ['s3:GetObject'],
        resources: Array.from({ length: 800 }, (_, index) => `arn:aws:s3:::a-bucket-with-a-long-name-${index}`),
      }),
    ],
  });
  const given = (permissionSet: string, groupId: string, ...accounts: string[]) => ({
    assignments: [{ permissionSet, groupId, accounts }],
  });
  test.each<[string, Partial<PermissionSetsProps>, string]>([
    ['the instance', { instanceArn: 'ssoins-1' }, "'instanceArn' must be the ARN of an instance"],
    ['a long name', { ownSets: [{ ...own, name: 'x'.repeat(33) }] }, "'name' of a permission set must be 1 to 32 letters"],
    ['a name with spaces', { ownSets: [{ ...own, name: 'on call' }] }, "got 'on call'"],
    [
      'no description',
      { ownSets: [{ ...own, description: '' }] },
      "'description' of the permission set 'Support' must be 1 to 700",
    ],
    ['another script', { ownSets: [{ ...own, description: '支持' }] }, 'Latin script'],
    ['many policies', { ownSets: [{ ...own, accountPolicies: many }] }, "'Support' must have 20 policies at most, got 22"],
    ['no policy', { ownSets: [{ name: 'Empty', description: 'Nothing' }] }, "'Empty' must allow something, got no policy"],
    ['a long policy', { ownSets: [{ ...own, inlinePolicy: long }] }, 'must have 32768 characters at most'],
    ['a name twice', { ownSets: [{ ...own, name: 'readonly' }] }, "got 'readonly' twice"],
    [
      'a standard set that is none',
      { standardSets: ['Admin'] },
      "'standardSets' must be some of ReadOnly, PowerUser, Auditor, BreakGlass, got 'Admin'",
    ],
    ['an end for nobody', { standardSets: [READ_ONLY], auditorAccessEnds: new Date() }, "'auditorAccessEnds' must be left out"],
    ['a set that is none', given('Admin', GROUP, PRODUCTION), "got 'Admin': name one of these"],
    [
      'a group by name',
      given(READ_ONLY, 'developers', PRODUCTION),
      "'groupId' of an assignment of 'ReadOnly' must be the id of a group",
    ],
    ['no account', given(READ_ONLY, GROUP), 'must name one account at least'],
    ['half an account', given(READ_ONLY, GROUP, '1234'), "must be the 12 digits of an account id, as a string, got '1234'"],
    ['an account twice', given(READ_ONLY, GROUP, PRODUCTION, PRODUCTION), `got it twice for the group ${GROUP} in ${PRODUCTION}`],
    ['half an account that is not production', { nonProductionAccounts: ['1'] }, "'nonProductionAccounts' must be the 12 digits"],
  ])('%s', (_, props, message) => expect(() => template(make(props))).toThrow(message));
});
