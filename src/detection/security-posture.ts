import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as securityhub from 'aws-cdk-lib/aws-securityhub';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct, type IDependable } from 'constructs';
import { AccountSetting } from '../functions/account-setting';
import { configureCentrally } from './central-configuration';
import { type DisabledControl, readDisabledControl } from './disabled-control';
import { aggregateFindings, type FindingAggregation, isHome } from './finding-aggregation';
import { refuseForMembers } from './refuse-for-members';
import { SecurityServiceMode } from './security-service-mode';
import { SecurityStandard } from './security-standard';

/** Options of `SecurityPosture`. */
export interface SecurityPostureProps {
  /**
   * Who turns Security Hub on. Where it is on already, `CREATE` fails, and `ADOPT` adds what is missing.
   *
   * @default SecurityServiceMode.CREATE
   */
  readonly mode?: SecurityServiceMode;

  /**
   * The standards that the account is compared with.
   *
   * @default - AWS Foundational Security Best Practices, and the AWS Foundations Benchmark of the CIS
   */
  readonly standards?: SecurityStandard[];

  /**
   * Controls that are switched off in all of the standards, each with a reason.
   *
   * @default - none
   */
  readonly disabledControls?: DisabledControl[];

  /**
   * Whether the newer Security Hub (V2) is turned on as well, which relates findings to each other. It is billed by resource.
   *
   * @default true; false with `ADOPT`, where it stays as it is
   */
  readonly securityHubV2?: boolean;

  /**
   * Findings of several Regions in one.
   *
   * @default - findings stay in their Regions
   */
  readonly aggregation?: FindingAggregation;

  /**
   * Ids of the root, of units or of accounts of the organization in which Security Hub is turned on as well, with the same standards and
   * controls, in the home Region of `aggregation` and those that are linked to it. Only in the account of the delegated administrator of
   * Security Hub, which must not be the management account.
   *
   * It is made in the home Region. The stacks of other Regions then make nothing, since the home Region configures them.
   *
   * @see https://docs.aws.amazon.com/securityhub/latest/userguide/central-configuration-intro.html
   * @default - this account only
   */
  readonly organizationTargets?: string[];

  /**
   * Where alarms of the functions are sent that change what CloudFormation has no type for.
   *
   * @default - the topic of the environment; no alarms where it has none
   */
  readonly alarmTopic?: sns.ITopic;

  /**
   * Whether Security Hub stays on when the stack is deleted. What was adopted always does.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE - it is deleted only when its first deployment fails
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Security Hub compares what runs in the account and Region with published standards, every day, and keeps the answers.
 *
 * Each control is reported once, however many standards it is in. Controls that are switched off keep a reason that Security Hub shows.
 * Security Hub needs a recorder of AWS Config in the Region.
 *
 * What it creates: a hub and its standards, the hub of the newer Security Hub, and aggregators where findings are gathered; with `ADOPT` or
 * `disabledControls` a function that calls Security Hub, its role and log. What it costs in kind: Security Hub is billed by check and by
 * finding, the newer one by resource, and AWS Config by what it records for the checks.
 *
 * Where the delegated administrator of the organization turns Security Hub on, say `SecurityServiceMode.DELEGATED`, and declare
 * `securityhub-enabled` as an inherited control in the options of the rule pack.
 *
 * @example
 * new SecurityPosture(this, 'Posture', {
 *   disabledControls: [{ control: 'IAM.6', reason: 'The root user signs in with two security keys that are kept in a safe' }],
 *   aggregation: { homeRegion: 'eu-central-1', linkedRegions: ['eu-west-1'] },
 * });
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/what-is-securityhub.html
 */
export class SecurityPosture extends Construct {
  /** The hub; not set where it was adopted, or is left to an administrator. */
  public readonly hub?: securityhub.CfnHub;
  /** The hub of the newer Security Hub; not set where it is left as it is. */
  public readonly hubV2?: securityhub.CfnHubV2;

