import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { domainKey } from '../environment/domain-keys';
import { bucketDefaults } from './bucket';
import { databaseEngine } from './database-engines';

/** Days for which the audit files of SQL Server are kept. */
const AUDIT_DAYS = 365;

/** An option group for what an engine does not do by parameters; undefined when it needs none. */
export function engineOptions(scope: Construct, id: string, engine: rds.IInstanceEngine): rds.IOptionGroup | undefined {
  const option = databaseEngine(engine)?.option;
  if (option === undefined || engine.engineVersion === undefined) return undefined;
  const target = option.takesBucket ? auditTarget(scope, id) : undefined;
  const group = new rds.OptionGroup(scope, `${id}Options`, {
    engine,
    configurations: [{ name: option.name, settings: { ...option.settings, ...target?.settings } }],
  });
  if (target) group.node.addDependency(target.role);
  return group;
}

/** Where SQL Server puts its audit files, and the role that RDS writes them with. */
function auditTarget(scope: Construct, id: string): { readonly settings: Record<string, string>; readonly role: iam.IRole } {
  const bucketId = `${id}AuditLogs`;
  const lifecycleRules = [{ expiration: Duration.days(AUDIT_DAYS), noncurrentVersionExpiration: Duration.days(90) }];
  const hardening = { scope, id: bucketId, mayBeDeployed: false };
  const bucket = new s3.Bucket(scope, bucketId, bucketDefaults({ lifecycleRules }, hardening));
  const role = auditRole(scope, `${id}AuditRole`, bucket);
  return { settings: { IAM_ROLE_ARN: role.roleArn, S3_BUCKET_ARN: bucket.bucketArn }, role };
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.SQLServer.Options.Audit.IAM.html */
function auditRole(scope: Construct, id: string, bucket: s3.IBucket): iam.IRole {
  const stack = Stack.of(scope);
  const sources = stack.formatArn({ service: 'rds', resource: '*', arnFormat: ArnFormat.NO_RESOURCE_NAME });
  const role = new iam.Role(scope, id, {
    description: 'Lets RDS write the audit files of SQL Server',
    assumedBy: new iam.ServicePrincipal('rds.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account }, ArnLike: { 'aws:SourceArn': sources } },
    }),
  });
  // The action has no resources.
  role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:ListAllMyBuckets'], resources: ['*'] }));
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['s3:GetBucketAcl', 's3:GetBucketLocation', 's3:ListBucket'],
      resources: [bucket.bucketArn],
    }),
  );
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObject'],
      resources: [bucket.arnForObjects('*')],
    }),
  );
  (bucket.encryptionKey ?? domainKey(scope, 'data')).grantEncryptDecrypt(role);
  return role;
}
