import { BackupClient, DescribeRegionSettingsCommand, UpdateRegionSettingsCommand } from '@aws-sdk/client-backup';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../src/backup/backup-opt-in/handler';

const client = mockClient(BackupClient);

beforeEach(() => {
  client.reset();
  client.on(UpdateRegionSettingsCommand).resolves({});
});

const event = (
  RequestType: 'Create' | 'Update' | 'Delete',
  properties: object = { services: ['S3', 'RDS'], managed: ['DynamoDB'] },
) =>
  ({
    RequestType,
    PhysicalResourceId: 'backup-opt-in',
    ResourceProperties: { ServiceToken: 'token', ...properties },
    OldResourceProperties: { ServiceToken: 'token', ...properties },
  }) as unknown as Parameters<typeof handler>[0];

const region = (services: Record<string, boolean>, managed: Record<string, boolean> = {}) =>
  client
    .on(DescribeRegionSettingsCommand)
    .resolves({ ResourceTypeOptInPreference: services, ResourceTypeManagementPreference: managed });

const updates = () => client.commandCalls(UpdateRegionSettingsCommand).map(({ args }) => args[0].input);

test.each(['Create', 'Update'] as const)(
  'on %s, what is wanted is turned on, and what others turned on stays on',
  async (type) => {
    region({ S3: false, RDS: true, EFS: true, FSx: false }, { DynamoDB: false, EFS: true });
    expect(await handler(event(type))).toEqual({ PhysicalResourceId: 'backup-opt-in' });
    expect(updates()).toEqual([
      {
        ResourceTypeOptInPreference: { RDS: true, EFS: true, S3: true },
        ResourceTypeManagementPreference: { EFS: true, DynamoDB: true },
      },
    ]);
  },
);

test('it never says that something is off: somebody may be turning it on', async () => {
  region({ S3: false, RDS: false, EFS: false }, { DynamoDB: false });
  await handler(event('Create'));
  expect(updates().flatMap((input) => Object.values(input).flatMap((each) => Object.values(each)))).not.toContain(false);
});

test('it changes nothing where all of it is on, so that it may run again', async () => {
  region({ S3: true, RDS: true, EFS: false }, { DynamoDB: true });
  await handler(event('Create'));
  expect(updates()).toEqual([]);
});

test('a type that the Region does not offer is left out', async () => {
  region({ RDS: false }, {});
  await handler(event('Create'));
  expect(updates()).toEqual([{ ResourceTypeOptInPreference: { RDS: true } }]);
});

test('the settings of the Region stay when the stack is deleted', async () => {
  expect(await handler(event('Delete'))).toEqual({ PhysicalResourceId: 'backup-opt-in' });
  expect(client.calls()).toEqual([]);
});

test('an error of AWS fails the deployment', async () => {
  client.on(DescribeRegionSettingsCommand).rejects(new Error('AccessDeniedException'));
  await expect(handler(event('Create'))).rejects.toThrow('AccessDeniedException');
});

test.each([
  ['no list', { services: 'S3', managed: [] }],
  ['nothing', {}],
  ['names that are none', { services: ['S3", "x": "'], managed: [] }],
  ['a list of lists', { services: [['S3']], managed: [] }],
])('%s is refused in words', async (_, properties) => {
  region({ S3: false });
  await expect(handler(event('Create', properties))).rejects.toThrow("'services' must be a list of types of AWS Backup, got");
  expect(updates()).toEqual([]);
});
