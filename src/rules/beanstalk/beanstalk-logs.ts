import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { mustHaveOption, optionExamples } from '../shared/option-settings';

const OPTION = { namespace: 'aws:elasticbeanstalk:cloudwatch:logs', name: 'StreamLogs' };

export default defineRule({
  id: 'Beanstalk.1',
  slug: 'beanstalk-logs',
  title: 'Elastic Beanstalk sends the logs of its servers to CloudWatch',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'application-logging',
  severity: 'error',
  resourceTypes: ['AWS::ElasticBeanstalk::Environment'],
  rationale: 'The servers of an environment come and go, and their logs go with them unless they are sent away at once.',
  remediation:
    "Add the option `StreamLogs: 'true'` in `aws:elasticbeanstalk:cloudwatch:logs` to `optionSettings`, with `RetentionInDays`.",
  references: [
    'Security Hub ElasticBeanstalk.3',
    'AWS Config ELASTIC_BEANSTALK_LOGS_TO_CLOUDWATCH',
    'Control Tower CT.ELASTICBEANSTALK.PR.3',
    'cdk-nag ElasticBeanstalkEC2InstanceLogsToS3',
  ],
  check: (environment) => mustHaveOption(environment, OPTION, 'true'),
  examples: optionExamples(OPTION, 'true', 'false'),
});
