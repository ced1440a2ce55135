import { Stack, Token } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { behaviorDefaults, distributionDefaults } from '../defaults/distribution';
import { WebFirewall, WebFirewallScope } from './web-firewall';

/**
 * Options of `SecureDistribution`: those of `cloudfront.Distribution`, every one of which comes before a default.
 *
 * `certificate` and `domainNames` must be given, for under its own name CloudFront accepts TLS 1.0; and so must `webAclId`, unless the
 * stack is in us-east-1, where a firewall is made.
 */
export interface SecureDistributionProps extends cloudfront.DistributionProps {}

/** Where what CloudFront uses has to be. */
const HOME = 'us-east-1';

const WEB_ACL = /^arn:[^:]+:wafv2:us-east-1:\d*:global\/webacl\//;

/**
 * A distribution that serves HTTPS only, with TLS 1.2 or later and security headers, behind a web application firewall, with logs.
 *
 * Takes every property of `cloudfront.Distribution` and can take its place: the logical id stays the same, and CloudFormation changes
 * everything that is added in place.
 *
 * Web ACLs and certificates of CloudFront stand in us-east-1. In a stack there, a `WebFirewall` is made where no `webAclId` is given.
 * In a stack of another Region, make it in a stack in us-east-1 and pass its `webAclArn` as `webAclId`; with
 * `crossRegionReferences: true` on both stacks it may be the attribute itself.
 *
 * A bucket as origin is best reached with an origin access control: `origins.S3BucketOrigin.withOriginAccessControl(bucket)` makes
 * one, and lets nothing but this distribution read the bucket. Set `defaultRootObject` as well, so that a request for the root does
 * not list the bucket.
 *
 * What it creates beside the distribution: in us-east-1 a web ACL with its log group and a KMS key for logs, and once for each stack
 * a bucket for standard logs, with one for its access logs. CloudFront delivers to no bucket in a Region that
 * accounts opt in to: give `logBucket` there. What it costs in kind: the distribution by request and volume, the web ACL and its
 * rules by month and by request, logs by volume.
 *
 * @example
 * declare const site: s3.Bucket;
 * declare const certificate: acm.Certificate;
 * declare const firewall: WebFirewall;
 * new SecureDistribution(this, 'Site', {
 *   defaultBehavior: { origin: origins.S3BucketOrigin.withOriginAccessControl(site) },
 *   defaultRootObject: 'index.html',
 *   certificate,
 *   domainNames: ['www.example.com'],
 *   webAclId: firewall.webAclArn,
 * });
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html
 */
export class SecureDistribution extends cloudfront.Distribution {
  /** The firewall in front; not set when a web ACL is named. */
  public readonly firewall?: WebFirewall;

  /**
   * @param scope where the distribution is made.
   * @param id its id in there.
   * @param props options.
   * @throws when there is no certificate, or no web ACL of the scope CLOUDFRONT.
   */
  constructor(scope: Construct, id: string, props: SecureDistributionProps) {
    const path = `${scope.node.path}/${id}`;
    mustHaveCertificate(path, props);
    mustHaveWebAcl(path, Stack.of(scope), props.webAclId);
    super(scope, id, distributionDefaults(props, { scope, id, mayBeDeployed: true }));
    if (props.webAclId !== undefined) return;
    this.firewall = new WebFirewall(this, 'Firewall', { scope: WebFirewallScope.CLOUDFRONT });
    this.attachWebAclId(this.firewall.webAclArn);
  }

  /**
   * Add a behavior; it serves HTTPS only and adds security headers unless it says otherwise.
   *
   * @param pathPattern which requests it is for, for example `images/*`.
   * @param origin where they are answered.
   * @param behaviorOptions its options.
   */
  public addBehavior(pathPattern: string, origin: cloudfront.IOrigin, behaviorOptions: cloudfront.AddBehaviorOptions = {}): void {
    super.addBehavior(pathPattern, origin, behaviorDefaults(behaviorOptions));
  }
}

function mustHaveCertificate(path: string, { certificate, domainNames = [] }: SecureDistributionProps): void {
  const missing = certificate === undefined ? 'certificate' : domainNames.length === 0 ? 'domainNames' : undefined;
  if (missing === undefined) return;
  throw new Error(
    `'${missing}' of '${path}' must be given, got none: under its own name CloudFront accepts TLS 1.0. Set 'domainNames', and ` +
      `'certificate' to one for them in ${HOME}`,
  );
}

function mustHaveWebAcl(path: string, { region, stackName }: Stack, webAclId: string | undefined): void {
  const remedy =
    `make \`new WebFirewall(stack, 'Firewall', { scope: WebFirewallScope.CLOUDFRONT })\` in a stack in ${HOME}, and pass its ` +
    "'webAclArn'; with `crossRegionReferences: true` on both stacks it may be the attribute itself";
  if (webAclId === undefined && region !== HOME) {
    const place = Token.isUnresolved(region) ? 'has no Region' : `is in ${region}`;
    throw new Error(`'webAclId' of '${path}' must be given, got none: the stack '${stackName}' ${place}. Please ${remedy}`);
  }
  if (webAclId === undefined || Token.isUnresolved(webAclId) || WEB_ACL.test(webAclId)) return;
  throw new Error(`'webAclId' of '${path}' must be the ARN of a web ACL of the scope CLOUDFRONT, got '${webAclId}': ${remedy}`);
}
