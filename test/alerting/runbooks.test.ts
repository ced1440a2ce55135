import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as ec2 from '@aws-sdk/client-ec2';
import * as iam from '@aws-sdk/client-iam';
import * as organizations from '@aws-sdk/client-organizations';
import * as s3 from '@aws-sdk/client-s3';
import { CreateDocumentCommand, SSMClient } from '@aws-sdk/client-ssm';
import Ajv from 'ajv';
import { RunbookFamily } from '../../src';
import { RUNBOOKS } from '../../src/alerting/runbook-catalogue';
import { callsOf, documentOf } from '../../src/alerting/runbook-document';
import { EMULATOR, Emulator } from '../helpers/emulator';
import { describeWithTool } from '../helpers/optional';
import { type Call, type Document, execute } from './automation';

const GIVEN = {
  role: 'arn:aws:iam::111122223333:role/Runbook',
  approvers: ['arn:aws:iam::111122223333:role/IncidentLead'],
  minimumApprovals: 1,
  quarantinePolicy: 'arn:aws:iam::aws:policy/AWSDenyAll',
};
const documents = new Map(RUNBOOKS.map((runbook) => [runbook.family, documentOf(runbook, GIVEN)]));
const document = (family: RunbookFamily) => documents.get(family) as unknown as Document;

/** Published by AWS with its language server for documents; its patterns are those of older expressions. */
const SCHEMA = join(require.resolve('aws-ssm-document-language-service'), '..', 'schema.json');
const validate = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false }).compile(
  JSON.parse(readFileSync(SCHEMA, 'utf8')),
);

test('there is a runbook for each family, and one only', () => {
  expect(RUNBOOKS.map(({ family }) => family).sort()).toEqual(Object.values(RunbookFamily).sort());
});

