import { type Duration, Stack } from 'aws-cdk-lib';
import * as accessanalyzer from 'aws-cdk-lib/aws-accessanalyzer';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { SecurityServiceMode } from '../detection/security-service-mode';
import { AccountSetting } from '../functions/account-setting';
import { AccountProtection } from './account-protection';
import { ACCOUNT_SETTINGS, type AccountSettingsProperties, DOCUMENT_SHARING } from './account-settings-properties';
import { type PasswordPolicy, passwordPolicySettings } from './password-policy';

/** Options of `IamBaseline`. */
export interface IamBaselineProps {
  /**
   * What is asked of passwords of IAM users. Where the account asks for more already, that stays.
   *
   * @default - 14 characters of all kinds, none of the last 24 passwords, no expiry
   */
  readonly passwordPolicy?: PasswordPolicy;

  /**
   * Who has IAM Access Analyzer show what somebody outside of the account can use. An account has one such analyzer in a Region: where it
   * is there already, `CREATE` fails, and `ADOPT` makes sure that it is. With `DELEGATED`, declare `iam-access-analyzer` as an inherited
   * control in the options of the rule pack. It is free.
   *
   * @default SecurityServiceMode.CREATE
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-getting-started.html
   */
  readonly externalAccessAnalyzer?: SecurityServiceMode;

  /**
   * Have IAM Access Analyzer show roles, users, keys and permissions that nobody used for so long: 1 to 365 days, 90 for example. It is
   * billed by the month for each role and user of the account, and roles are the same in every Region: ask for it in one.
   *
   * @default - unused access is not looked for
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/what-is-access-analyzer.html
   */
  readonly unusedAccessAge?: Duration;

  /**
   * The key that new volumes are encrypted with unless they name another. Services that start instances must be let in by its policy: a
   * key that the app makes gets what is needed, that of a key from elsewhere must have it.
   *
   * @default - the key that is the default now; that is the key of AWS for EBS unless somebody chose another
   */
  readonly volumeKey?: kms.IKey;

  /**
   * Whether launches are refused that do not ask for IMDSv2. Otherwise it is the default, which a launch may still override.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html
   */
  readonly enforceImdsv2?: boolean;

  /**
   * Protections that this construct leaves as they are, because somebody else answers for them. Declare their rules as inherited controls.
   *
   * @default - none
   */
  readonly without?: AccountProtection[];

  /**
   * Where alarms of the function are sent that makes the settings.
   *
   * @default - the topic of the environment; no alarms where it has none
   */
  readonly alarmTopic?: sns.ITopic;
}

/**
 * What an account should have before anything else is in it: strong passwords, nothing public, volumes encrypted, instances that
 * ask for tokens, and an analyzer that shows who is let in from outside.
 *
 * CloudFormation has no types for most of it, so a function makes the settings by API. It reads first and makes nothing weaker: a stronger
 * setting stays, and one that a declarative policy of the organization holds is left to it. When the stack is deleted, all of it stays,
 * but the analyzers, which go.
 *
 * Passwords and buckets are settings of the whole account, the others of a Region: make one in each Region that you use. They do not
 * disturb each other.
 *
 * What it creates: an analyzer; a function that makes the settings, its role and log. What it costs in kind: nothing to speak of;
 * `unusedAccessAge` is billed for each role and user.
 *
 * @example
 * new IamBaseline(this, 'IamBaseline', { unusedAccessAge: Duration.days(90) });
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html
 */
export class IamBaseline extends Construct {
  /** Shows what somebody outside can use; not set where it was adopted, or is left to an administrator. */
  public readonly externalAccess?: accessanalyzer.CfnAnalyzer;
  /** Shows what nobody uses; not set unless it is asked for. */
  public readonly unusedAccess?: accessanalyzer.CfnAnalyzer;

  /**
   * @param scope where it is made.
   * @param id its id in there.
   * @param props options.
   * @throws when a number of the password policy or the age of unused access is out of range, and when a key is given for volumes that
   * are left as they are.
   */
  constructor(scope: Construct, id: string, props: IamBaselineProps = {}) {
    super(scope, id);
    const { externalAccessAnalyzer: mode = SecurityServiceMode.CREATE, unusedAccessAge, alarmTopic } = props;
    refuseContradictions(props);
    if (mode === SecurityServiceMode.CREATE)
      this.externalAccess = new accessanalyzer.CfnAnalyzer(this, 'ExternalAccess', { type: 'ACCOUNT' });
    if (unusedAccessAge) {
      this.unusedAccess = new accessanalyzer.CfnAnalyzer(this, 'UnusedAccess', {
        type: 'ACCOUNT_UNUSED_ACCESS',
        analyzerConfiguration: { unusedAccessConfiguration: { unusedAccessAge: checkedAge(unusedAccessAge) } },
      });
    }
    const properties: AccountSettingsProperties = {
      ...wantedOf(props),
      ...(mode === SecurityServiceMode.ADOPT && { Analyzers: ['ACCOUNT'] }),
    };
    if (Object.keys(properties).length === 0) return;
    if (props.volumeKey) letServicesUse(props.volumeKey, Stack.of(this));
    const settings = new AccountSetting(this, 'Settings', {
      handler: 'account-settings',
      description: 'make the settings that protect an account',
      resourceType: ACCOUNT_SETTINGS,
      properties: { Account: Stack.of(this).account, ...properties },
      statements: statementsFor(this, properties),
      alarmTopic,
    });
    if (props.volumeKey) settings.node.addDependency(props.volumeKey);
  }
}

