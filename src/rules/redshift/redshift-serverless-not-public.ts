import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { flagExamples } from '../shared/flag-examples';

export default defineRule({
  id: 'Redshift.13',
  slug: 'redshift-serverless-not-public',
  title: 'Redshift Serverless workgroups are not public',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  resourceTypes: ['AWS::RedshiftServerless::Workgroup'],
  rationale: 'A data warehouse with a public address is one security group rule away from everyone who guesses passwords.',
  remediation: 'Leave `publiclyAccessible` of `redshiftserverless.CfnWorkgroup` at its default of `false`.',
  references: ['Security Hub RedshiftServerless.3', 'ElectricEye Redshift-Serverless.5'],
  check: (resource) =>
    resource.at('PubliclyAccessible').mustBe(false, { absent: 'a workgroup is private unless told otherwise' }),
  examples: flagExamples({
    type: 'AWS::RedshiftServerless::Workgroup',
    path: 'PubliclyAccessible',
    wanted: false,
    safeByDefault: true,
  }),
});
