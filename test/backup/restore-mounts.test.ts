import {
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeNetworkInterfacesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  CreateFileSystemCommand,
  DeleteFileSystemCommand,
  DescribeAccessPointsCommand,
  DescribeFileSystemPolicyCommand,
  DescribeMountTargetsCommand,
  EFSClient,
} from '@aws-sdk/client-efs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { ConfirmedTest, State, Step } from '../../src/backup/restore-messages';
import { makeHandler } from '../../src/backup/validate-efs/handler';
import { EMULATOR, Emulator } from '../helpers/emulator';
import { describeWithTool } from '../helpers/optional';
import { FakeReaders } from './file-services';

jest.setTimeout(120_000);

const READER = 'reader';

/** The emulator has EFS, but no Lambda that mounts: the functions are stand-ins. */
describeWithTool(EMULATOR, 'mounting with the emulator', () => {
  let emulator: Emulator;
  let efs: EFSClient;
  let ec2: EC2Client;
  let test_: ConfirmedTest;
  const readers = new FakeReaders(READER);

  beforeAll(async () => {
    emulator = await Emulator.start();
    efs = new EFSClient(emulator.options);
    ec2 = new EC2Client(emulator.options);
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
    const VpcId = Vpc!.VpcId!;
    const subnetIds = await Promise.all(
      ['a', 'b'].map(async (zone, index) => {
        const subnet = { VpcId, CidrBlock: `10.0.${index}.0/24`, AvailabilityZone: `eu-west-1${zone}` };
        return (await ec2.send(new CreateSubnetCommand(subnet))).Subnet!.SubnetId!;
      }),
    );
    const group = await ec2.send(new CreateSecurityGroupCommand({ VpcId, GroupName: 'restored', Description: 'restored' }));
    const { FileSystemArn: created } = await efs.send(
      new CreateFileSystemCommand({ CreationToken: 'restored', Encrypted: true }),
    );
    test_ = {
      verdict: 'validate',
      job: { id: 'job-1', kind: 'EFS', source: 'fs-1', created, recoveryPoint: 'x', startedAt: 'x', status: 'COMPLETED' },
      target: {
        kind: 'EFS',
        hook: 'none',
        expect: { files: { reader: READER, minimumFiles: 1, minimumBytes: 1, sampleSize: 1, paths: [] } },
      },
      settings: {
        ...{ planArn: 'plan', rpoSeconds: 1, rtoSeconds: 1, validationHours: 12, keyArn: 'key' },
        ...{ vpcId: VpcId, securityGroupId: group.GroupId!, subnetIds },
      },
      deadline: '2099-01-01T00:00:00Z',
    };
  });
  afterAll(() => emulator?.stop());

  const FileSystemId = () => test_.job.created!.split('/').at(-1)!;
  const targets = async () => (await efs.send(new DescribeMountTargetsCommand({ FileSystemId: FileSystemId() }))).MountTargets!;
  const points = async () => (await efs.send(new DescribeAccessPointsCommand({ FileSystemId: FileSystemId() }))).AccessPoints!;

  /** Call a step until it is done, as the workflow does. */
  async function until(step: 'mount' | 'remove'): Promise<Step> {
    const handler = makeHandler({ efs, lambda: new LambdaClient({}) });
    let mount: Step | undefined;
    for (let calls = 0; calls < 30 && !mount?.done; calls++)
      mount = await handler({ step, test: test_, state: { ...(mount && { mount }) } as State });
    return mount!;
  }

  test('makes what a mount takes, once, and a file system that cannot be deleted meanwhile', async () => {
    expect(await until('mount')).toMatchObject({ done: true, checks: [expect.objectContaining({ passed: true })] });
    expect(await until('mount')).toMatchObject({ done: true });
    expect((await targets()).map(({ SubnetId }) => SubnetId).sort()).toEqual([...test_.settings.subnetIds!].sort());
    const [point, ...others] = await points();
    expect(others).toEqual([]);
    expect(point).toMatchObject({
      PosixUser: { Uid: 0, Gid: 0 },
      RootDirectory: { Path: '/' },
      Tags: [{ Key: 'restore-test', Value: expect.stringMatching(/^restore-test-[0-9a-f]{16}$/) }],
    });
    expect(readers.mounts.get(READER)).toBe(point.AccessPointArn);
    const { Policy } = await efs.send(new DescribeFileSystemPolicyCommand({ FileSystemId: FileSystemId() }));
    expect(JSON.parse(Policy!).Statement[0].Condition.Bool['aws:SecureTransport']).toBe('true');
    await expect(efs.send(new DeleteFileSystemCommand({ FileSystemId: FileSystemId() }))).rejects.toThrow();
  });

  test('stands in the security group of what is restored', async () => {
    const { NetworkInterfaces: interfaces = [] } = await ec2.send(new DescribeNetworkInterfacesCommand({}));
    expect(interfaces.map(({ Groups: groups = [] }) => groups.map(({ GroupId }) => GroupId))).toEqual([
      [test_.settings.securityGroupId],
      [test_.settings.securityGroupId],
    ]);
  });

  test('is taken away, as often as it is asked for, and then the file system can be deleted', async () => {
    expect(await until('remove')).toMatchObject({ done: true, checks: [expect.objectContaining({ passed: true })] });
    expect(await until('remove')).toMatchObject({ done: true });
    expect([await targets(), await points()]).toEqual([[], []]);
    expect(readers.mounts.get(READER)).toBeUndefined();
    await efs.send(new DeleteFileSystemCommand({ FileSystemId: FileSystemId() }));
    expect(await until('remove')).toMatchObject({ done: true });
  });
});
