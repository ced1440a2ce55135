import { Criterion } from '../../criteria/criterion';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { beanstalkEnvironment, mustHaveOption, optionExamples } from '../shared/option-settings';

const OPTION = { namespace: 'aws:autoscaling:launchconfiguration', name: 'DisableIMDSv1' };

/** Platforms of Amazon Linux 2023 have no IMDSv1 by default. */
const isRecent = (environment: Resource) =>
  ['SolutionStackName', 'PlatformArn'].some((path) => environment.at(path).text.includes('Amazon Linux 2023'));

const examples = optionExamples(OPTION, 'true', 'false');

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
    ...examples,
    pass: {
      ...examples.pass,
      'the platform has no IMDSv1 unless asked for': beanstalkEnvironment({
        SolutionStackName: '64bit Amazon Linux 2023 v6.6.0 running Node.js 22',
      }),
    },
  },
});
