import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as macie from 'aws-cdk-lib/aws-macie';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct, type IDependable } from 'constructs';
import { AccountSetting } from '../functions/account-setting';
import { letDeliver } from './let-deliver';
import { refuseForMembers } from './refuse-for-members';
import { SecurityServiceMode } from './security-service-mode';
import { mayCreateServiceLinkedRole } from './service-linked-role';

/** Options of `SensitiveDataDiscovery`. */
export interface SensitiveDataDiscoveryProps {
  /**
   * Who turns Macie on. Where it is on already, `CREATE` fails, and `ADOPT` brings its settings up to those of this construct.
   *
   * @default SecurityServiceMode.CREATE
   */
  readonly mode?: SecurityServiceMode;

  /**
   * Whether Macie looks through samples of the objects in every bucket by itself, day by day. It is billed by bucket, by object that
   * is watched, and by data that is looked through.
   *
   * @default true
   */
  readonly automatedDiscovery?: boolean;

  /**
   * Whether Macie is turned on in every account of the organization, also in those that come later, with automated discovery where this
   * account has it. Only in the account of the delegated administrator of Macie. It stays so when the stack is deleted.
   *
   * @default false
   */
  readonly forOrganization?: boolean;

  /**
   * Where results are kept: what was looked through, and what was found where. Macie itself keeps them for 90 days. The policies of bucket
   * and key get what Macie needs; those of a bucket from outside of the app must have it.
   *
   * @default - results are kept by Macie only
   * @see https://docs.aws.amazon.com/macie/latest/user/discovery-results-repository-s3.html
   */
  readonly resultsBucket?: s3.IBucket;

  /**
   * What names of results begin with.
   *
   * @default macie
   */
  readonly resultsPrefix?: string;

  /**
   * What results are encrypted with.
   *
   * @default - the key of the bucket
   */
  readonly resultsKey?: kms.IKey;

  /**
   * Where alarms of the function are sent that changes what CloudFormation has no type for.
   *
   * @default - the topic of the environment; no alarms where it has none
   */
  readonly alarmTopic?: sns.ITopic;

  /**
   * Whether Macie stays on when the stack is deleted: deleting its session deletes all of its findings. With `DESTROY`, automated
   * discovery ends with the stack also where Macie was adopted.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE - it is deleted only when its first deployment fails
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Macie looks for personal data and secrets in buckets, and reports where they are.
 *
 * Findings are published every 15 minutes, to EventBridge and to Security Hub. CloudFormation knows only the session of Macie: a function
 * turns automated discovery on, and says where results are kept.
 *
 * What it creates: a session of Macie; a function that calls Macie, its role and log. What it costs in kind: Macie is billed by bucket
 * that it watches, by object, and by data that it looks through.
 *
 * Where the delegated administrator of the organization turns Macie on, say `SecurityServiceMode.DELEGATED`, and declare `macie-enabled`
 * as an inherited control in the options of the rule pack.
 *
 * @example
 * new SensitiveDataDiscovery(this, 'SensitiveData', { resultsBucket: new SecureBucket(this, 'Results') });
 *
 * @see https://docs.aws.amazon.com/macie/latest/user/what-is-macie.html
 */
export class SensitiveDataDiscovery extends Construct {
  /** The session; not set where it was adopted, or is left to an administrator. */
  public readonly session?: macie.CfnSession;

  /**
   * @param scope where it is made.
   * @param id its id in there.
   * @param props options.
   * @throws when something is asked for that only an administrator can do where Macie is left to one, and when there is no key to
   * encrypt results with.
   */
  constructor(scope: Construct, id: string, props: SensitiveDataDiscoveryProps = {}) {
    super(scope, id);
    const { mode = SecurityServiceMode.CREATE, automatedDiscovery = true, alarmTopic } = props;
    const { removalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE } = props;
    if (mode === SecurityServiceMode.DELEGATED) {
      refuseForMembers(props);
      return;
    }
    if (mode === SecurityServiceMode.CREATE) {
      this.session = new macie.CfnSession(this, 'Session', { status: 'ENABLED', findingPublishingFrequency: 'FIFTEEN_MINUTES' });
      this.session.applyRemovalPolicy(removalPolicy);
    }
    const { results, before } = this.keep(props);
    const adopts = mode === SecurityServiceMode.ADOPT;
    const settings = new AccountSetting(this, 'Settings', {
      handler: 'macie-settings',
      description: 'set what Macie looks for, and where it keeps results',
      resourceType: adopts ? 'Custom::Soc2MacieSession' : 'Custom::Soc2MacieSettings',
      properties: {
        ...(adopts ? { Status: 'ENABLED' } : {}),
        Adopt: adopts,
        AutomatedDiscovery: automatedDiscovery,
        SwitchOffOnDelete: removalPolicy === RemovalPolicy.DESTROY,
        ...(results ? { Results: results } : {}),
      },
      statements: [
        // None of them has resources.
        new iam.PolicyStatement({
          actions: [
            'macie2:GetMacieSession',
            'macie2:PutClassificationExportConfiguration',
            'macie2:PutFindingsPublicationConfiguration',
            'macie2:UpdateAutomatedDiscoveryConfiguration',
            ...(adopts ? ['macie2:UpdateMacieSession'] : []),
          ],
          resources: ['*'],
        }),
        mayCreateServiceLinkedRole(this, 'macie.amazonaws.com', 'AWSServiceRoleForAmazonMacie'),
      ],
      alarmTopic,
    });
    settings.node.addDependency(...before, ...(this.session ? [this.session] : []));
    if (props.forOrganization) this.extend(automatedDiscovery, alarmTopic).node.addDependency(settings);
  }

  private extend(discovers: boolean, alarmTopic?: sns.ITopic): AccountSetting {
    return new AccountSetting(this, 'Organization', {
      handler: 'macie-organization',
      description: 'turn Macie on in the accounts of the organization',
      resourceType: 'Custom::Soc2MacieOrganization',
      properties: { Account: Stack.of(this).account, AutomatedDiscovery: discovers },
      statements: [
        // None of them has resources.
        new iam.PolicyStatement({
          actions: [
            'macie2:CreateMember',
            'macie2:ListMembers',
            'macie2:UpdateAutomatedDiscoveryConfiguration',
            'macie2:UpdateMemberSession',
            'macie2:UpdateOrganizationConfiguration',
            'organizations:ListAccounts',
          ],
          resources: ['*'],
        }),
      ],
      alarmTopic,
    });
  }

  private keep({ resultsBucket: bucket, resultsKey, resultsPrefix = 'macie' }: SensitiveDataDiscoveryProps): Keeping {
    if (bucket === undefined) return { before: [] };
    const { partition, region, account } = Stack.of(this);
    const source = `arn:${partition}:macie2:${region}:${account}`;
    const { key, before } = letDeliver(this, {
      service: 'macie.amazonaws.com',
      sources: [`${source}:export-configuration:*`, `${source}:classification-job/*`],
      bucket,
      key: resultsKey,
      keyActions: ['kms:GenerateDataKey', 'kms:Encrypt'],
    });
    return { before, results: { BucketName: bucket.bucketName, KeyPrefix: resultsPrefix, KmsKeyArn: key.keyArn } };
  }
}

/** Where results are kept, and what has to be there before. */
interface Keeping {
  readonly before: readonly IDependable[];
  readonly results?: { readonly BucketName: string; readonly KeyPrefix: string; readonly KmsKeyArn: string };
}
