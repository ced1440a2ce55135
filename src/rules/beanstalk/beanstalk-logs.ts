import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';
import { environmentWith, mustHaveOption } from '../shared/option-settings';

const OPTION = { namespace: 'aws:elasticbeanstalk:cloudwatch:logs', name: 'StreamLogs' };
const site = (value: Json) => environmentWith([OPTION.namespace, OPTION.name, value]);

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
  examples: {
    pass: {
      'the environment says so': site('true'),
      'the configuration template says so': {
        Site: {
          Type: 'AWS::ElasticBeanstalk::Environment',
          Properties: { ApplicationName: 'shop', TemplateName: { Ref: 'Template' } },
        },
        Template: { ...site('true').Site, Type: 'AWS::ElasticBeanstalk::ConfigurationTemplate' },
      },
    },
    fail: { 'it is not mentioned': environmentWith(), 'the environment says otherwise': site('false') },
    undetermined: {
      'it is a parameter': withParameter('Option', site({ Ref: 'Option' })),
      'the configuration template is elsewhere': {
        Site: { Type: 'AWS::ElasticBeanstalk::Environment', Properties: { ApplicationName: 'shop', TemplateName: 'web' } },
      },
    },
  },
});
