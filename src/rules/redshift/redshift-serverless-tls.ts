import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { configParameterExamples, mustHaveConfigParameter } from '../shared/workgroup-parameters';

const NAME = 'require_ssl';

export default defineRule({
  id: 'Redshift.15',
  slug: 'redshift-serverless-tls',
  title: 'Redshift Serverless accepts only TLS',
  criteria: [Criterion.CC6_7, Criterion.CC6_1],
  control: 'encryption-in-transit',
  severity: 'error',
  resourceTypes: ['AWS::RedshiftServerless::Workgroup'],
  rationale: 'Without TLS, passwords, queries and results cross the network in the clear, for everyone who can listen there.',
  remediation:
    "Add `{ parameterKey: 'require_ssl', parameterValue: 'true' }` to `configParameters` of `redshiftserverless.CfnWorkgroup`.",
  references: ['Security Hub RedshiftServerless.2', 'NIST 800-53 SC-8'],
  check: (workgroup) => mustHaveConfigParameter(workgroup, NAME),
  examples: configParameterExamples(NAME),
});
