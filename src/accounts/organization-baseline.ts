import { CfnStackSet, Lazy, Names, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Soc2Environment } from '../environment/soc2-environment';
import type { OrganizationBaselineProps } from './organization-baseline-props';
import { StackSetAssets } from './stack-set-assets';
import { StackSetStack } from './stack-set-stack';

/**
 * A stack for every account of an organization, also for those that come later: a stack set of CloudFormation, with permissions that
 * Organizations manages.
 *
 * Make in `stack` what each account gets: most often an `AccountBaseline`. The rule pack judges it like any stack. It is one template for
 * all accounts and Regions, so that in it
 *
 * - account and Region are those where it is deployed, which only deployment knows;
 * - other stacks cannot be referred to: write names and ARNs as texts, and the archive with `LogArchive.fromAttributes`;
 * - alarms need a topic in each account and Region, so `Soc2Environment.of(baseline.stack)` sends them nowhere until it is told;
 * - container images cannot be used.
 *
 * Functions can: their code is copied to a bucket in each Region, which the organization can read. The CDK must be bootstrapped in each
 * of these Regions in this account, not in the others. The stacks of these buckets are deployed first.
 *
 * Stack sets of this kind do not reach the account that manages the organization: make an `AccountBaseline` there. Trusted access for stack
 * sets must be on, which `OrganizationLandingZone` sees to. What has an administrator for the organization, such as GuardDuty, is best
 * turned on there (`forOrganization`), with `SecurityServiceMode.DELEGATED` here.
 *
 * What it creates: a stack set, and for each Region a stack with a bucket, its key and the function of the CDK that copies to it, where
 * there is something to copy. What it costs in kind: a KMS key for each Region; the stacks cost what is in them, in each account and Region.
 *
 * @example
 * const baseline = new OrganizationBaseline(this, 'Baseline', {
 *   organizationId: 'o-a1b2c3d4e5',
 *   targetIds: ['ou-ab12-11111111'],
 *   regions: ['eu-west-1', 'us-east-1'],
 * });
 * new AccountBaseline(baseline.stack, 'Account', {
 *   archive: LogArchive.fromAttributes(baseline.stack, 'Archive', {
 *     bucketName: 'acme-logs',
 *     configurationBucketName: 'acme-configurations',
 *     encryptionKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
 *     organizationId: 'o-a1b2c3d4e5',
 *   }),
 *   configurationRecorder: { homeRegion: 'eu-west-1' },
 *   securityServices: SecurityServiceMode.DELEGATED,
 *   // The trail of the organization, and alarms on it, are in the account of the security team.
 *   without: [BaselinePart.AUDIT_TRAIL, BaselinePart.SECURITY_METRIC_ALARMS],
 * });
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-associate-stackset-with-org.html
 */
export class OrganizationBaseline extends Construct {
  /** The stack that each account gets, in each Region. */
  public readonly stack: Stack;
  /** The stack set. */
  public readonly stackSet: CfnStackSet;

  /**
   * @param scope where the stack set is made.
   * @param id its id in there.
   * @param props options.
   * @throws when an id, a Region or a number is not right. Synthesis stops when the stack is empty, refers to another one, or has a
   * template that is too large.
   */
  constructor(scope: Construct, id: string, props: OrganizationBaselineProps) {
    super(scope, id);
    check(props);
    const { organizationId, regions, assetBucketPrefix: bucketPrefix = 'baseline-assets' } = props;
    const stack = new StackSetStack(this, 'Stack', new StackSetAssets(this, { organizationId, regions, bucketPrefix }));
    startAfresh(stack);
    this.stack = stack;
    this.stackSet = new CfnStackSet(this, 'Resource', {
      stackSetName: props.stackSetName ?? Names.uniqueResourceName(this, { maxLength: 128, separator: '-' }),
      description: `What every account of the organization gets, from ${Stack.of(this).stackName}`,
      permissionModel: 'SERVICE_MANAGED',
      callAs: props.asDelegatedAdministrator ? 'DELEGATED_ADMIN' : 'SELF',
      capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
      autoDeployment: { enabled: true, retainStacksOnAccountRemoval: props.retainStacks ?? true },
      managedExecution: { Active: true },
      operationPreferences: {
        concurrencyMode: 'SOFT_FAILURE_TOLERANCE',
        failureTolerancePercentage: props.failureTolerancePercentage ?? 10,
        maxConcurrentPercentage: props.maxConcurrentPercentage ?? 25,
        ...((props.regionsInParallel ?? true)
          ? { regionConcurrencyType: 'PARALLEL' }
          : { regionConcurrencyType: 'SEQUENTIAL', regionOrder: regions }),
      },
      stackInstancesGroup: [{ deploymentTargets: targetsOf(props), regions }],
      templateUrl: Lazy.string({ produce: () => stack.templateUrl }),
    });
  }
}

