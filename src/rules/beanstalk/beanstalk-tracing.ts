import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';
import { environmentWith, mustHaveOption } from '../shared/option-settings';

const OPTION = { namespace: 'aws:elasticbeanstalk:xray', name: 'XRayEnabled' };
const site = (value: Json) => environmentWith([OPTION.namespace, OPTION.name, value]);

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
