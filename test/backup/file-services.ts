import {
  CreateAccessPointCommand,
  CreateMountTargetCommand,
  DeleteAccessPointCommand,
  DeleteMountTargetCommand,
  DescribeAccessPointsCommand,
  DescribeFileSystemsCommand,
  DescribeMountTargetsCommand,
  EFSClient,
  PutFileSystemPolicyCommand,
} from '@aws-sdk/client-efs';
import { GetFunctionConfigurationCommand, LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { failure } from './restore-world';

type Json = ReturnType<typeof JSON.parse>;

interface Thing {
  readonly fileSystem: string;
  readonly subnet?: string;
  readonly token?: string;
  state: string;
  looks: number;
}

const POINT = 'arn:aws:elasticfilesystem:eu-west-1:111122223333:access-point/';

/** Lambda, as far as it matters to functions that mount: an update takes two looks, and wants the revision that was seen. */
export class FakeReaders {
  public readonly mounts = new Map<string, string | undefined>();
  public readonly sent: string[] = [];
  public readonly troubles: Error[] = [];
  /** How many of the next updates fail after they were taken. */
  public failing = 0;
  private readonly states = new Map<string, { update: string; looks: number; revision: number }>();

  constructor(...names: readonly string[]) {
    for (const name of names) this.mounts.set(name, undefined);
    const lambda = mockClient(LambdaClient);
    lambda.on(GetFunctionConfigurationCommand).callsFake(({ FunctionName: name }) => this.describe(name));
    lambda.on(UpdateFunctionConfigurationCommand).callsFake((input) => this.update(input));
  }

  private describe(name: string): object {
    if (!this.mounts.has(name)) throw failure('ResourceNotFoundException');
    const state = this.stateOf(name);
    const mounted = this.mounts.get(name);
    const answer = {
      Role: 'arn:aws:iam::111122223333:role/Reader',
      State: 'Active',
      LastUpdateStatus: state.update,
      ...(state.update === 'Failed' && { LastUpdateStatusReason: 'no mount target can be reached' }),
      FileSystemConfigs: mounted === undefined ? [] : [{ Arn: mounted, LocalMountPath: '/mnt/restored' }],
      RevisionId: String(state.revision),
    };
    state.looks += 1;
    if (state.update === 'InProgress' && state.looks >= 2) {
      state.update = this.failing > 0 ? 'Failed' : 'Successful';
      this.failing -= this.failing > 0 ? 1 : 0;
    }
    return answer;
  }

  private update({ FunctionName: name, FileSystemConfigs: [mounted], RevisionId: revision }: Json): object {
    this.sent.push(`UpdateFunctionConfiguration ${mounted?.Arn ?? 'nothing'}`);
    const trouble = this.troubles.shift();
    if (trouble) throw trouble;
    const state = this.stateOf(name);
    if (state.update === 'InProgress') throw failure('ResourceConflictException');
    if (revision !== String(state.revision)) throw failure('PreconditionFailedException');
    this.states.set(name, { update: 'InProgress', looks: 0, revision: state.revision + 1 });
    this.mounts.set(name, mounted?.Arn);
    return {};
  }

  private stateOf(name: string) {
    const known = this.states.get(name) ?? { update: 'Successful', looks: 0, revision: 1 };
    this.states.set(name, known);
    return known;
  }
}

/** EFS, where mount targets and access points take two looks to come and to go, and a list is read page by page. */
export class FakeFileSystems {
  public readonly targets = new Map<string, Thing>();
  public readonly points = new Map<string, Thing>();
  public readonly policies = new Map<string, Json>();
  public readonly sent: string[] = [];
  /** What the next calls of an operation do in place of the answer. */
  public readonly troubles = new Map<string, Error[]>();
  public readonly gone = new Set<string>();
  private made = 0;

  constructor(private readonly keyArn: string) {
    const efs = mockClient(EFSClient);
    const on = (command: Json, answer: (input: Json) => object) =>
      efs.on(command).callsFake((input) => {
        const operation = command.name.replace(/Command$/, '');
        this.sent.push(operation);
        const trouble = this.troubles.get(operation)?.shift();
        if (trouble) throw trouble;
        if (input.FileSystemId && this.gone.has(input.FileSystemId)) throw failure('FileSystemNotFound');
        return answer(input);
      });
    on(DescribeFileSystemsCommand, () => ({
      FileSystems: [{ LifeCycleState: 'available', Encrypted: true, KmsKeyId: this.keyArn, SizeInBytes: { Value: 6_144 } }],
    }));
    on(PutFileSystemPolicyCommand, ({ FileSystemId: id, Policy: policy }) => {
      this.policies.set(id, JSON.parse(policy));
      return {};
    });
    on(CreateMountTargetCommand, ({ FileSystemId: fileSystem, SubnetId: subnet }) => {
      if ([...this.targets.values()].some((each) => each.fileSystem === fileSystem && each.subnet === subnet))
        throw failure('MountTargetConflict');
      this.made += 1;
      this.targets.set(`fsmt-${this.made}`, { fileSystem, subnet, state: 'creating', looks: 0 });
      return {};
    });
    on(CreateAccessPointCommand, ({ FileSystemId: fileSystem, ClientToken: token }) => {
      const [id] = [...this.points].find(([, each]) => each.token === token) ?? [`fsap-${++this.made}`];
      if (!this.points.has(id)) this.points.set(id, { fileSystem, token, state: 'creating', looks: 0 });
      return { AccessPointId: id, AccessPointArn: `${POINT}${id}`, LifeCycleState: 'creating' };
    });
    on(DescribeMountTargetsCommand, ({ FileSystemId: id, Marker }) => {
      const all = this.look(this.targets, ({ fileSystem }) => fileSystem === id);
      const page = Number(Marker ?? 0);
      const MountTargets = all
        .slice(page, page + 1)
        .map(([key, { state, subnet }]) => ({ MountTargetId: key, SubnetId: subnet, LifeCycleState: state }));
      return { MountTargets, ...(all.length > page + 1 && { NextMarker: String(page + 1) }) };
    });
    on(DescribeAccessPointsCommand, ({ FileSystemId, AccessPointId }) => {
      const found = this.look(this.points, ({ fileSystem }, id) =>
        FileSystemId ? fileSystem === FileSystemId : id === AccessPointId,
      );
      if (AccessPointId && found.length === 0) throw failure('AccessPointNotFound');
      return {
        AccessPoints: found.map(([key, { state }]) => ({
          AccessPointId: key,
          AccessPointArn: `${POINT}${key}`,
          LifeCycleState: state,
        })),
      };
    });
    on(DeleteMountTargetCommand, ({ MountTargetId: id }) => this.delete(this.targets, id, 'MountTargetNotFound'));
    on(DeleteAccessPointCommand, ({ AccessPointId: id }) => this.delete(this.points, id, 'AccessPointNotFound'));
  }

  /** What a test has left. */
  public get left(): readonly string[] {
    return [...this.targets.keys(), ...this.points.keys()];
  }

  private look(things: Map<string, Thing>, isMeant: (thing: Thing, id: string) => boolean): [string, Thing][] {
    const meant = [...things].filter(([id, thing]) => isMeant(thing, id));
    const seen = meant.map(([id, thing]) => [id, { ...thing }] as [string, Thing]);
    for (const [id, thing] of meant) {
      thing.looks += 1;
      if (thing.looks < 2) continue;
      if (thing.state === 'creating') thing.state = 'available';
      if (thing.state === 'deleting') things.delete(id);
    }
    return seen;
  }

  private delete(things: Map<string, Thing>, id: string, missing: string): object {
    const thing = things.get(id);
    if (thing === undefined) throw failure(missing);
    thing.state = 'deleting';
    thing.looks = 0;
    return {};
  }
}