  /**
   * @param scope where it is made.
   * @param id its id in there.
   * @param props options.
   * @throws when there is no standard or one is named twice, when a control is switched off without a reason, when findings are gathered in a stack
   * without a Region, when the organization is to be configured without a home Region, and when something is asked for that only an
   * administrator can do where Security Hub is left to one.
   */
  constructor(scope: Construct, id: string, props: SecurityPostureProps = {}) {
    super(scope, id);
    const { mode = SecurityServiceMode.CREATE, disabledControls = [], aggregation, alarmTopic } = props;
    const removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
    if (mode === SecurityServiceMode.DELEGATED) {
      refuseForMembers(props);
      return;
    }
    // Where a policy configures this account with others, its standards and controls are those of the policy.
    const { organizationTargets = [] } = props;
    const isCentral = organizationTargets.length > 0;
    if (isCentral && !isHomeOfOrganization(this, aggregation)) return;
    const arns = readStandards(props.standards).map((standard) => this.arnOf(standard));
    const isOn: IDependable[] = [];
    if (mode === SecurityServiceMode.CREATE) {
      this.hub = this.create(removalPolicy);
      isOn.push(this.hub, ...(isCentral ? [] : this.check(arns, this.hub, removalPolicy)));
    } else if (!isCentral) {
      isOn.push(this.adopt(arns, alarmTopic));
    }
    if (props.securityHubV2 ?? mode === SecurityServiceMode.CREATE) {
      this.hubV2 = new securityhub.CfnHubV2(this, 'HubV2');
      this.hubV2.applyRemovalPolicy(removalPolicy);
    }
    if (disabledControls.length > 0 && !isCentral) this.disable(disabledControls, arns, alarmTopic).node.addDependency(...isOn);
    const aggregator = aggregation && aggregateFindings(this, aggregation, { isOn, hubV2: this.hubV2 });
    if (isCentral && aggregator)
      configureCentrally(this, { targets: organizationTargets, standards: arns, disabledControls, aggregator });
  }

  private create(removalPolicy: RemovalPolicy): securityhub.CfnHub {
    const hub = new securityhub.CfnHub(this, 'Hub', {
      autoEnableControls: true,
      controlFindingGenerator: 'SECURITY_CONTROL',
      // Those that Security Hub turns on by itself have an old benchmark among them.
      enableDefaultStandards: false,
    });
    hub.applyRemovalPolicy(removalPolicy);
    return hub;
  }

  private check(arns: readonly string[], hub: securityhub.CfnHub, removalPolicy: RemovalPolicy): securityhub.CfnStandard[] {
    return arns.map((standardsArn) => {
      // The version is left out: a newer one takes the place of the older.
      const [name] = standardsArn.split('::standards/')[1].split('/');
      const standard = new securityhub.CfnStandard(this, `Standard-${name}`, { standardsArn });
      standard.addResourceDependency(hub);
      standard.applyRemovalPolicy(removalPolicy);
      return standard;
    });
  }

  private adopt(arns: readonly string[], alarmTopic?: sns.ITopic): AccountSetting {
    return new AccountSetting(this, 'AdoptedHub', {
      handler: 'adopt-security-hub',
      description: 'add standards to Security Hub',
      resourceType: 'Custom::Soc2SecurityHub',
      properties: { Standards: arns },
      statements: [
        new iam.PolicyStatement({
          actions: ['securityhub:BatchEnableStandards', 'securityhub:DescribeHub', 'securityhub:UpdateSecurityHubConfiguration'],
          resources: [this.hubArn()],
        }),
      ],
      alarmTopic,
    });
  }

  private disable(controls: readonly DisabledControl[], arns: readonly string[], alarmTopic?: sns.ITopic): AccountSetting {
    const Controls = controls.map(readDisabledControl);
    return new AccountSetting(this, 'DisabledControls', {
      handler: 'security-controls',
      description: 'switch controls of Security Hub off, with a reason',
      resourceType: 'Custom::Soc2SecurityControls',
      properties: { Controls, Standards: arns },
      statements: [
        // These have no resources; what they call in turn has.
        new iam.PolicyStatement({
          actions: ['securityhub:BatchUpdateStandardsControlAssociations', 'securityhub:ListStandardsControlAssociations'],
          resources: ['*'],
        }),
        new iam.PolicyStatement({
          actions: ['securityhub:DescribeStandardsControls', 'securityhub:UpdateStandardsControl'],
          resources: [this.hubArn()],
        }),
      ],
      alarmTopic,
    });
  }

  private hubArn(): string {
    return Stack.of(this).formatArn({ service: 'securityhub', resource: 'hub', resourceName: 'default' });
  }

  private arnOf(standard: SecurityStandard): string {
    return Stack.of(this).formatArn({ service: 'securityhub', account: '', resource: 'standards', resourceName: standard });
  }
}

function isHomeOfOrganization(scope: Construct, aggregation?: FindingAggregation): boolean {
  if (aggregation) return isHome(scope, aggregation);
  throw new Error(
    "'aggregation' must be given with 'organizationTargets', got none: Security Hub configures an organization from a home Region",
  );
}

function readStandards(standards?: readonly SecurityStandard[]): readonly SecurityStandard[] {
  if (standards === undefined)
    return [SecurityStandard.AWS_FOUNDATIONAL_SECURITY_BEST_PRACTICES, SecurityStandard.CIS_AWS_FOUNDATIONS_BENCHMARK];
  if (standards.length === 0)
    throw new Error("'standards' must name one standard at least, got none: leave it out for the default");
  const twice = standards.find((standard, index) => standards.indexOf(standard) !== index);
  if (twice) throw new Error(`'standards' must name each standard once, got ${twice} twice`);
  return standards;
}
