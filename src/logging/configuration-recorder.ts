import { Aws, CfnCondition, Fn, type IResolvable, Stack, Token } from 'aws-cdk-lib';
import * as config from 'aws-cdk-lib/aws-config';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { Soc2Environment } from '../environment/soc2-environment';
import { AccountSetting } from '../functions/account-setting';
import { selectRules } from './config-rule-selection';
import { CONFIG_ROLE, CONFIG_SERVICE } from './config-service';
import { packsOf } from './conformance-pack';
import { type ILogArchive, LogArchive } from './log-archive';

/** Where the rules of the pack keep judging what is deployed. */
export enum ConformancePackScope {
  /** In the account and Region of the stack. */
  ACCOUNT = 'ACCOUNT',
  /** In all accounts of the organization, in the Region of the stack. The account manages the organization, or AWS Config in it. */
  ORGANIZATION = 'ORGANIZATION',
  /** Nowhere: somebody else deploys such rules, or their evaluations are not worth their price. */
  NONE = 'NONE',
}

/** Options of `ConfigurationRecorder`. */
export interface ConfigurationRecorderProps {
  /**
   * Whether AWS Config records the account and Region already, by a landing zone or a delegated administrator for example. Then no
   * recorder is made: a Region of an account can have one only.
   *
   * @default false
   */
  readonly alreadyRecording?: boolean;

  /**
   * Where what is recorded is kept. Not with `alreadyRecording`.
   *
   * @default - a `LogArchive` of its own
   */
  readonly archive?: ILogArchive;

  /**
   * The one Region that also records what is the same in all of them, such as users and roles.
   *
   * In a stack whose Region only deployment knows, such as that of a stack set, what is the same in all Regions is recorded there, and no
   * rule of AWS Config judges it.
   *
   * @default - the Region of the stack. Set it where several Regions have a recorder
   */
  readonly homeRegion?: string;

  /**
   * Whether each change is recorded, and billed; otherwise the last state of each day is.
   *
   * @default true in production, false elsewhere
   */
  readonly continuous?: boolean;

  /**
   * Where the rules of the pack keep judging what is deployed. Each evaluation of a rule is billed.
   *
   * @default ConformancePackScope.ACCOUNT
   */
  readonly conformancePack?: ConformancePackScope;

  /**
   * What the names of conformance packs begin with, 1 to 100 letters, digits and hyphens, a letter first.
   *
   * @default 'Soc2'
   */
  readonly conformancePackName?: string;

  /**
   * Rules of the pack, by their names, whose managed rules of AWS Config are deployed: those that RULES.md names with `AWS Config`. At
   * most 150 managed rules for an account, 180 for an organization, all other packs included.
   *
   * @default - every rule that stops a deployment, as far as AWS Config has it in the Region
   */
  readonly rules?: string[];

  /**
   * Accounts that a pack for the organization leaves out.
   *
   * @default - all accounts have it
   */
  readonly excludedAccounts?: string[];

  /**
   * Where the alarm on the function that prepares the account is sent.
   *
   * @default - where the environment sends them
   */
  readonly alarmTopic?: sns.ITopic;
}

/**
 * Managed rules across all packs.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/configlimits.html
 */
const MOST_RULES = { ACCOUNT: 150, ORGANIZATION: 180 } as const;

/**
 * What every resource looked like on any day, and whether what is deployed still follows the rules that judged its template.
 *
 * AWS Config records all types of resources and delivers to a `LogArchive`. Its managed rules that say the same as rules of the pack
 * are deployed as conformance packs, one for each series of criteria. AWS publishes no such pack for SOC 2.
 *
 * Where AWS Config records already, set `alreadyRecording`; where another account deploys rules to this one, set
 * `ConformancePackScope.NONE` as well, and nothing is made.
 *
 * Where the Region of the stack is not known at synthesis, only managed rules that every Region has are deployed.
 *
 * What it creates: a recorder, a delivery channel, conformance packs, a function that makes the role of AWS Config where the account
 * has none, and a `LogArchive` unless it is given one.
 * What it costs in kind: configuration items by number, evaluations of rules by number, and the archive.
 *
 * @example
 * const archive = new LogArchive(this, 'LogArchive');
 * new ConfigurationRecorder(this, 'Recorder', { archive });
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html
 */
export class ConfigurationRecorder extends Construct {
  /** The recorder; not set where AWS Config recorded already. */
  public readonly recorder?: config.CfnConfigurationRecorder;
  /** Where what is recorded is kept; not set where AWS Config recorded already. */
  public readonly archive?: ILogArchive;
  /** Names of the conformance packs. */
  public readonly conformancePackNames: string[];

  /**
   * @param scope where the recorder is made.
   * @param id its id in there.
   * @param props options.
   * @throws when options do not go together, a rule is not known, or there are more rules than AWS Config takes.
   */
  constructor(scope: Construct, id: string, props: ConfigurationRecorderProps = {}) {
    super(scope, id);
    checkOptions(props);
    const { region } = Stack.of(this);
    const isHome = props.homeRegion === undefined || props.homeRegion === region;
    const made: Construct[] = [];
    if (!props.alreadyRecording) {
      this.archive = props.archive ?? new LogArchive(this, 'Archive');
      this.recorder = this.addRecorder(props);
      made.push(this.recorder, this.addChannel(this.archive));
    }
    this.conformancePackNames = this.addPacks(props, isHome, made);
  }

