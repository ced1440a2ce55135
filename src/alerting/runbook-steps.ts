import type { ContainingStep, Parameter, Step } from './runbook';

/** Steps and parameters that several runbooks share. */

export const INSTANCE: Readonly<Record<string, Parameter>> = {
  InstanceId: { type: 'String', description: 'The server, such as i-0123456789abcdef0.', allowedPattern: '^i-[0-9a-f]{8,17}$' },
  IsolationGroupId: {
    type: 'String',
    description: 'A security group without rules, in the network of the server.',
    allowedPattern: '^sg-[0-9a-f]{8,17}$',
    given: 'isolationGroup',
  },
  FormerGroupIds: {
    type: 'StringList',
    description: 'To undo: the security groups that the server had; the step LookAtInstance of the first run says which.',
    default: [],
  },
};

export const ROLE: Readonly<Record<string, Parameter>> = {
  RoleName: {
    type: 'String',
    description: 'The role whose sessions are to be stopped.',
    allowedPattern: '^[A-Za-z0-9+=,.@_-]{1,64}$',
  },
  QuarantinePolicyArn: {
    type: 'String',
    description: 'A policy that denies everything.',
    allowedPattern: '^arn:[a-z-]+:iam::(aws|[0-9]{12}):policy/.+$',
    given: 'quarantinePolicy',
  },
};

const INSTANCES = 'arn:{P}:ec2:{R}:{A}:instance/*';
const ROLES = 'arn:{P}:iam::{A}:role/*';
const USERS = 'arn:{P}:iam::{A}:user/*';

export const lookAtInstance: Step = {
  name: 'LookAtInstance',
  title: 'Note the network, the security groups, the disks and the role of the server.',
  service: 'ec2',
  api: 'DescribeInstances',
  inputs: { InstanceIds: ['{{ InstanceId }}'] },
  rights: { 'ec2:DescribeInstances': ['*'] },
  outputs: {
    GroupIds: ['$.Reservations[0].Instances[0].SecurityGroups..GroupId', 'StringList'],
    VolumeIds: ['$.Reservations[0].Instances[0].BlockDeviceMappings..Ebs.VolumeId', 'StringList'],
    VpcId: ['$.Reservations[0].Instances[0].VpcId', 'String'],
  },
};

export const isolateInstance: ContainingStep = {
  name: 'IsolateInstance',
  title: 'Cut the server off from the network: it gets the security group without rules, and no other.',
  service: 'ec2',
  api: 'ModifyInstanceAttribute',
  inputs: { InstanceId: '{{ InstanceId }}', Groups: ['{{ IsolationGroupId }}'] },
  rights: { 'ec2:ModifyInstanceAttribute': [INSTANCES, 'arn:{P}:ec2:{R}:{A}:security-group/*'] },
  undo: {
    name: 'ReconnectInstance',
    title: 'Give the server the security groups back that it had (FormerGroupIds).',
    service: 'ec2',
    api: 'ModifyInstanceAttribute',
    inputs: { InstanceId: '{{ InstanceId }}', Groups: '{{ FormerGroupIds }}' },
    rights: { 'ec2:ModifyInstanceAttribute': [INSTANCES, 'arn:{P}:ec2:{R}:{A}:security-group/*'] },
  },
};

export const keepInstance: ContainingStep = {
  name: 'KeepInstance',
  title: 'Protect the server from being terminated, so that nobody destroys the evidence.',
  service: 'ec2',
  api: 'ModifyInstanceAttribute',
  inputs: { InstanceId: '{{ InstanceId }}', DisableApiTermination: { Value: true } },
  rights: { 'ec2:ModifyInstanceAttribute': [INSTANCES] },
  undo: {
    name: 'ReleaseInstance',
    title: 'Let the server be terminated again.',
    service: 'ec2',
    api: 'ModifyInstanceAttribute',
    inputs: { InstanceId: '{{ InstanceId }}', DisableApiTermination: { Value: false } },
    rights: { 'ec2:ModifyInstanceAttribute': [INSTANCES] },
  },
};

