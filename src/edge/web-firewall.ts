import { Names, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { domainKey } from '../environment/domain-keys';
import { Soc2Environment } from '../environment/soc2-environment';
import { visible, webFirewallRules } from './web-firewall-rules';

/** What a web firewall can stand in front of. */
export enum WebFirewallScope {
  /** Load balancers, REST APIs, user pools and the like, in the Region of the stack. */
  REGIONAL = 'REGIONAL',
  /** Distributions of CloudFront. The stack has to be in us-east-1. */
  CLOUDFRONT = 'CLOUDFRONT',
}

/** Options of `WebFirewall`. */
export interface WebFirewallProps {
  /**
   * What it stands in front of.
   *
   * @default WebFirewallScope.REGIONAL
   */
  readonly scope?: WebFirewallScope;

  /**
   * How many requests one IP address may send in five minutes; more are blocked until it is below again. 10 to 2,000,000,000.
   *
   * @default 2000
   */
  readonly rateLimit?: number;

  /**
   * Whether to tell bots from people, with Bot Control at its common level. AWS bills it by month and by request.
   *
   * @default false
   */
  readonly botControl?: boolean;

  /**
   * Names of managed rules that count what they match, and let it pass. Each is a gap: name those that stop what the app is for.
   *
   * Common ones are `SizeRestrictions_BODY` for an app that takes more than 8 KB at once, and `HostingProviderIPList` for one
   * that other services call from a cloud. WAF passes over a name that it does not know.
   *
   * @default - none; every managed rule blocks
   */
  readonly countedRules?: string[];

  /**
   * Rules of the app. Priorities 100 to 199 are taken; a lower one is judged before the managed groups.
   *
   * @default - none
   */
  readonly rules?: wafv2.CfnWebACL.RuleProperty[];

  /**
   * Headers whose values do not get into the log, in lower case.
   *
   * @default ['authorization', 'cookie']
   */
  readonly redactedHeaders?: string[];
}

const REDACTED = ['authorization', 'cookie'];
const [LEAST, MOST] = [10, 2_000_000_000];

/**
 * A web application firewall that blocks known attacks, limits what one client may send, and keeps a year of logs.
 *
 * It blocks what the groups of AWS for common attacks, known bad inputs, SQL injection, addresses of bad reputation and anonymous
 * addresses match, and clients that send more than a limit.
 *
 * What it creates: a web ACL, its logging, a log group, and once for each stack a KMS key for logs.
 * What it costs in kind: the web ACL and each of its six rules by month, requests by number, logs by volume. Bot Control costs
 * more by month and by request, and is off unless it is asked for.
 *
 * @example
 * declare const api: apigateway.RestApi;
 * const firewall = new WebFirewall(this, 'Firewall', { countedRules: ['SizeRestrictions_BODY'] });
 * firewall.protect('Api', api.deploymentStage.stageArn);
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
export class WebFirewall extends Construct {
  /** The web ACL. */
  public readonly webAcl: wafv2.CfnWebACL;
  /** Its ARN, for `webAclArn` of a load balancer or `webAclId` of a distribution. */
  public readonly webAclArn: string;
  /** Where requests that it judged are logged. */
  public readonly logGroup: logs.LogGroup;

  /**
   * @param scope where the firewall is made.
   * @param id its id in there.
   * @param props options.
   * @throws when a limit or a priority is out of range, or when the scope is CLOUDFRONT and the stack is not in us-east-1.
   */
  constructor(scope: Construct, id: string, props: WebFirewallProps = {}) {
    super(scope, id);
    const { rateLimit = 2000, scope: front = WebFirewallScope.REGIONAL } = props;
    if (front === WebFirewallScope.CLOUDFRONT) mustStandInVirginia(this);
    if (!Token.isUnresolved(rateLimit) && (!Number.isInteger(rateLimit) || rateLimit < LEAST || rateLimit > MOST))
      throw new Error(`'rateLimit' must be a whole number from ${LEAST} to ${MOST} requests in five minutes, got ${rateLimit}`);

    this.webAcl = new wafv2.CfnWebACL(this, 'Resource', {
      scope: front,
      defaultAction: { allow: {} },
      visibilityConfig: visible(Names.uniqueResourceName(this, { maxLength: 64, separator: '-' })),
      rules: webFirewallRules({
        rateLimit,
        botControl: props.botControl ?? false,
        countedRules: props.countedRules ?? [],
        ownRules: props.rules ?? [],
      }),
    });
    this.webAclArn = this.webAcl.attrArn;

    // AWS WAF writes to log groups with this prefix only.
    const name = `aws-waf-logs-${Names.uniqueResourceName(this, { maxLength: 128, separator: '-' })}`;
    this.logGroup = new logs.LogGroup(this, 'Logs', {
      logGroupName: name,
      retention: logs.RetentionDays.ONE_YEAR,
      encryptionKey: domainKey(this, 'logs'),
      // A group that stays behind with this name keeps the stack from being made again.
      removalPolicy: Soc2Environment.of(this).isProduction ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    new wafv2.CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: this.webAclArn,
      // WAF takes the ARN of the group, without the ending for all its streams.
      logDestinationConfigs: [Stack.of(this).formatArn({ service: 'logs', resource: `log-group:${name}` })],
      redactedFields: (props.redactedHeaders ?? REDACTED).map((header) => ({ singleHeader: { Name: header } })),
    }).node.addDependency(this.logGroup);
  }

  /**
   * Let the firewall stand in front of something regional: a load balancer, a stage of a REST API, a user pool.
   *
   * Not for distributions, which name their firewall themselves, by `webAclId`.
   *
   * @param id an id for the association.
   * @param resourceArn the ARN of what to protect. It must not have another web ACL: AWS keeps the one that came last.
   */
  public protect(id: string, resourceArn: string): void {
    new wafv2.CfnWebACLAssociation(this, id, { webAclArn: this.webAclArn, resourceArn });
  }
}

function mustStandInVirginia(firewall: Construct): void {
  const { region, stackName } = Stack.of(firewall);
  if (Token.isUnresolved(region) || region === 'us-east-1') return;
  throw new Error(
    `'scope' CLOUDFRONT must stand in us-east-1, got ${region} of the stack '${stackName}': make the firewall in a stack in ` +
      "us-east-1, and pass its 'webAclArn' on; with `crossRegionReferences: true` on both stacks it may be the attribute itself",
  );
}
