import { Criterion } from '../../criteria/criterion';
import { anyOf } from '../../model/observation';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';
import { emrCluster } from '../shared/emr-encryption';

const CLOUDWATCH = 'MonitoringConfiguration.CloudWatchLogConfiguration.Enabled';

export default defineRule({
  id: 'EMR.8',
  slug: 'emr-logging',
  title: 'EMR clusters keep their logs outside of the cluster',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'application-logging',
  severity: 'error',
  resourceTypes: ['AWS::EMR::Cluster'],
  rationale: 'Logs that are only on the nodes are gone when the cluster ends, which for most is every night.',
  remediation:
    'Set `logUri` to a bucket, or `monitoringConfiguration.cloudWatchLogConfiguration.enabled` to true, on the cluster.',
  references: ['ElectricEye EMR.7', 'cdk-nag EMRS3AccessLogging', 'NIST 800-53 AU-12'],
  check: (cluster) => {
    const uri = cluster.at('LogUri');
    return anyOf([uri.mustBeSet('a folder in S3'), cluster.at(CLOUDWATCH).mustBe(true)], () =>
      uri.fails('a folder in S3, or logs in CloudWatch', 'logs are kept on the nodes only'),
    );
  },
  examples: {
    pass: {
      'logs go to S3': emrCluster({ LogUri: 's3://emr-logs/nightly/' }),
      'logs go to CloudWatch': emrCluster({ MonitoringConfiguration: { CloudWatchLogConfiguration: { Enabled: true } } }),
    },
    fail: {
      'logs are not mentioned': emrCluster({}),
      'logs to CloudWatch are off': emrCluster({ MonitoringConfiguration: { CloudWatchLogConfiguration: { Enabled: false } } }),
    },
    undetermined: { 'the folder is a parameter': byParameter((LogUri) => emrCluster({ LogUri })) },
  },
});
