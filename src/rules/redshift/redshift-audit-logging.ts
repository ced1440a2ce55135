import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { mustInclude } from '../shared/included-names';

const LOGS = ['connectionlog', 'userlog'];

const cluster = (LoggingProperties?: Json) => ({
  Cluster: { Type: 'AWS::Redshift::Cluster', Properties: { ...(LoggingProperties !== undefined && { LoggingProperties }) } },
});

export default defineRule({
  id: 'Redshift.2',
  slug: 'redshift-audit-logging',
  title: 'Redshift clusters write an audit log',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'data-access-logging',
  severity: 'error',
  resourceTypes: ['AWS::Redshift::Cluster'],
  rationale: 'Who connected and who changed users is only known from the log of the cluster, and by default there is none.',
  remediation:
    "Set `loggingProperties` of `redshift.CfnCluster`: a `bucketName`, or `logDestinationType: 'cloudwatch'` with `logExports: ['connectionlog', 'userlog', 'useractivitylog']`.",
  references: [
    'Security Hub Redshift.4',
    'AWS Config REDSHIFT_AUDIT_LOGGING_ENABLED',
    'cdk-nag RedshiftClusterAuditLogging',
    'Checkov CKV_AWS_71',
  ],
  check: (cluster) => {
    const logging = cluster.at('LoggingProperties');
    const destination = logging.at('LogDestinationType');
    if (logging.isAbsent) return [logging.fails('a bucket or CloudWatch Logs', 'the cluster writes no audit log')];
    if (destination.isUnknown) return [destination.undetermined("'cloudwatch' or 's3'")];
    if (destination.string?.toLowerCase() === 'cloudwatch') return mustInclude(logging.at('LogExports'), LOGS);
    return logging.at('BucketName').mustBeSet('a bucket');
  },
  examples: {
    pass: {
      'logs go to a bucket': cluster({ BucketName: 'logs', S3KeyPrefix: 'redshift/' }),
      'logs go to CloudWatch Logs': cluster({ LogDestinationType: 'cloudwatch', LogExports: [...LOGS, 'useractivitylog'] }),
    },
    fail: {
      'logging is not mentioned': cluster(),
      'the bucket is missing': cluster({ S3KeyPrefix: 'redshift/' }),
      'the log of connections is left out': cluster({ LogDestinationType: 'cloudwatch', LogExports: ['userlog'] }),
      'logging is off in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: cluster({ 'Fn::If': ['IsProduction', { BucketName: 'logs' }, { Ref: 'AWS::NoValue' }] }),
      },
    },
    undetermined: {
      'the bucket is a parameter that may be empty': {
        Parameters: { Bucket: { Type: 'String' } },
        Resources: cluster({ BucketName: { Ref: 'Bucket' } }),
      },
      'the destination is a parameter': {
        Parameters: { Destination: { Type: 'String' } },
        Resources: cluster({ LogDestinationType: { Ref: 'Destination' }, BucketName: 'logs' }),
      },
    },
  },
});
