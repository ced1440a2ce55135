import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';

const environment = (WebserverAccessMode: Json) => ({
  Airflow: { Type: 'AWS::MWAA::Environment', Properties: { Name: 'nightly', WebserverAccessMode } },
});

export default defineRule({
  id: 'MWAA.2',
  slug: 'mwaa-private',
  title: 'The web interface of Airflow is not on the internet',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-boundary',
  // IAM still asks who it is.
  severity: 'warning',
  resourceTypes: ['AWS::MWAA::Environment'],
  rationale:
    'Whoever is in that interface runs code with the role of the environment, and sees the connections to all that it works on.',
  remediation: 'Leave out `webserverAccessMode`, or set it to `PRIVATE_ONLY`, and reach the interface through the VPC.',
  references: ['ElectricEye MWAA.2', 'NIST 800-53 SC-7'],
  check: (environment) =>
    environment.at('WebserverAccessMode').mustBe('PRIVATE_ONLY', { absent: 'the interface is private unless it is made public' }),
  examples: {
    pass: { 'the interface is private': environment('PRIVATE_ONLY'), 'nothing is said': environment({ Ref: 'AWS::NoValue' }) },
    fail: {
      'the interface is public': environment('PUBLIC_ONLY'),
      'the interface is public as well': environment('PUBLIC_AND_PRIVATE'),
    },
    undetermined: { 'the mode is a parameter': byParameter(environment) },
  },
});
