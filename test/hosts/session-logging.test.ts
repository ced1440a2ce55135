import {
  CreateDocumentCommand,
  DescribeDocumentCommand,
  GetDocumentCommand,
  SSMClient,
  UpdateDocumentCommand,
  UpdateDocumentDefaultVersionCommand,
} from '@aws-sdk/client-ssm';
import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { mockClient } from 'aws-sdk-client-mock';
import { SessionLogging, type SessionLoggingProps } from '../../src';
import { makeHandler } from '../../src/hosts/session-preferences/handler';
import { only } from '../helpers/construct';
import { EMULATOR, Emulator } from '../helpers/emulator';
import { describeWithTool } from '../helpers/optional';
import { keepsItsPromises } from '../helpers/promises';
import { scriptedAnswers } from '../helpers/scripted-answers';
import { actions, statements, template } from '../helpers/template';
import { sessionErrors } from './ssm-documents';

const make = (props?: SessionLoggingProps) => (stack: Stack) => new SessionLogging(stack, 'Sessions', props);

keepsItsPromises({ make: make() });

describe('sessions', () => {
  const setting = (props?: SessionLoggingProps) => only(template(make(props)), 'Custom::Soc2SessionPreferences').Properties;
  /** The preferences, with names of the template in the place of what only deployment knows. */
  const preferences = (props?: SessionLoggingProps) => {
    const { Content: content } = setting(props);
    const parts: unknown[] = content['Fn::Join'][1];
    return JSON.parse(
      parts.map((part) => (typeof part === 'string' ? part : 'arn:aws:kms:eu-west-1:111122223333:key/1')).join(''),
    );
  };

  test('are logged as they run, to a log that is encrypted, and are encrypted themselves', () => {
    expect(preferences()).toMatchObject({
      sessionType: 'Standard_Stream',
      inputs: {
        cloudWatchLogGroupName: '/soc2/sessions',
        cloudWatchEncryptionEnabled: true,
        cloudWatchStreamingEnabled: true,
        kmsKeyId: expect.stringContaining('arn:aws:kms:'),
      },
    });
  });

  test('end after 15 minutes without a key stroke, and after eight hours', () => {
    expect(preferences().inputs).toMatchObject({ idleSessionTimeout: '15', maxSessionDuration: '480', runAsEnabled: false });
  });

  test('end when an app says, as the user that it says', () => {
    const props = { idleTimeout: Duration.minutes(5), maxDuration: Duration.hours(1), runAsUser: 'operator' };
    expect(preferences(props).inputs).toMatchObject({
      idleSessionTimeout: '5',
      maxSessionDuration: '60',
      runAsEnabled: true,
      runAsDefaultUser: 'operator',
    });
  });

  test('have preferences that follow the schema of session documents', () => {
    expect(sessionErrors(preferences())).toEqual([]);
    expect(sessionErrors(preferences({ runAsUser: 'operator' }))).toEqual([]);
    expect(setting().DocumentName).toBe('SSM-SessionManagerRunShell');
  });

  test('have a log that roles of servers know by name', () => {
    const built = template(make());
    const groups = Object.values(built.template.Resources).filter(({ Type }) => Type === 'AWS::Logs::LogGroup');
    const [log] = groups.filter(({ Properties }) => Properties.LogGroupName === '/soc2/sessions');
    expect(log).toMatchObject({ DeletionPolicy: 'Retain', Properties: { RetentionInDays: 365, KmsKeyId: expect.anything() } });
  });

  test('are kept as long as an app says', () => {
    const built = template(make({ retention: logs.RetentionDays.FIVE_YEARS }));
    const groups = Object.values(built.template.Resources).filter(({ Type }) => Type === 'AWS::Logs::LogGroup');
    expect(groups.map(({ Properties }) => Properties.RetentionInDays)).toContain(1827);
  });

  test('go to a log group that is there already where an app says so', () => {
    const adopt = (stack: Stack) => make({ logGroup: logs.LogGroup.fromLogGroupName(stack, 'Theirs', '/theirs') })(stack);
    const built = template(adopt);
    expect(JSON.stringify(only(built, 'Custom::Soc2SessionPreferences').Properties.Content)).toContain('/theirs');
    const names = Object.values(built.template.Resources).map(({ Properties }) => Properties?.LogGroupName);
    expect(names).not.toContain('/soc2/sessions');
  });

  test('can be taken part in by other servers', () => {
    const built = template((stack) => {
      const role = new iam.Role(stack, 'Other', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
      make()(stack).grantUse(role);
    });
    expect(actions(built, /Other/)).toEqual([
      'kms:Decrypt',
      'logs:CreateLogStream',
      'logs:DescribeLogGroups',
      'logs:DescribeLogStreams',
      'logs:PutLogEvents',
    ]);
  });

  test('the function that writes the preferences may write no other document', () => {
    const [own] = statements(template(make()), /PreferencesHandlerRole/).filter(({ Action }) => String(Action).includes('ssm:'));
    expect(own.Resource).toBe('arn:aws:ssm:eu-west-1:111122223333:document/SSM-SessionManagerRunShell');
  });

  test.each<[SessionLoggingProps, string]>([
    [{ idleTimeout: Duration.minutes(61) }, "'idleTimeout' must be whole minutes from 1 to 60, got 61 minutes"],
    [{ idleTimeout: Duration.seconds(90) }, 'got 1.5 minutes'],
    [{ maxDuration: Duration.days(2) }, "'maxDuration' must be whole minutes from 1 to 1440, got 2880 minutes"],
    [{ runAsUser: 'root; reboot' }, "'runAsUser' must be the name of a user of Linux, such as 'operator', got 'root; reboot'"],
  ])('what cannot be meant is refused: %j', (props, message) => {
    expect(() => make(props)(new Stack())).toThrow(message);
  });
});

const Name = 'SSM-SessionManagerRunShell';
const event = (RequestType: string, Content: unknown = '{"schemaVersion":"1.0"}') =>
  ({
    RequestType,
    PhysicalResourceId: Name,
    ResourceProperties: { ServiceToken: 'arn', DocumentName: Name, Content },
    OldResourceProperties: {},
  }) as never;

describe('the function that writes the preferences', () => {
  const ssm = mockClient(SSMClient);
  afterAll(() => ssm.restore());
  beforeEach(() => {
    ssm.reset();
    ssm.on(UpdateDocumentDefaultVersionCommand).resolves({});
  });
  const handler = makeHandler(new SSMClient({ region: 'eu-west-1' }));
  const failure = (name: string) => Object.assign(new Error(name), { name });
  const defaults = () => ssm.commandCalls(UpdateDocumentDefaultVersionCommand).map(({ args }) => args[0].input.DocumentVersion);

  test('makes them where there are none', async () => {
    ssm.on(CreateDocumentCommand).resolves({});
    await expect(handler(event('Create'))).resolves.toEqual({ PhysicalResourceId: Name });
    expect(ssm.commandCalls(CreateDocumentCommand)[0].args[0].input).toMatchObject({ Name, DocumentType: 'Session' });
    expect(defaults()).toEqual(['1']);
  });

  test('changes those that somebody made, and makes the new version the one that counts', async () => {
    ssm.on(CreateDocumentCommand).rejects(failure('DocumentAlreadyExists'));
    ssm.on(UpdateDocumentCommand).resolves({ DocumentDescription: { DocumentVersion: '7' } });
    await handler(event('Create'));
    expect(defaults()).toEqual(['7']);
  });

  test('leaves them alone where they say the same, and still makes that version count', async () => {
    ssm.on(CreateDocumentCommand).rejects(failure('DocumentAlreadyExists'));
    ssm.on(UpdateDocumentCommand).rejects(failure('DuplicateDocumentContent'));
    ssm.on(DescribeDocumentCommand).resolves({ Document: { DocumentVersion: '3' } });
    await handler(event('Update'));
    expect(defaults()).toEqual(['3']);
  });

  test.each(['AccessDeniedException', 'InvalidDocumentContent'])('fails for %s, which it does not understand', async (name) => {
    ssm.on(CreateDocumentCommand).rejects(failure(name));
    await expect(handler(event('Create'))).rejects.toThrow(name);
    ssm.on(CreateDocumentCommand).rejects(failure('DocumentAlreadyExists'));
    ssm.on(UpdateDocumentCommand).rejects(failure(name));
    await expect(handler(event('Create'))).rejects.toThrow(name);
    expect(defaults()).toEqual([]);
  });

  test('leaves them when the stack goes', async () => {
    await handler(event('Delete'));
    expect(ssm.calls()).toEqual([]);
  });

  test.each([[null], [''], ['{broken'], [{}]])('writes nothing that is no document: %j', async (content) => {
    await expect(handler(event('Create', content))).rejects.toThrow();
    expect(ssm.calls()).toEqual([]);
  });
});

test('throttling only slows the function down', async () => {
  const { options, requests } = scriptedAnswers(['ThrottlingException', {}, 'ThrottlingException', {}]);
  await makeHandler(new SSMClient(options))(event('Create'));
  expect(requests).toHaveLength(4);
});

describeWithTool(EMULATOR, 'on an emulator', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await Emulator.start();
  }, 120_000);
  afterAll(() => emulator?.stop());

  test('preferences are made, changed, and written twice', async () => {
    const client = new SSMClient(emulator.options);
    const handler = makeHandler(client);
    const content = (idleSessionTimeout: string) =>
      JSON.stringify({ schemaVersion: '1.0', sessionType: 'Standard_Stream', inputs: { idleSessionTimeout } });
    const said = async () => JSON.parse((await client.send(new GetDocumentCommand({ Name }))).Content!).inputs.idleSessionTimeout;
    await handler(event('Create', content('15')));
    expect(await said()).toBe('15');
    await handler(event('Update', content('20')));
    expect(await said()).toBe('20');
    await handler(event('Update', content('20')));
    expect(await said()).toBe('20');
  });
});
