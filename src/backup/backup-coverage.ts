import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import type * as backup from 'aws-cdk-lib/aws-backup';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { addAlarms } from '../defaults/alarms';
import { BundledFunction } from '../functions/bundled-function';
import { COVERAGE, COVERAGE_METRICS, COVERAGE_NAMESPACE, PROGRAM_DIMENSION } from './backup-coverage-settings';

/** What is looked at, and what is promised. */
export interface BackupCoverageProps {
  readonly plan: backup.CfnBackupPlan;
  readonly selection: backup.CfnBackupSelection;
  readonly vault: backup.IBackupVault;
  readonly rpo: Duration;
  /** The longest time between two backups, by design. */
  readonly hoursBetween: number;
  readonly alarmTopic?: sns.ITopic;
}

/** How long the first backup of a new resource may take, beyond the time until the plan runs. */
const GRACE_HOURS = 12;

/** Alarms look back for a week at most. */
const MOST_HOURS = 7 * 24;

/** A function that compares what is to be protected with the backups that there are, and alarms on backups that are missing. */
export class BackupCoverage extends Construct {
  public readonly function: BundledFunction;

  constructor(scope: Construct, id: string, props: BackupCoverageProps) {
    super(scope, id);
    const { plan, selection, vault, rpo, alarmTopic } = props;
    const rpoHours = rpo.toHours({ integral: false });
    const every = Duration.hours(rpoHours < 24 ? 1 : 6);
    this.function = new BundledFunction(this, 'Function', {
      handler: 'backup-coverage',
      description: 'Compare what is to be protected with the backups that there are',
      statements: statementsFor(Stack.of(this), plan, vault),
      environment: {
        [COVERAGE.plan]: plan.attrBackupPlanId,
        [COVERAGE.selection]: selection.attrSelectionId,
        [COVERAGE.vault]: vault.backupVaultName,
        [COVERAGE.program]: scope.node.path,
        [COVERAGE.rpo]: String(rpoHours),
      },
      timeout: Duration.minutes(15),
      deadLetters: true,
      alarmTopic,
    });
    new events.Rule(this, 'Schedule', {
      description: 'Look for backups that are missing',
      schedule: events.Schedule.rate(every),
      targets: [new targets.LambdaFunction(this.function)],
    });

    const metric = (metricName: string) =>
      new cloudwatch.Metric({
        namespace: COVERAGE_NAMESPACE,
        metricName,
        dimensionsMap: { [PROGRAM_DIMENSION]: scope.node.path },
        statistic: cloudwatch.Stats.MAXIMUM,
        period: every,
      });
    const evaluationPeriods = Math.ceil(Math.min(props.hoursBetween + GRACE_HOURS, MOST_HOURS) / every.toHours());
    addAlarms(this, alarmTopic, {
      BackupTooOld: {
        metric: metric(COVERAGE_METRICS.age),
        threshold: rpoHours,
        comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
        // One look may fall into the time in which a backup is being made.
        evaluationPeriods: 2,
        alarmDescription:
          `The newest backup of a resource of ${scope.node.path} is older than its recovery point objective of ${rpoHours} hours. ` +
          'The log group of the function names the resource: look at its backup jobs in AWS Backup.',
      },
      NoBackup: {
        metric: metric(COVERAGE_METRICS.unprotected),
        threshold: 1,
        comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods,
        treatMissingData: cloudwatch.TreatMissingData.BREACHING,
        alarmDescription:
          `A resource that ${scope.node.path} is to protect has no backup, or nobody looked. The log group of the function names ` +
          'the resource: look whether AWS Backup is opted in to its type, and whether its backup jobs fail.',
      },
      NothingToProtect: {
        metric: metric(COVERAGE_METRICS.population),
        threshold: 1,
        comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
        evaluationPeriods,
        alarmDescription:
          `${scope.node.path} finds nothing that it is to protect, so it backs up nothing. Look whether resources still have the tag ` +
          "that it selects by, and add them with 'protect'.",
      },
    });
  }
}

/** What the code of the function calls. */
function statementsFor(stack: Stack, plan: backup.CfnBackupPlan, vault: backup.IBackupVault): iam.PolicyStatement[] {
  const databases = stack.formatArn({
    service: 'rds',
    resource: 'db',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const may = (action: string, resource: string) => new iam.PolicyStatement({ actions: [action], resources: [resource] });
  return [
    may('backup:GetBackupSelection', plan.attrBackupPlanArn),
    may('backup:ListRecoveryPointsByBackupVault', vault.backupVaultArn),
    may('rds:DescribeDBInstances', databases),
    // The action knows no resources.
    may('tag:GetResources', '*'),
  ];
}
