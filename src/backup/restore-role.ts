import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { TestParts } from './restore-parts';

const USE_OF_KEY = [
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/** What a role is made for. */
export interface RestoreRoleProps {
  readonly tests: readonly TestParts[];
  readonly key: kms.IKey;
}

/**
 * The role that AWS Backup restores with: the policies that AWS keeps for it, the key of restored resources, and the roles of
 * instances that get theirs back.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html
 */
export class RestoreRole extends iam.Role {
  constructor(scope: Construct, id: string, { tests, key }: RestoreRoleProps) {
    const hasBuckets = tests.some(({ kind }) => kind === 'S3');
    super(scope, id, {
      assumedBy: new iam.ServicePrincipal('backup.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
      }),
      description: 'AWS Backup restores with it, for restore tests',
      managedPolicies: [
        iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSBackupServiceRolePolicyForRestores'),
        ...(hasBuckets ? [iam.ManagedPolicy.fromAwsManagedPolicyName('AWSBackupServiceRolePolicyForS3Restore')] : []),
      ],
    });
    key.grant(this, ...USE_OF_KEY);
    // Volumes, tables and file systems use a key by a grant that their service asks for.
    this.addToPolicy(
      new iam.PolicyStatement({
        actions: ['kms:CreateGrant'],
        resources: [key.keyArn],
        conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      }),
    );
    const instanceRoles = tests.flatMap(({ instanceRole }) => instanceRole?.roleArn ?? []);
    if (instanceRoles.length > 0) {
      this.addToPolicy(
        new iam.PolicyStatement({
          actions: ['iam:PassRole'],
          resources: [...new Set(instanceRoles)],
          conditions: { StringEquals: { 'iam:PassedToService': `ec2.${Stack.of(scope).urlSuffix}` } },
        }),
      );
    }
  }
}
