import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';
import { environmentWith, mustHaveOption } from '../shared/option-settings';

const OPTION = { namespace: 'aws:autoscaling:launchconfiguration', name: 'DisableIMDSv1' };
const site = (value: Json) => environmentWith([OPTION.namespace, OPTION.name, value]);

/** Platforms of Amazon Linux 2023 have no IMDSv1 by default. */
const isRecent = (environment: Resource) =>
  ['SolutionStackName', 'PlatformArn'].some((path) => environment.at(path).text.includes('Amazon Linux 2023'));

export default defineRule({
  id: 'Beanstalk.4',
  slug: 'beanstalk-imdsv2',
  title: 'Servers of Elastic Beanstalk require IMDSv2',
  criteria: [Criterion.CC6_1, Criterion.CC6_6],
  control: 'host-access',
  severity: 'error',
  resourceTypes: ['AWS::ElasticBeanstalk::Environment'],
  rationale:
    'IMDSv1 gives the credentials of a server to any request that can be forged, and a web server takes requests from anybody.',
  remediation: "Add `DisableIMDSv1: 'true'` in `aws:autoscaling:launchconfiguration` to `optionSettings`.",
  references: ['ElectricEye ElasticBeanstalk.1', 'Security Hub EC2.8', 'NIST 800-53 AC-3'],
  check: (environment) =>
    mustHaveOption(
      environment,
      OPTION,
      'true',
      isRecent(environment) ? 'Amazon Linux 2023 has no IMDSv1 unless asked for' : undefined,
    ),
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
      'the platform has no IMDSv1 unless asked for': {
        Site: {
          Type: 'AWS::ElasticBeanstalk::Environment',
          Properties: { ApplicationName: 'shop', SolutionStackName: '64bit Amazon Linux 2023 v6.6.0 running Node.js 22' },
        },
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
