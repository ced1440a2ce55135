import type { Runbook } from './runbook';
import { RunbookFamily } from './runbook-family';
import { checkRole, lookAtRole, lookUpEvents, quarantineRole, quarantineUser, ROLE } from './runbook-steps';

const USERS = 'arn:{P}:iam::{A}:user/*';

const STOLEN_CREDENTIALS: Runbook = {
  family: RunbookFamily.STOLEN_CREDENTIALS,
  title: 'Stolen credentials',
  summary: 'Somebody else uses the key or the password of a user. While it works, they can do what the user may do.',
  signs: [
    'GuardDuty reports UnauthorizedAccess:IAMUser, CredentialAccess:IAMUser, or unusual behaviour of a user.',
    'AWS Health reports a key that was found in public.',
    'Calls come from a country, a network or a program that nobody knows.',
  ],
  parameters: {
    UserName: { type: 'String', description: 'The user.', allowedPattern: '^[A-Za-z0-9+=,.@_-]{1,64}$' },
    AccessKeyId: {
      type: 'String',
      description: 'The key of the user that is used by somebody else.',
      allowedPattern: '^[A-Z0-9]{16,128}$',
    },
    QuarantinePolicyArn: ROLE.QuarantinePolicyArn,
  },
  look: [
    {
      name: 'LookAtKeys',
      title: 'Note which keys the user has, and since when.',
      service: 'iam',
      api: 'ListAccessKeys',
      inputs: { UserName: '{{ UserName }}' },
      rights: { 'iam:ListAccessKeys': [USERS] },
      outputs: { KeyIds: ['$.AccessKeyMetadata..AccessKeyId', 'StringList'] },
    },
    {
      name: 'LookAtLastUse',
      title: 'Note when, where and for what the key was last used.',
      service: 'iam',
      api: 'GetAccessKeyLastUsed',
      inputs: { AccessKeyId: '{{ AccessKeyId }}' },
      rights: { 'iam:GetAccessKeyLastUsed': [USERS] },
      outputs: { Service: ['$.AccessKeyLastUsed.ServiceName', 'String'] },
    },
  ],
  contain: [
    {
      name: 'DeactivateKey',
      title: 'Switch the key off. Programs that use it stop working.',
      service: 'iam',
      api: 'UpdateAccessKey',
      inputs: { UserName: '{{ UserName }}', AccessKeyId: '{{ AccessKeyId }}', Status: 'Inactive' },
      rights: { 'iam:UpdateAccessKey': [USERS] },
      undo: {
        name: 'ReactivateKey',
        title: 'Switch the key on again.',
        service: 'iam',
        api: 'UpdateAccessKey',
        inputs: { UserName: '{{ UserName }}', AccessKeyId: '{{ AccessKeyId }}', Status: 'Active' },
        rights: { 'iam:UpdateAccessKey': [USERS] },
      },
    },
    quarantineUser,
  ],
  collect: [
    lookUpEvents('CollectCallsOfKey', 'Read what was done with the key.', 'AccessKeyId', '{{ AccessKeyId }}'),
    lookUpEvents('CollectCallsOfUser', 'Read what the user did.', 'Username', '{{ UserName }}'),
  ],
  eradicate: [
    {
      name: 'DeleteKey',
      title: 'Delete the key. It cannot be brought back.',
      service: 'iam',
      api: 'DeleteAccessKey',
      inputs: { UserName: '{{ UserName }}', AccessKeyId: '{{ AccessKeyId }}' },
      rights: { 'iam:DeleteAccessKey': [USERS] },
    },
  ],
  recover: [
    {
      name: 'CheckKeys',
      title: 'See that the key is gone.',
      service: 'iam',
      api: 'ListAccessKeys',
      inputs: { UserName: '{{ UserName }}' },
      rights: { 'iam:ListAccessKeys': [USERS] },
      outputs: { KeyIds: ['$.AccessKeyMetadata..AccessKeyId', 'StringList'] },
    },
  ],
  people: {
    contain: [
      'If the login was that of a role, quarantine the role instead: the runbook for data exfiltration does that.',
      'If the user has a password, delete the sign-in profile or set a new password.',
    ],
    collect: [
      'Search the trail for everything that the key did in all Regions, from its first unusual use on: the runbook reads one Region and the last 50 calls.',
    ],
    eradicate: [
      'Look for what was made with the key: users, keys, roles, functions, servers in other Regions. Remove it.',
      'Find out how the key got out: code, a laptop, a log.',
    ],
    recover: [
      'Give the program a role instead of a key, or a new key from Secrets Manager.',
      'Run the runbook with Mode Undo when the user may work again.',
    ],
  },
};

