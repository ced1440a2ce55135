import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { addAlarms } from '../defaults/alarms';
import { BundledFunction } from '../functions/bundled-function';
import { mayPut } from '../functions/may-put';
import { IMAGE_METRICS, PATCH_NAMESPACE, PATCH_VARIABLES } from './patch-settings';

interface ImageWatchProps {
  /** Days after which the newest image of a repository is stale. */
  readonly days: number;
  readonly bucket: s3.IBucket;
  readonly prefix: string;
  readonly alarmTopic?: sns.ITopic;
}

/** Looks once a day when the newest image of each repository was built: an image is patched by being built anew. */
export class ImageWatch extends Construct {
  constructor(scope: Construct, id: string, props: ImageWatchProps) {
    super(scope, id);
    const { days, bucket, prefix, alarmTopic } = props;
    const stack = Stack.of(this);
    const { account, region } = stack;
    const watch = new BundledFunction(this, 'WatchFunction', {
      handler: 'image-age',
      description: 'look when the newest image of each repository was built',
      statements: [
        new iam.PolicyStatement({
          actions: ['ecr:DescribeImages', 'ecr:DescribeRepositories'],
          resources: [
            stack.formatArn({
              service: 'ecr',
              resource: 'repository',
              resourceName: '*',
              arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
            }),
          ],
        }),
        ...mayPut(bucket, prefix),
      ],
      environment: {
        [PATCH_VARIABLES.imageDays]: String(days),
        [PATCH_VARIABLES.bucket]: bucket.bucketName,
        [PATCH_VARIABLES.prefix]: prefix,
      },
      timeout: Duration.minutes(15),
      memorySize: 512,
      deadLetters: true,
      alarmTopic,
    });
    new events.Rule(this, 'Daily', {
      description: 'Once a day, look at the age of images',
      schedule: events.Schedule.cron({ hour: '8', minute: '25' }),
      targets: [new targets.LambdaFunction(watch, { deadLetterQueue: watch.deadLetterQueue })],
    });
    const metric = (metricName: string, statistic: string = cloudwatch.Stats.MAXIMUM) =>
      new cloudwatch.Metric({ namespace: PATCH_NAMESPACE, metricName, statistic, period: Duration.days(1) });
    addAlarms(this, alarmTopic, {
      StaleImages: {
        metric: metric(IMAGE_METRICS.stale),
        threshold: 1,
        comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods: 1,
        treatMissingData: cloudwatch.TreatMissingData.IGNORE,
        alarmDescription:
          `The newest image of a repository in account ${account}, ${region}, is older than ${days} days, and with it what it is made of. ` +
          'The latest images.json in the evidence bucket names the repository: build the image anew on a newer base, deploy it, or delete the repository.',
      },
      ImagesNotCounted: {
        metric: metric(IMAGE_METRICS.repositories, cloudwatch.Stats.SAMPLE_COUNT),
        threshold: 1,
        comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
        evaluationPeriods: 2,
        treatMissingData: cloudwatch.TreatMissingData.BREACHING,
        alarmDescription: `Nobody looked at the age of images for two days in account ${account}, ${region}. After the first deployment that is so until the first look, at 08:25 UTC. Look at the log of ${watch.node.path}.`,
      },
    });
  }
}
