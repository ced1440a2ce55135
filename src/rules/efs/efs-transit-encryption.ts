import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import { patternOf, type Statement, statementsOf } from '../../model/policy';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { fileSystemPolicy, fileSystemWith, MOUNT, NO_MOUNT } from '../shared/file-system-policy';

const FILE_SYSTEM = 'AWS::EFS::FileSystem';
const EXPECTED = "a policy that denies mounting when aws:SecureTransport is 'false'";

/** Where a client says how it mounts file systems. */
const VOLUMES: Readonly<Record<string, readonly string[]>> = {
  'AWS::Batch::JobDefinition': [
    'ContainerProperties.Volumes.*.EfsVolumeConfiguration',
    'EcsProperties.TaskProperties.*.Volumes.*.EfsVolumeConfiguration',
    'NodeProperties.NodeRangeProperties.*.Container.Volumes.*.EfsVolumeConfiguration',
  ],
  'AWS::ECS::TaskDefinition': ['Volumes.*.EFSVolumeConfiguration'],
};
const volumesOf = (client: Resource) =>
  VOLUMES[client.type].flatMap((path) => client.properties.all(path)).filter((volume) => !volume.isAbsent);

function dependsOnTls({ conditions }: Statement, secure: boolean): boolean {
  return conditions.some(
    ({ key, operator, ifExists, values }) =>
      key === 'aws:securetransport' && operator === 'bool' && !ifExists && values.every((value) => value.boolean === secure),
  );
}

function deniesPlain(statement: Statement): boolean {
  return (
    statement.denies &&
    statement.isForEveryone &&
    statement.notPrincipals.length === 0 &&
    statement.covers(MOUNT) &&
    statement.conditions.length === 1 &&
    dependsOnTls(statement, false)
  );
}

/** A client says who it is through TLS only: one that has to, cannot mount without. */
function letsInPlain(statement: Statement): boolean {
  const isNamed = statement.isNarrowed && statement.conditions.some(({ key }) => key.startsWith('aws:principal'));
  const isAnyone = statement.isForEveryone || statement.principals.some(({ value }) => patternOf(value, 'possibly') === '*');
  return statement.isUnknown || (statement.allows && statement.covers(MOUNT, 'possibly') && isAnyone && !isNamed);
}

function judge(fileSystem: Resource): Observation[] {
  const policy = fileSystemPolicy(fileSystem);
  if (policy.isUnknown) return [policy.undetermined(EXPECTED)];
  const statements = statementsOf(policy);
  if (policy.isAbsent || statements.length === 0) return [policy.fails(EXPECTED, 'no policy denies mounting without TLS')];
  if (statements.some(deniesPlain)) return [];
  return statements.filter(letsInPlain).flatMap((statement) => {
    if (dependsOnTls(statement, true)) return [];
    if (statement.allows && statement.isForEveryone && statement.covers(MOUNT))
      return [statement.value.fails(EXPECTED, 'a statement lets everyone mount the file system, with or without TLS')];
    return [statement.value.undetermined(EXPECTED)];
  });
}

const ecs = (EFSVolumeConfiguration: Json): JsonObject => ({
  Task: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: { Volumes: [{ Name: 'tmp' }, { Name: 'files', EFSVolumeConfiguration }] },
  },
});
const mounting = (TransitEncryption: Json) => ecs({ FilesystemId: 'fs-1', TransitEncryption });
const batch = (EfsVolumeConfiguration: Json) => ({
  Job: {
    Type: 'AWS::Batch::JobDefinition',
    Properties: { ContainerProperties: { Volumes: [{ Name: 'files', EfsVolumeConfiguration }] } },
  },
});
const location = (more: object) => ({ Location: { Type: 'AWS::DataSync::LocationEFS', Properties: { ...more } } });
const DENIAL = { Effect: 'Deny', Action: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };

export default defineRule({
  id: 'EFS.2',
  slug: 'efs-transit-encryption',
  title: 'Files of EFS travel by TLS only',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: [FILE_SYSTEM, 'AWS::DataSync::LocationEFS', ...Object.keys(VOLUMES)],
  rationale: 'NFS sends files in the clear; only a policy of the file system makes every client, now and later, mount it by TLS.',
  remediation:
    'Set `allowAnonymousAccess: false` on the file system, or `addToResourcePolicy` a denial where `aws:SecureTransport` is false. Set `transitEncryption: "ENABLED"` on volumes of ECS, `enableTransitEncryption: true` on those of Batch, `inTransitEncryption: "TLS1_2"` on locations of DataSync.',
  references: ['Checkov CKV_AWS_97', 'AWS Well-Architected SEC09-BP02', 'NIST 800-53 SC-8'],
  applies: (resource) => VOLUMES[resource.type] === undefined || volumesOf(resource).length > 0,
  check: (resource) => {
    if (resource.type === FILE_SYSTEM) return judge(resource);
    if (VOLUMES[resource.type]) return volumesOf(resource).flatMap((volume) => volume.at('TransitEncryption').mustBe('ENABLED'));
    return resource.at('InTransitEncryption').mustBe('TLS1_2');
  },
  examples: {
    pass: {
      'the policy denies mounting without TLS': fileSystemWith({}, DENIAL),
      'the policy allows mounting by TLS only': fileSystemWith({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
      'clients have to say who they are': fileSystemWith(NO_MOUNT),
      'only a role may mount': fileSystemWith({ Principal: { AWS: 'arn:aws:iam::111122223333:role/App' } }),
      'a task mounts by TLS': mounting('ENABLED'),
      'a job mounts by TLS': batch({ FileSystemId: 'fs-1', TransitEncryption: 'ENABLED' }),
      'a transfer mounts by TLS': location({ InTransitEncryption: 'TLS1_2' }),
    },
    fail: {
      'there is no policy': { Files: { Type: FILE_SYSTEM } },
      'everyone may mount': fileSystemWith({}),
      'everyone in a network may mount': fileSystemWith({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }),
      'only writing is denied': fileSystemWith({}, { ...DENIAL, Action: 'elasticfilesystem:ClientWrite' }),
      'all but one role are denied': fileSystemWith(
        {},
        { ...DENIAL, Principal: [], NotPrincipal: { AWS: 'arn:aws:iam::111122223333:role/App' } },
      ),
      'a task mounts without TLS': mounting('DISABLED'),
      'a task does not mention TLS': ecs({ FilesystemId: 'fs-1' }),
      'a job does not mention TLS': batch({ FileSystemId: 'fs-1' }),
      'a transfer does not mention TLS': location({}),
    },
    undetermined: {
      'who may mount is a parameter': byParameter((AWS) => fileSystemWith({ Principal: { AWS } })),
      'whether a task mounts by TLS is a parameter': byParameter(mounting),
    },
  },
});