export const snapshotInstance: Step = {
  name: 'SnapshotDisks',
  title: 'Make a snapshot of every disk of the server.',
  service: 'ec2',
  api: 'CreateSnapshots',
  inputs: {
    Description: 'Evidence of {{ InstanceId }}, runbook {{ automation:EXECUTION_ID }}',
    InstanceSpecification: { InstanceId: '{{ InstanceId }}', ExcludeBootVolume: false },
    TagSpecifications: [{ ResourceType: 'snapshot', Tags: [{ Key: 'soc2:evidence', Value: '{{ automation:EXECUTION_ID }}' }] }],
  },
  rights: {
    'ec2:CreateSnapshots': [INSTANCES, 'arn:{P}:ec2:{R}:{A}:volume/*', 'arn:{P}:ec2:{R}::snapshot/*'],
    'ec2:CreateTags': ['arn:{P}:ec2:{R}::snapshot/*'],
  },
  outputs: { SnapshotIds: ['$.Snapshots..SnapshotId', 'StringList'] },
};

export const stopInstance: Step = {
  name: 'StopInstance',
  title: 'Stop the server. What is only in its memory is lost; its disks stay.',
  service: 'ec2',
  api: 'StopInstances',
  inputs: { InstanceIds: ['{{ InstanceId }}'] },
  rights: { 'ec2:StopInstances': [INSTANCES] },
};

export const checkInstance: Step = {
  ...lookAtInstance,
  name: 'CheckInstance',
  title: 'See that the server is stopped and has no security group but the one without rules.',
  outputs: {
    State: ['$.Reservations[0].Instances[0].State.Name', 'String'],
    GroupIds: ['$.Reservations[0].Instances[0].SecurityGroups..GroupId', 'StringList'],
  },
};

export const lookAtRole: Step = {
  name: 'LookAtRole',
  title: 'Note which policies the role has.',
  service: 'iam',
  api: 'ListAttachedRolePolicies',
  inputs: { RoleName: '{{ RoleName }}' },
  rights: { 'iam:ListAttachedRolePolicies': [ROLES] },
  outputs: { PolicyArns: ['$.AttachedPolicies..PolicyArn', 'StringList'] },
};

export const quarantineRole: ContainingStep = {
  name: 'QuarantineRole',
  title: 'Deny everything to the role, sessions that run included. What works with the role stops working.',
  service: 'iam',
  api: 'AttachRolePolicy',
  inputs: { RoleName: '{{ RoleName }}', PolicyArn: '{{ QuarantinePolicyArn }}' },
  rights: { 'iam:AttachRolePolicy': [ROLES] },
  undo: {
    name: 'ReleaseRole',
    title: 'Take the denial from the role.',
    service: 'iam',
    api: 'DetachRolePolicy',
    inputs: { RoleName: '{{ RoleName }}', PolicyArn: '{{ QuarantinePolicyArn }}' },
    rights: { 'iam:DetachRolePolicy': [ROLES] },
  },
};

export const checkRole: Step = {
  ...lookAtRole,
  name: 'CheckRole',
  title: 'See that the denial is among the policies of the role.',
};

export const quarantineUser: ContainingStep = {
  name: 'QuarantineUser',
  title: 'Deny everything to the user.',
  service: 'iam',
  api: 'AttachUserPolicy',
  inputs: { UserName: '{{ UserName }}', PolicyArn: '{{ QuarantinePolicyArn }}' },
  rights: { 'iam:AttachUserPolicy': [USERS] },
  undo: {
    name: 'ReleaseUser',
    title: 'Take the denial from the user.',
    service: 'iam',
    api: 'DetachUserPolicy',
    inputs: { UserName: '{{ UserName }}', PolicyArn: '{{ QuarantinePolicyArn }}' },
    rights: { 'iam:DetachUserPolicy': [USERS] },
  },
};

/** The calls of the last 90 days by somebody, or of some name. */
export function lookUpEvents(name: string, title: string, attribute: string, value: string): Step {
  return {
    name,
    title,
    service: 'cloudtrail',
    api: 'LookupEvents',
    inputs: { LookupAttributes: [{ AttributeKey: attribute, AttributeValue: value }], MaxResults: 50 },
    rights: { 'cloudtrail:LookupEvents': ['*'] },
    outputs: { EventNames: ['$.Events..EventName', 'StringList'] },
  };
}
