import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { mustHaveOption, optionExamples } from '../shared/option-settings';

const OPTION = { namespace: 'aws:elasticbeanstalk:managedactions', name: 'ManagedActionsEnabled' };

export default defineRule({
  id: 'Beanstalk.2',
  slug: 'beanstalk-managed-updates',
  title: 'Elastic Beanstalk keeps its platform up to date',
  criteria: [Criterion.CC7_1],
  control: 'patch-management',
  severity: 'warning',
  resourceTypes: ['AWS::ElasticBeanstalk::Environment'],
  rationale: 'The platform is the operating system, the web server and the language: left alone, each gathers known flaws.',
  remediation:
    "Add `ManagedActionsEnabled: 'true'` and `PreferredStartTime` in `aws:elasticbeanstalk:managedactions` to `optionSettings`, and `UpdateLevel` in `aws:elasticbeanstalk:managedactions:platformupdate`.",
  references: [
    'Security Hub ElasticBeanstalk.2',
    'AWS Config ELASTIC_BEANSTALK_MANAGED_UPDATES_ENABLED',
    'Control Tower CT.ELASTICBEANSTALK.PR.2',
    'cdk-nag ElasticBeanstalkManagedUpdatesEnabled',
    'checkov CKV_AWS_340',
  ],
  check: (environment) => mustHaveOption(environment, OPTION, 'true'),
  examples: optionExamples(OPTION, 'true', 'false'),
});