  private addRecorder(props: ConfigurationRecorderProps): config.CfnConfigurationRecorder {
    const isContinuous = props.continuous ?? Soc2Environment.of(this).isProduction;
    return new config.CfnConfigurationRecorder(this, 'Resource', {
      roleArn: this.addRole(props.alarmTopic),
      recordingGroup: {
        allSupported: true,
        includeGlobalResourceTypes: this.recordsGlobalTypes(props.homeRegion),
        recordingStrategy: { useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' },
      },
      recordingMode: { recordingFrequency: isContinuous ? 'CONTINUOUS' : 'DAILY' },
    });
  }

  private recordsGlobalTypes(homeRegion: string | undefined): boolean | IResolvable {
    const { region } = Stack.of(this);
    if (homeRegion === undefined || !Token.isUnresolved(region)) return homeRegion === undefined || homeRegion === region;
    const isHome = new CfnCondition(this, 'IsHome', { expression: Fn.conditionEquals(Aws.REGION, homeRegion) });
    return Fn.conditionIf(isHome.logicalId, true, false);
  }

  /** Security Hub wants the recorder to have the role that AWS makes; CloudFormation fails where it is there already. */
  private addRole(alarmTopic: sns.ITopic | undefined): string {
    const role = Stack.of(this).formatArn({
      service: 'iam',
      region: '',
      resource: 'role',
      resourceName: `aws-service-role/${CONFIG_SERVICE}/${CONFIG_ROLE}`,
    });
    const setting = new AccountSetting(this, 'Role', {
      handler: 'config-role',
      description: 'make the role of AWS Config where the account has none',
      resourceType: 'Custom::Soc2ConfigRole',
      properties: {},
      statements: [
        new iam.PolicyStatement({
          actions: ['iam:CreateServiceLinkedRole'],
          resources: [role],
          conditions: { StringEquals: { 'iam:AWSServiceName': CONFIG_SERVICE } },
        }),
        new iam.PolicyStatement({ actions: ['iam:GetRole'], resources: [role] }),
      ],
      alarmTopic,
    });
    return setting.resource.getAttString('Arn');
  }

  /** CloudFormation makes recorder and channel at the same time: neither can be without the other. */
  private addChannel(archive: ILogArchive): config.CfnDeliveryChannel {
    const channel = new config.CfnDeliveryChannel(this, 'Channel', {
      s3BucketName: archive.configurationBucket.bucketName,
      s3KmsKeyArn: archive.encryptionKey.keyArn,
      configSnapshotDeliveryProperties: { deliveryFrequency: 'TwentyFour_Hours' },
    });
    // AWS Config tries out at once whether it may write.
    channel.node.addDependency(archive);
    return channel;
  }

  private addPacks(props: ConfigurationRecorderProps, isHome: boolean, made: readonly Construct[]): string[] {
    const { conformancePack: where = ConformancePackScope.ACCOUNT, conformancePackName = 'Soc2' } = props;
    if (where === ConformancePackScope.NONE) return [];
    const rules = selectRules({ slugs: props.rules, region: Stack.of(this).region, isHome });
    const most = MOST_RULES[where];
    if (rules.length > most) {
      throw new Error(
        `'rules' must stand for at most ${most} managed rules of AWS Config, got ${rules.length}: that is the most that all packs of ` +
          'an account may have together. Name fewer rules',
      );
    }
    return packsOf(rules, conformancePackName).map(({ name, body }) => {
      const id = `Pack${name.slice(conformancePackName.length)}`;
      const pack =
        where === ConformancePackScope.ORGANIZATION
          ? new config.CfnOrganizationConformancePack(this, id, {
              organizationConformancePackName: name,
              templateBody: body,
              excludedAccounts: props.excludedAccounts,
            })
          : new config.CfnConformancePack(this, id, { conformancePackName: name, templateBody: body });
      pack.node.addDependency(...made);
      return name;
    });
  }
}

function checkOptions(props: ConfigurationRecorderProps): void {
  const { alreadyRecording = false, conformancePack = ConformancePackScope.ACCOUNT, conformancePackName: name } = props;
  const misplaced = (['archive', 'continuous', 'alarmTopic'] as const).find((option) => props[option] !== undefined);
  if (alreadyRecording && misplaced) {
    throw new Error(`'${misplaced}' must not be set with 'alreadyRecording: true': it is about a recorder that is made here`);
  }
  if (props.excludedAccounts && conformancePack !== ConformancePackScope.ORGANIZATION) {
    throw new Error(
      `'excludedAccounts' must not be set with ConformancePackScope.${conformancePack}: only a pack for the organization has other ` +
        'accounts to leave out',
    );
  }
  if (name !== undefined && !Token.isUnresolved(name) && !/^[a-zA-Z][-a-zA-Z0-9]{0,99}$/.test(name)) {
    throw new Error(
      `'conformancePackName' must be 1 to 100 letters, digits and hyphens, a letter first, got '${name}': names of packs begin with it`,
    );
  }
}
