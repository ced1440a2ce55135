import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { SecureBucket } from 'cdk-soc2';
import type { Construct } from 'constructs';

/** Who did what in the account, in every Region. */
export class TrailStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const encryptionKey = new kms.Key(this, 'TrailKey', { description: 'Encrypts the trail' });
    encryptionKey.grantEncryptDecrypt(new iam.ServicePrincipal(`logs.${this.region}.amazonaws.com`));

    const trail = new cloudtrail.Trail(this, 'Trail', {
      bucket: new SecureBucket(this, 'TrailBucket', {
        encryptionKey,
        lifecycleRules: [{ expiration: Duration.days(2555), noncurrentVersionExpiration: Duration.days(30) }],
      }),
      encryptionKey,
      isMultiRegionTrail: true,
      enableFileValidation: true,
      sendToCloudWatchLogs: true,
      cloudWatchLogGroup: new logs.LogGroup(this, 'TrailLogs', { encryptionKey }),
    });
    trail.logAllS3DataEvents();
  }
}