function targetsOf({ targetIds: organizationalUnitIds, excludedAccounts }: OrganizationBaselineProps) {
  const excluded = excludedAccounts && { accountFilterType: 'DIFFERENCE', accounts: excludedAccounts };
  return { organizationalUnitIds, ...excluded };
}

/** The topic of the environment around is in one account: others cannot send to it unless somebody sees to that. */
function startAfresh(stack: Stack): void {
  const { kind, owner, dataClassification, servesEveryEnvironment } = Soc2Environment.of(stack);
  if (owner !== undefined) Soc2Environment.declare(stack, { kind, owner, dataClassification, servesEveryEnvironment });
}

const UNIT = /^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/;
const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/;

function check(props: OrganizationBaselineProps): void {
  const { regions, maxConcurrentPercentage, failureTolerancePercentage, stackSetName, assetBucketPrefix } = props;
  each('organizationId', [props.organizationId], /^o-[a-z0-9]{10,32}$/, "the id of an organization, such as 'o-a1b2c3d4e5'");
  each('targetIds', props.targetIds, UNIT, "ids of a root or units, such as 'r-ab12' or 'ou-ab12-11111111'");
  each('regions', regions, REGION, "Regions such as 'eu-west-1'");
  each('excludedAccounts', props.excludedAccounts, /^\d{12}$/, 'account ids of 12 digits');
  each(
    'stackSetName',
    listed(stackSetName),
    /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/,
    '1 to 128 letters, digits and hyphens, a letter first',
  );
  each(
    'assetBucketPrefix',
    listed(assetBucketPrefix),
    /^[a-z0-9][-a-z0-9]{2,29}$/,
    '3 to 30 lower-case letters, digits and hyphens',
  );
  const known = { organizationId: [props.organizationId], regions };
  const unknown = Object.entries(known).find(([, values]) => values.some((value) => Token.isUnresolved(value)));
  if (unknown)
    throw new Error(
      `'${unknown[0]}' must be known at synthesis, got a token: stacks in other Regions have it. Write it as a text`,
    );
  const twice = regions.find((region, index) => regions.indexOf(region) !== index);
  if (twice !== undefined) throw new Error(`'regions' must name each Region once, got ${twice} twice`);
  within('maxConcurrentPercentage', maxConcurrentPercentage, 1);
  within('failureTolerancePercentage', failureTolerancePercentage, 0);
}

function listed(value: string | undefined): readonly string[] | undefined {
  return value === undefined ? undefined : [value];
}

function each(option: string, values: readonly string[] | undefined, pattern: RegExp, expected: string): void {
  if (values?.length === 0) throw new Error(`'${option}' must be ${expected}, got none`);
  const wrong = values?.find((value) => !Token.isUnresolved(value) && !pattern.test(value));
  if (wrong !== undefined) throw new Error(`'${option}' must be ${expected}, got '${wrong}'`);
}

function within(option: string, value: number | undefined, least: number): void {
  if (value === undefined || Token.isUnresolved(value) || (Number.isInteger(value) && value >= least && value <= 100)) return;
  throw new Error(`'${option}' must be a whole number from ${least} to 100, got ${value}`);
}
