import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { mustHaveOption, optionExamples } from '../shared/option-settings';

const OPTION = { namespace: 'aws:elasticbeanstalk:healthreporting:system', name: 'SystemType' };

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
  examples: optionExamples(OPTION, 'enhanced', 'basic'),
});
