import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';
import { environmentWith, mustHaveOption } from '../shared/option-settings';

const OPTION = { namespace: 'aws:elasticbeanstalk:healthreporting:system', name: 'SystemType' };
const site = (value: Json) => environmentWith([OPTION.namespace, OPTION.name, value]);

export default defineRule({
  id: 'Beanstalk.3',
  slug: 'beanstalk-health',
  title: 'Elastic Beanstalk watches the health of its servers closely',
  criteria: [Criterion.CC7_2, Criterion.CC4_1],
  control: 'resource-monitoring',
  severity: 'warning',
  resourceTypes: ['AWS::ElasticBeanstalk::Environment'],
  rationale:
    'Basic health is one sign from the load balancer; enhanced health sees errors, load and failed deployments of every server.',
  remediation: "Add `SystemType: 'enhanced'` in `aws:elasticbeanstalk:healthreporting:system` to `optionSettings`.",
  references: [
    'Security Hub ElasticBeanstalk.1',
    'AWS Config BEANSTALK_ENHANCED_HEALTH_REPORTING_ENABLED',
    'Control Tower CT.ELASTICBEANSTALK.PR.1',
    'cdk-nag ElasticBeanstalkEnhancedHealthReportingEnabled',
    'checkov CKV_AWS_312',
  ],
  check: (environment) => mustHaveOption(environment, OPTION, 'enhanced'),
  examples: {
    pass: {
      'the environment says so': site('enhanced'),
      'the configuration template says so': {
        Site: {
          Type: 'AWS::ElasticBeanstalk::Environment',
          Properties: { ApplicationName: 'shop', TemplateName: { Ref: 'Template' } },
        },
        Template: { ...site('enhanced').Site, Type: 'AWS::ElasticBeanstalk::ConfigurationTemplate' },
      },
    },
    fail: { 'it is not mentioned': environmentWith(), 'the environment says otherwise': site('basic') },
    undetermined: {
      'it is a parameter': withParameter('Option', site({ Ref: 'Option' })),
      'the configuration template is elsewhere': {
        Site: { Type: 'AWS::ElasticBeanstalk::Environment', Properties: { ApplicationName: 'shop', TemplateName: 'web' } },
      },
    },
  },
});