describe.each(RUNBOOKS)('$family', (runbook) => {
  const { mainSteps } = document(runbook.family);
  const names = mainSteps.map(({ name }) => name);

  test('is a document as the published schema has it', () => {
    validate(JSON.parse(JSON.stringify(documents.get(runbook.family))));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('has steps with names of their own, and every step that comes next exists', () => {
    expect(new Set(names).size).toBe(names.length);
    const next = mainSteps.flatMap(({ nextStep }) => nextStep ?? []);
    expect(next.filter((name) => !names.includes(name))).toEqual([]);
    expect(mainSteps.filter(({ isEnd }) => isEnd)).toHaveLength(2);
  });

  test('changes nothing before an approval, and each containing step can be taken back', () => {
    const changing = [...runbook.contain, ...runbook.eradicate].map(({ name }) => name);
    expect(runbook.contain.length).toBeGreaterThan(0);
    for (const name of changing) expect(names.indexOf('ApproveContainment')).toBeLessThan(names.indexOf(name));
    for (const { name } of runbook.eradicate) expect(names.indexOf('ApproveEradication')).toBeLessThan(names.indexOf(name));
    for (const { undo } of runbook.contain) expect(names.indexOf('ApproveUndo')).toBeLessThan(names.indexOf(undo.name));
    const reading = [...runbook.look, ...runbook.collect, ...runbook.recover].map(({ api }) => api);
    expect(reading.filter((api) => !/^(Get|List|Describe|LookUp|Lookup|Head)|^CreateSnapshots$/.test(api))).toEqual([]);
  });

  test('uses every parameter, and no other', () => {
    const text = JSON.stringify(mainSteps);
    const used = [...text.matchAll(/\{\{ (\w+) \}\}/g)].map(([, name]) => name);
    expect([...new Set(used)].sort()).toEqual(['Mode', ...Object.keys(runbook.parameters)].sort());
  });

  test('may do nothing that no step calls', () => {
    for (const { service, api, rights } of callsOf(runbook)) {
      for (const [action, resources] of Object.entries(rights)) {
        expect(action).toMatch(/^[a-z0-9]+:[A-Z][A-Za-z]+$/);
        expect(action.startsWith(`${service}:`)).toBe(true);
        expect(resources.length).toBeGreaterThan(0);
        if (resources.includes('*')) expect(api).toMatch(/^(Describe|List|Lookup)/);
      }
    }
  });
});

describeWithTool(EMULATOR, 'carried out in an account of an emulator', () => {
  let emulator: Emulator;
  let call: Call;

  beforeAll(async () => {
    process.env.MOTO_IAM_LOAD_MANAGED_POLICIES = 'true';
    emulator = await Emulator.start();
    const { options } = emulator;
    // biome-ignore lint/suspicious/noExplicitAny: every client sends its own commands.
    const clients: Record<string, [any, any]> = {
      cloudtrail: [new cloudtrail.CloudTrailClient(options), cloudtrail],
      ec2: [new ec2.EC2Client(options), ec2],
      iam: [new iam.IAMClient(options), iam],
      organizations: [new organizations.OrganizationsClient(options), organizations],
      s3: [new s3.S3Client(options), s3],
    };
    call = (service, api, inputs) => {
      const [client, commands] = clients[service];
      return client.send(new commands[`${api}Command`](inputs));
    };
  }, 120_000);
  afterAll(() => emulator.stop());

  test('Systems Manager takes every document', async () => {
    const ssm = new SSMClient(emulator.options);
    for (const [family, content] of documents) {
      const command = {
        Name: family,
        DocumentType: 'Automation',
        DocumentFormat: 'JSON',
        Content: JSON.stringify(content),
      } as const;
      const { DocumentDescription } = await ssm.send(new CreateDocumentCommand(command));
      expect(DocumentDescription).toMatchObject({ SchemaVersion: '0.3', DocumentType: 'Automation' });
    }
  });

  // biome-ignore lint/suspicious/noExplicitAny: answers of any call.
  const ask = (service: string, api: string, inputs: object = {}): Promise<any> =>
    call(service, api, inputs as Record<string, unknown>);
  const role = async () => {
    const RoleName = `Shop${Math.random().toString(36).slice(2)}`;
    await ask('iam', 'CreateRole', { RoleName, AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[]}' });
    return RoleName;
  };
  const policiesOf = async (RoleName: string) =>
    (await ask('iam', 'ListAttachedRolePolicies', { RoleName })).AttachedPolicies.map(
      ({ PolicyName }: { PolicyName: string }) => PolicyName,
    );

  interface Scene {
    readonly parameters: Readonly<Record<string, unknown>>;
    /** How things stand, as far as the runbook changes them. */
    readonly state: () => Promise<unknown>;
    readonly contained: unknown;
    /** What is filled in to take it back, from what the first run put out. */
    readonly back?: (outputs: Readonly<Record<string, unknown>>) => Record<string, unknown>;
  }

  const withRole = async (): Promise<Scene> => {
    const RoleName = await role();
    return { parameters: { RoleName }, state: () => policiesOf(RoleName), contained: ['AWSDenyAll'] };
  };

  const withInstance = async (): Promise<Scene> => {
    const { Subnets } = await ask('ec2', 'DescribeSubnets');
    const { VpcId, SubnetId } = Subnets[0];
    const group = async (name: string) =>
      (await ask('ec2', 'CreateSecurityGroup', { GroupName: `${name}${Math.random()}`, Description: name, VpcId }))
        .GroupId as string;
    const [web, isolation] = [await group('web'), await group('isolation')];
    const run = await ask('ec2', 'RunInstances', {
      ImageId: 'ami-12c6146b',
      MinCount: 1,
      MaxCount: 1,
      SubnetId,
      SecurityGroupIds: [web],
    });
    const InstanceId = run.Instances[0].InstanceId as string;
    const state = async () => {
      const { Reservations } = await ask('ec2', 'DescribeInstances', { InstanceIds: [InstanceId] });
      const { DisableApiTermination } = await ask('ec2', 'DescribeInstanceAttribute', {
        InstanceId,
        Attribute: 'disableApiTermination',
      });
      const [{ SecurityGroups }] = Reservations[0].Instances;
      return [SecurityGroups.map(({ GroupId }: { GroupId: string }) => GroupId), DisableApiTermination.Value];
    };
    return {
      parameters: { InstanceId, IsolationGroupId: isolation },
      state,
      contained: [[isolation], true],
      back: (outputs) => ({ FormerGroupIds: outputs['LookAtInstance.GroupIds'] }),
    };
  };

  const scenes: Readonly<Partial<Record<RunbookFamily, () => Promise<Scene>>>> = {
    [RunbookFamily.STOLEN_CREDENTIALS]: async () => {
      await ask('iam', 'CreateUser', { UserName: 'build' });
      const { AccessKey } = await ask('iam', 'CreateAccessKey', { UserName: 'build' });
      const state = async () => {
        const { AccessKeyMetadata } = await ask('iam', 'ListAccessKeys', { UserName: 'build' });
        const { AttachedPolicies } = await ask('iam', 'ListAttachedUserPolicies', { UserName: 'build' });
        return [AccessKeyMetadata[0].Status, AttachedPolicies.length];
      };
      return { parameters: { UserName: 'build', AccessKeyId: AccessKey.AccessKeyId }, state, contained: ['Inactive', 1] };
    },
    [RunbookFamily.DATA_EXFILTRATION]: withRole,
    [RunbookFamily.MASS_DELETION]: withRole,
    [RunbookFamily.COMPROMISED_INSTANCE]: withInstance,
    [RunbookFamily.CRYPTO_MINING]: withInstance,
    [RunbookFamily.EXPOSED_BUCKET]: async () => {
      await ask('s3', 'CreateBucket', { Bucket: 'exports', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } });
      const state = () =>
        ask('s3', 'GetPublicAccessBlock', { Bucket: 'exports' }).then(
          ({ PublicAccessBlockConfiguration }) => PublicAccessBlockConfiguration.RestrictPublicBuckets,
          () => 'no block',
        );
      return { parameters: { BucketName: 'exports' }, state, contained: true };
    },
    [RunbookFamily.MALWARE]: async () => {
      const Bucket = 'uploads';
      await ask('s3', 'CreateBucket', { Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } });
      await ask('s3', 'PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'Enabled' } });
      const { VersionId } = await ask('s3', 'PutObject', { Bucket, Key: 'cv.pdf', Body: 'malware' });
      const state = () =>
        ask('s3', 'HeadObject', { Bucket, Key: 'cv.pdf' }).then(
          () => 'there',
          () => 'hidden',
        );
      return {
        parameters: { BucketName: Bucket, ObjectKey: 'cv.pdf', ObjectVersionId: VersionId },
        state,
        contained: 'hidden',
        back: (outputs) => ({ MarkerVersionId: outputs['HideObject.MarkerVersionId'] }),
      };
    },
    [RunbookFamily.TRAIL_TAMPERING]: async () => {
      const RoleName = await role();
      await ask('s3', 'CreateBucket', { Bucket: 'trail', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } });
      await ask('cloudtrail', 'CreateTrail', { Name: 'main', S3BucketName: 'trail' });
      const state = async () => [
        (await ask('cloudtrail', 'GetTrailStatus', { Name: 'main' })).IsLogging,
        await policiesOf(RoleName),
      ];
      return { parameters: { TrailName: 'main', RoleName }, state, contained: [true, ['AWSDenyAll']] };
    },
    [RunbookFamily.ROOT_USE]: async () => {
      await ask('organizations', 'CreateOrganization', { FeatureSet: 'ALL' });
      const { Roots } = await ask('organizations', 'ListRoots');
      await ask('organizations', 'EnablePolicyType', { RootId: Roots[0].Id, PolicyType: 'SERVICE_CONTROL_POLICY' });
      const { CreateAccountStatus } = await ask('organizations', 'CreateAccount', {
        AccountName: 'shop',
        Email: 'shop@example.com',
      });
      const { AccountId } = CreateAccountStatus;
      const { Policy } = await ask('organizations', 'CreatePolicy', {
        Name: 'deny-root',
        Description: 'Denies root users everything',
        Type: 'SERVICE_CONTROL_POLICY',
        Content:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:root"}}}]}',
      });
      const PolicyId = Policy.PolicySummary.Id;
      const state = async () => {
        const { Policies } = await ask('organizations', 'ListPoliciesForTarget', {
          TargetId: AccountId,
          Filter: 'SERVICE_CONTROL_POLICY',
        });
        return Policies.some(({ Id }: { Id: string }) => Id === PolicyId);
      };
      return { parameters: { AccountId, PolicyId }, state, contained: true };
    },
  };

  test.each(Object.keys(scenes) as RunbookFamily[])('%s contains when approved, and is taken back', async (family) => {
    const { parameters, state, contained, back } = await scenes[family]!();
    const before = await state();

    const refused = await execute(document(family), parameters, call, () => false);
    expect(refused.steps.at(-1)).toBe('ApproveContainment');
    expect(await state()).toEqual(before);

    // Whoever approves containing may still refuse what cannot be taken back.
    const { outputs, failed } = await execute(document(family), parameters, call, (step) => step !== 'ApproveEradication');
    expect(await state()).toEqual(contained);
    const runbook = RUNBOOKS.find((each) => each.family === family)!;
    const changing = runbook.contain.map(({ name }) => name);
    expect(failed.filter((each) => changing.some((name) => each.startsWith(`${name}:`)))).toEqual([]);
    // Reading may fail: the emulator does not know CloudTrail's look-up, the last use of keys and the console of servers.
    expect(
      failed.filter((each) => !/^(Collect|LookAtLastUse|LookAtPolicy:|LookAtAccess:|CheckPolicyStatus:)/.test(each)),
    ).toEqual([]);

    const undone = await execute(document(family), { ...parameters, ...back?.(outputs), Mode: 'Undo' }, call);
    expect(undone.failed).toEqual([]);
    expect(undone.steps).toEqual(['ChooseMode', 'ApproveUndo', ...runbook.contain.map(({ undo }) => undo.name).reverse()]);
    expect(await state()).toEqual(before);
  });

  test('what is collected of a server are snapshots of its disks, and it is stopped at the end', async () => {
    const { parameters } = await withInstance();
    const { failed, outputs } = await execute(document(RunbookFamily.COMPROMISED_INSTANCE), parameters, call);
    expect(failed.filter((each) => !each.startsWith('CollectConsole'))).toEqual([]);
    expect(outputs['SnapshotDisks.SnapshotIds']).toEqual([expect.stringMatching(/^snap-/)]);
    expect(outputs['CheckInstance.State']).toBe('stopped');
  });
});
