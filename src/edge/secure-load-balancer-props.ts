import type { Duration } from 'aws-cdk-lib';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as route53 from 'aws-cdk-lib/aws-route53';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';

/** Options of `SecureLoadBalancer`: those of `elbv2.ApplicationLoadBalancer`, and where its certificate and firewall come from. */
export interface SecureLoadBalancerProps extends elbv2.ApplicationLoadBalancerProps {
  /**
   * The certificate of the HTTPS listener.
   *
   * @default - `certificateArn`, or a new certificate for `domainName` in `hostedZone`; one of the three must be given
   */
  readonly certificate?: acm.ICertificate;

  /**
   * The ARN of a certificate in the Region of the stack.
   *
   * @default - see `certificate`
   */
  readonly certificateArn?: string;

  /**
   * The hosted zone in which a new certificate for `domainName` is validated. It must be a public one.
   *
   * @default - see `certificate`
   */
  readonly hostedZone?: route53.IHostedZone;

  /**
   * The domain name of a new certificate. No record for the name itself is made.
   *
   * @default - see `certificate`
   */
  readonly domainName?: string;

  /**
   * What the HTTPS listener speaks: versions of TLS and ciphers. Rules stop a policy that allows less than TLS 1.2.
   *
   * @default elbv2.SslPolicy.TLS13_12_RES_PQ
   */
  readonly sslPolicy?: elbv2.SslPolicy;

  /**
   * Whether everybody who can reach the load balancer may connect to its ports 443 and 80. Where not, call
   * `connections.allowFrom(…)` of `httpsListener`.
   *
   * @default - true when it faces the internet, false when it is internal
   */
  readonly open?: boolean;

  /**
   * The ARN of a web ACL that exists, of the scope REGIONAL.
   *
   * @default - a new `WebFirewall`
   */
  readonly webAclArn?: string;

  /**
   * Whether a web ACL is attached. Set it to false where the app, Firewall Manager or a distribution in front does it.
   *
   * @default true
   */
  readonly attachWebAcl?: boolean;

  /**
   * The bucket for access logs and connection logs. S3 itself must encrypt it: a load balancer delivers to no bucket with a
   * customer-managed key.
   *
   * @default - one for each stack
   */
  readonly accessLogsBucket?: s3.IBucket;

  /**
   * Whether the load balancer is deployed already, as a plain `elbv2.ApplicationLoadBalancer` for example. Then no listener is
   * made: those that the app adds stay as they are, but for a policy of TLS 1.2 or later.
   *
   * Where the app associates a web ACL itself, set `attachWebAcl: false` as well.
   *
   * @default false
   */
  readonly alreadyDeployed?: boolean;

  /**
   * Where alarms are sent.
   *
   * @default - the alarm topic of the environment; without one there are no alarms
   */
  readonly alarmTopic?: sns.ITopic;

  /**
   * How many targets of a target group may be unhealthy; more, for three minutes, raise an alarm.
   *
   * @default 0
   */
  readonly maxUnhealthyTargets?: number;

  /**
   * How long all but the slowest hundredth of answers may take; longer, for fifteen minutes, raises an alarm.
   *
   * @default Duration.seconds(3)
   */
  readonly maxResponseTime?: Duration;

  /**
   * How many answers 5xx the load balancer itself may give in five minutes; more raise an alarm.
   *
   * @default 10
   */
  readonly maxLoadBalancerErrors?: number;

  /**
   * How many answers 5xx targets may give in five minutes; more raise an alarm.
   *
   * @default 10
   */
  readonly maxTargetErrors?: number;
}