const DATA_EXFILTRATION: Runbook = {
  family: RunbookFamily.DATA_EXFILTRATION,
  title: 'Data exfiltration',
  summary: 'Much data is read or sent to somewhere unknown, by a role that may read it.',
  signs: [
    'GuardDuty reports Exfiltration, or AttackSequence:S3/CompromisedData.',
    'A role reads far more objects or rows than ever before.',
  ],
  parameters: ROLE,
  look: [lookAtRole],
  contain: [quarantineRole],
  collect: [lookUpEvents('CollectCallsOfRole', 'Read which calls name the role.', 'ResourceName', '{{ RoleName }}')],
  eradicate: [],
  recover: [checkRole],
  people: {
    contain: [
      'If the data leaves over the network, isolate the server with the runbook for compromised instances.',
      'If a bucket is shared, close it with the runbook for exposed buckets.',
    ],
    collect: [
      'Find out which objects or rows were read: data events in the trail, audit logs of the database, flow logs.',
      'Write down what data it was and whose: the law may ask you to tell them within days.',
    ],
    eradicate: [
      'Find out how the role was used: a stolen session, a hole in a program, a trust policy that is too wide. Mend it.',
    ],
    recover: ['Run the runbook with Mode Undo when the role may work again.', 'Narrow what the role may read, and where from.'],
  },
};

const ROOT_USE: Runbook = {
  family: RunbookFamily.ROOT_USE,
  title: 'Use of the root user',
  summary: 'Somebody signed in as the root user of an account, or used its keys. No policy in the account limits it.',
  signs: ['An alert says that the root user was used.', 'GuardDuty reports Policy:IAMUser/RootCredentialUsage.'],
  parameters: {
    AccountId: { type: 'String', description: 'The account whose root user was used.', allowedPattern: '^[0-9]{12}$' },
    PolicyId: {
      type: 'String',
      description: 'A service control policy that denies everything to root users.',
      allowedPattern: '^p-[0-9a-z]{8,128}$',
    },
  },
  look: [
    {
      name: 'LookAtPolicies',
      title: 'Note which service control policies the account is under.',
      service: 'organizations',
      api: 'ListPoliciesForTarget',
      inputs: { TargetId: '{{ AccountId }}', Filter: 'SERVICE_CONTROL_POLICY' },
      rights: { 'organizations:ListPoliciesForTarget': ['arn:{P}:organizations::*:account/*'] },
      outputs: { PolicyIds: ['$.Policies..Id', 'StringList'] },
    },
  ],
  contain: [
    {
      name: 'DenyRoot',
      title: 'Put the account under the policy that denies everything to its root user.',
      service: 'organizations',
      api: 'AttachPolicy',
      inputs: { PolicyId: '{{ PolicyId }}', TargetId: '{{ AccountId }}' },
      rights: { 'organizations:AttachPolicy': ['arn:{P}:organizations::*:policy/*', 'arn:{P}:organizations::*:account/*'] },
      undo: {
        name: 'ReleaseRoot',
        title: 'Take the account out of the policy.',
        service: 'organizations',
        api: 'DetachPolicy',
        inputs: { PolicyId: '{{ PolicyId }}', TargetId: '{{ AccountId }}' },
        rights: { 'organizations:DetachPolicy': ['arn:{P}:organizations::*:policy/*', 'arn:{P}:organizations::*:account/*'] },
      },
    },
  ],
  collect: [lookUpEvents('CollectCallsOfRoot', 'Read what the root user did.', 'Username', 'root')],
  eradicate: [],
  recover: [
    {
      name: 'CheckPolicies',
      title: 'See that the policy is among those of the account.',
      service: 'organizations',
      api: 'ListPoliciesForTarget',
      inputs: { TargetId: '{{ AccountId }}', Filter: 'SERVICE_CONTROL_POLICY' },
      rights: { 'organizations:ListPoliciesForTarget': ['arn:{P}:organizations::*:account/*'] },
      outputs: { PolicyIds: ['$.Policies..Id', 'StringList'] },
    },
  ],
  people: {
    contain: [
      'Deploy and start this runbook in the management account of the organization; its own root user is under no such policy.',
      'Ask whoever keeps the password and the second factor whether they signed in. If not, change the password and the second factor at once, and delete keys of the root user.',
    ],
    collect: ['Sign-ins of the root user are in the trail of us-east-1 or of the Region of the sign-in page.'],
    eradicate: ['Look for what the root user made or changed: users, keys, the addresses and contacts of the account.'],
    recover: [
      'Run the runbook with Mode Undo if the root user is needed for a task that only it can do.',
      'Delete the login of root users of member accounts altogether: AWS Organizations can do without.',
    ],
  },
};

/** Runbooks on logins. */
export const IDENTITY_RUNBOOKS: readonly Runbook[] = [STOLEN_CREDENTIALS, DATA_EXFILTRATION, ROOT_USE];
