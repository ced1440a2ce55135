import { Aws, type FileAssetLocation, type FileAssetSource, Fn, Stack, Stage, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import { SecureBucket } from '../data/secure-bucket';

/** Options of `StackSetAssets`. */
export interface StackSetAssetsProps {
  readonly organizationId: string;
  /** The Regions that the stack set is deployed to. */
  readonly regions: readonly string[];
  /** What names of buckets begin with. */
  readonly bucketPrefix: string;
}

/**
 * Where accounts of an organization find the code of functions: a bucket in each Region that only the organization can read.
 *
 * Lambda takes code from a bucket in its own Region, and the bucket of the CDK belongs to one account. Each Region gets a stack with a
 * bucket, to which the CDK copies what it uploaded to its own. These stacks are made when there is something to put there.
 */
export class StackSetAssets {
  private readonly stacks: RegionalAssets[] = [];
  private readonly account: string;

  constructor(
    private readonly scope: Construct,
    private readonly props: StackSetAssetsProps,
  ) {
    this.account = Stack.of(scope).account;
  }

  /** Put a file there; the location is that in the Region of whoever asks. */
  public add(asset: FileAssetSource): FileAssetLocation {
    if (this.stacks.length === 0) this.makeStacks();
    const keys = this.stacks.map((each) => each.add(asset));
    const bucketName = Fn.join('-', [this.props.bucketPrefix, this.account, Aws.REGION]);
    const [objectKey] = keys;
    const httpUrl = `https://s3.${Aws.REGION}.${Aws.URL_SUFFIX}/${bucketName}/${objectKey}`;
    return { bucketName, objectKey, httpUrl, s3ObjectUrl: `s3://${bucketName}/${objectKey}` };
  }

  private makeStacks(): void {
    const own = Stack.of(this.scope);
    if (Token.isUnresolved(this.account)) {
      throw new Error(
        `'env.account' of the stack '${own.node.path}' must be 12 digits, got none: buckets for the code of functions have it in their ` +
          'names, in every Region of the stack set',
      );
    }
    for (const region of this.props.regions) {
      const bucketName = `${this.props.bucketPrefix}-${this.account}-${region}`;
      const stack = new RegionalAssets(Stage.of(own) ?? own.node.root, `${own.node.id}-assets-${region}`, {
        env: { account: this.account, region },
        description: `Code of functions that ${own.stackName} deploys to the organization in ${region}`,
        bucketName,
        organizationId: this.props.organizationId,
      });
      this.stacks.push(stack);
      own.addStackDependency(stack, 'accounts of the organization read the code of functions there');
    }
  }
}

interface RegionalAssetsProps {
  readonly env: { readonly account: string; readonly region: string };
  readonly description: string;
  readonly bucketName: string;
  readonly organizationId: string;
}

/** The bucket of one Region. */
class RegionalAssets extends Stack {
  private readonly bucket: SecureBucket;
  private deployment?: BucketDeployment;

  constructor(scope: Construct, id: string, { bucketName, organizationId, ...props }: RegionalAssetsProps) {
    super(scope, id, props);
    this.bucket = new SecureBucket(this, 'Assets', { bucketName });
    const readers = [new iam.OrganizationPrincipal(organizationId)];
    this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'OrganizationReads',
        principals: readers,
        actions: ['s3:GetObject'],
        resources: [this.bucket.arnForObjects('*')],
      }),
    );
    this.bucket.encryptionKey?.addToResourcePolicy(
      new iam.PolicyStatement({ sid: 'OrganizationReads', principals: readers, actions: ['kms:Decrypt'], resources: ['*'] }),
    );
  }

  public add(asset: FileAssetSource): string {
    const { bucketName, objectKey } = this.synthesizer.addFileAsset(asset);
    const uploads = this.node.tryFindChild('Uploads') as s3.IBucket | undefined;
    const source = Source.bucket(uploads ?? s3.Bucket.fromBucketName(this, 'Uploads', bucketName), objectKey);
    if (this.deployment) this.deployment.addSource(source);
    else {
      this.deployment = new BucketDeployment(this, 'Copy', {
        sources: [source],
        destinationBucket: this.bucket,
        // Files are copied as they are, and stay: an account may come that needs them.
        extract: false,
        prune: false,
        retainOnDelete: true,
        outputObjectKeys: false,
      });
    }
    return objectKey.split('/').pop()!;
  }
}
