import { Stack, Token } from 'aws-cdk-lib';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { addAlarms } from '../defaults/alarms';
import { accessLogsBucket } from '../defaults/bucket';
import { applicationListenerDefaults, applicationLoadBalancerDefaults } from '../defaults/load-balancer';
import { answerNotFound } from './answer-not-found';
import { loadBalancerAlarms } from './load-balancer-alarms';
import { chosenCertificate, chosenWays } from './load-balancer-certificate';
import type { SecureLoadBalancerProps } from './secure-load-balancer-props';
import { WebFirewall } from './web-firewall';

/**
 * An application load balancer that speaks HTTPS only, stands behind a web application firewall, and logs who connected and asked.
 *
 * Takes every property of `elbv2.ApplicationLoadBalancer`. It makes the listeners: 443 for HTTPS with a policy of TLS 1.2 or later,
 * exposed as `httpsListener`, which answers 404 until it has targets; and 80, which redirects to it for good.
 *
 * In the place of a load balancer that is deployed, set `alreadyDeployed: true`: the listeners of the app stay, the logical id
 * stays, and nothing is replaced. To let it make its own listeners later, remove those of the app in one deployment, which takes
 * the service down, and `alreadyDeployed` in the next.
 *
 * What it creates beside the load balancer: two listeners, a web ACL with a log group, alarms where there is a topic for them, a
 * certificate where a hosted zone is given, and once for each stack a bucket for access logs and a KMS key for
 * logs. What it costs in kind: the load balancer by hour and use, the web ACL and its rules by month and by request, logs by volume,
 * four alarms.
 *
 * @example
 * declare const vpc: ec2.Vpc;
 * declare const hostedZone: route53.IHostedZone;
 * declare const service: ecs.FargateService;
 * const loadBalancer = new SecureLoadBalancer(this, 'LoadBalancer', {
 *   vpc,
 *   internetFacing: true,
 *   hostedZone,
 *   domainName: 'app.example.com',
 * });
 * loadBalancer.httpsListener.addTargets('App', { port: 8080, targets: [service] });
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export class SecureLoadBalancer extends elbv2.ApplicationLoadBalancer {
  /** The firewall in front; not set when a web ACL is named, or none is attached. */
  public readonly firewall?: WebFirewall;
  /** The certificate of the HTTPS listener; not set when the load balancer is `alreadyDeployed`. */
  public readonly certificate?: acm.ICertificate;
  private readonly https?: elbv2.ApplicationListener;

  /**
   * @param scope where the load balancer is made.
   * @param id its id in there.
   * @param props options.
   * @throws when not exactly one way to a certificate is given, when the subnets are in one Availability Zone, when the bucket for
   * logs has a customer-managed key, or when the stack has no Region.
   */
  constructor(scope: Construct, id: string, props: SecureLoadBalancerProps) {
    super(scope, id, applicationLoadBalancerDefaults(props, { scope, id, mayBeDeployed: props.alreadyDeployed ?? false }));
    mustReachTwoZones(this, props);
    if (props.alreadyDeployed) mustLeaveListeners(this, props);
    else {
      this.certificate = chosenCertificate(this, props);
      this.https = this.addListeners(props, this.certificate);
    }
    this.writeLogs(props.accessLogsBucket ?? accessLogsBucket(this));
    if (props.attachWebAcl ?? true) this.firewall = this.attachWebAcl(props.webAclArn);
    else if (props.webAclArn !== undefined)
      throw new Error("'attachWebAcl' must not be false with a 'webAclArn', got both: leave one of them out");
    addAlarms(this, props.alarmTopic, loadBalancerAlarms(this, props));
  }

  /**
   * The listener for HTTPS. Add targets to it.
   *
   * @throws when the load balancer is `alreadyDeployed`, for then the app makes the listeners.
   */
  public get httpsListener(): elbv2.ApplicationListener {
    if (this.https) return this.https;
    throw new Error(
      `'httpsListener' of '${this.node.path}' is not there with 'alreadyDeployed': use the listener that the app adds itself`,
    );
  }

  /**
   * Add a listener; one for HTTPS speaks TLS 1.2 or later unless it says otherwise.
   *
   * @param id its id.
   * @param props its options.
   * @throws when the port has a listener already.
   */
  public addListener(id: string, props: elbv2.BaseApplicationListenerProps): elbv2.ApplicationListener {
    const wanted = props.port ?? (props.protocol === elbv2.ApplicationProtocol.HTTPS ? 443 : 80);
    const taken = this.listeners.find(({ port }) => port === wanted);
    if (taken) {
      throw new Error(
        `'port' of the listener '${id}' must be free, got ${wanted}, which '${taken.node.path}' has: use 'httpsListener', or ` +
          "set 'alreadyDeployed' where the app makes its listeners itself",
      );
    }
    return super.addListener(id, applicationListenerDefaults(props));
  }

  private addListeners(props: SecureLoadBalancerProps, certificate: acm.ICertificate): elbv2.ApplicationListener {
    const { sslPolicy, open = props.internetFacing ?? false } = props;
    const protocol = elbv2.ApplicationProtocol.HTTPS;
    const https = this.addListener('Https', { port: 443, protocol, certificates: [certificate], sslPolicy, open });
    answerNotFound(https);
    this.addRedirect({ open });
    return https;
  }

  private writeLogs(bucket: s3.IBucket): void {
    const { region, stackName } = Stack.of(this);
    if (Token.isUnresolved(region)) {
      throw new Error(
        `the stack '${stackName}' of '${this.node.path}' must have a Region, got none: who delivers the access logs depends on ` +
          'it. Set `env` on the stack or its stage',
      );
    }
    if (bucket.encryptionKey) {
      throw new Error(
        `'accessLogsBucket' of '${this.node.path}' must be encrypted by S3 itself, got a bucket with a customer-managed key: a ` +
          'load balancer does not deliver to it. Set `encryption: s3.BucketEncryption.S3_MANAGED`',
      );
    }
    this.logAccessLogs(bucket, this.node.path);
    this.logConnectionLogs(bucket, this.node.path);
  }

  private attachWebAcl(webAclArn: string | undefined): WebFirewall | undefined {
    const firewall = webAclArn === undefined ? new WebFirewall(this, 'Firewall') : undefined;
    new wafv2.CfnWebACLAssociation(this, 'WebAclAssociation', {
      webAclArn: firewall?.webAclArn ?? webAclArn!,
      resourceArn: this.loadBalancerArn,
    });
    return firewall;
  }
}

function mustReachTwoZones(balancer: Construct, { vpc, vpcSubnets, internetFacing }: SecureLoadBalancerProps): void {
  const selected = vpc.selectSubnets(vpcSubnets ?? (internetFacing ? { subnetType: ec2.SubnetType.PUBLIC } : {}));
  const zones = new Set(selected.availabilityZones).size;
  if (selected.isPendingLookup || Token.isUnresolved(selected.subnetIds) || zones > 1) return;
  throw new Error(
    `'vpcSubnets' of '${balancer.node.path}' must reach two Availability Zones or more, got ${zones}: give the VPC 'maxAzs' of 2 ` +
      'or more, and select subnets in each',
  );
}

function mustLeaveListeners(balancer: Construct, props: SecureLoadBalancerProps): void {
  const [set] = [...chosenWays(props), ...(props.sslPolicy === undefined ? [] : ["'sslPolicy'"])];
  if (set === undefined) return;
  throw new Error(
    `${set} of '${balancer.node.path}' must not be given with 'alreadyDeployed': it is for a listener that is made here, and those ` +
      'of the app stay. Set it there',
  );
}
