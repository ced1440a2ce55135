import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { configParameterExamples, mustHaveConfigParameter } from '../shared/workgroup-parameters';

const NAME = 'enable_user_activity_logging';

export default defineRule({
  id: 'Redshift.14',
  slug: 'redshift-serverless-activity-logging',
  title: 'Redshift Serverless logs what users ask of the data',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'data-access-logging',
  severity: 'warning',
  resourceTypes: ['AWS::RedshiftServerless::Workgroup'],
  rationale: 'The log of connections says who came; what they read is in the log of activity only with this parameter.',
  remediation:
    "Add `{ parameterKey: 'enable_user_activity_logging', parameterValue: 'true' }` to `configParameters` of `redshiftserverless.CfnWorkgroup`.",
  references: ['ElectricEye Redshift-Serverless.6'],
  check: (workgroup) => mustHaveConfigParameter(workgroup, NAME),
  examples: configParameterExamples(NAME),
});