function refuseContradictions({ volumeKey, enforceImdsv2, passwordPolicy, without = [] }: IamBaselineProps): void {
  const given = [
    ['volumeKey', volumeKey, AccountProtection.ENCRYPTED_VOLUMES],
    ['enforceImdsv2', enforceImdsv2, AccountProtection.IMDSV2],
    ['passwordPolicy', passwordPolicy, AccountProtection.PASSWORD_POLICY],
  ] as const;
  const [wrong] = given.filter(([, value, protection]) => value && without.includes(protection));
  if (wrong) throw new Error(`'without' must not have ${wrong[2]}, got it beside '${wrong[0]}': leave out one of them`);
}

function checkedAge(age: Duration): number {
  const days = age.toDays({ integral: false });
  if (!Number.isInteger(days) || days < 1 || days > 365)
    throw new Error(`'unusedAccessAge' must be whole days from 1 to 365, got ${days}: 90 is what most standards ask for`);
  return days;
}

/** What is asked of the function. */
function wantedOf({ passwordPolicy, volumeKey, enforceImdsv2, without = [] }: IamBaselineProps): AccountSettingsProperties {
  const all: Readonly<Record<AccountProtection, AccountSettingsProperties>> = {
    PASSWORD_POLICY: { PasswordPolicy: passwordPolicySettings(passwordPolicy) },
    PRIVATE_BUCKETS: {
      PublicAccessBlock: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
    },
    ENCRYPTED_VOLUMES: { VolumeEncryption: { Enabled: true, ...(volumeKey && { KmsKeyId: volumeKey.keyArn }) } },
    IMDSV2: { InstanceMetadata: { HttpTokens: 'required', ...(enforceImdsv2 && { HttpTokensEnforced: 'enabled' }) } },
    PRIVATE_SNAPSHOTS: { SnapshotSharing: { State: 'block-all-sharing' } },
    PRIVATE_IMAGES: { ImageSharing: { State: 'block-new-sharing' } },
    PRIVATE_DOCUMENTS: { DocumentSharing: { Value: 'Disable' } },
  };
  const kept = Object.values(AccountProtection).filter((each) => !without.includes(each));
  return Object.assign({}, ...kept.map((each) => all[each]));
}

/** What the function calls for each property. */
const ACTIONS: Readonly<Record<keyof AccountSettingsProperties, readonly string[]>> = {
  PasswordPolicy: ['iam:GetAccountPasswordPolicy', 'iam:UpdateAccountPasswordPolicy'],
  PublicAccessBlock: ['s3:GetAccountPublicAccessBlock', 's3:PutAccountPublicAccessBlock'],
  VolumeEncryption: [
    'ec2:EnableEbsEncryptionByDefault',
    'ec2:GetEbsDefaultKmsKeyId',
    'ec2:GetEbsEncryptionByDefault',
    'ec2:ModifyEbsDefaultKmsKeyId',
  ],
  InstanceMetadata: ['ec2:GetInstanceMetadataDefaults', 'ec2:ModifyInstanceMetadataDefaults'],
  SnapshotSharing: ['ec2:EnableSnapshotBlockPublicAccess', 'ec2:GetSnapshotBlockPublicAccessState'],
  ImageSharing: ['ec2:EnableImageBlockPublicAccess', 'ec2:GetImageBlockPublicAccessState'],
  Analyzers: ['access-analyzer:ListAnalyzers'],
  DocumentSharing: ['ssm:GetServiceSetting', 'ssm:UpdateServiceSetting'],
};

function statementsFor(scope: Construct, properties: AccountSettingsProperties): iam.PolicyStatement[] {
  const { DocumentSharing: ofDocuments, ...others } = properties;
  const names = Object.keys(others) as (keyof typeof ACTIONS)[];
  return [
    // They are about the account, and have no resources.
    ...(names.length > 0 ? [new iam.PolicyStatement({ actions: names.flatMap((name) => ACTIONS[name]), resources: ['*'] })] : []),
    ...(ofDocuments ? [mayChangeDocumentSharing(Stack.of(scope))] : []),
  ];
}

function mayChangeDocumentSharing(stack: Stack): iam.PolicyStatement {
  const resource = stack.formatArn({ service: 'ssm', resource: 'servicesetting', resourceName: DOCUMENT_SHARING.slice(1) });
  return new iam.PolicyStatement({ actions: [...ACTIONS.DocumentSharing], resources: [resource] });
}

/**
 * What the policy of the key of AWS for EBS says: whoever may use EBS in this account may have it use the key. Services that start
 * instances, such as Auto Scaling, come by this way as well.
 */
function letServicesUse(key: kms.IKey, stack: Stack): void {
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.AnyPrincipal()],
      actions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      resources: ['*'],
      conditions: {
        StringEquals: { 'kms:CallerAccount': stack.account, 'kms:ViaService': `ec2.${stack.region}.${stack.urlSuffix}` },
      },
    }),
  );
}
