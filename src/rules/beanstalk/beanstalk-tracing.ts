import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { mustHaveOption, optionExamples } from '../shared/option-settings';

const OPTION = { namespace: 'aws:elasticbeanstalk:xray', name: 'XRayEnabled' };

export default defineRule({
  id: 'Beanstalk.5',
  slug: 'beanstalk-tracing',
  title: 'Elastic Beanstalk traces requests with X-Ray',
  criteria: [Criterion.CC7_2, Criterion.CC4_1],
  control: 'resource-monitoring',
  severity: 'info',
  resourceTypes: ['AWS::ElasticBeanstalk::Environment'],
  rationale: 'A trace shows which part of an application was slow or failed, and which other parts it had to do with.',
  remediation: "Add `XRayEnabled: 'true'` in `aws:elasticbeanstalk:xray` to `optionSettings`.",
  references: ['ElectricEye ElasticBeanstalk.5'],
  check: (environment) => mustHaveOption(environment, OPTION, 'true'),
  examples: optionExamples(OPTION, 'true', 'false'),
});
