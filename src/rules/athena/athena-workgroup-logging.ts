import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';

const workgroup = (PublishCloudWatchMetricsEnabled: Json) => ({
  Group: {
    Type: 'AWS::Athena::WorkGroup',
    Properties: { Name: 'finance', WorkGroupConfiguration: { PublishCloudWatchMetricsEnabled } },
  },
});

export default defineRule({
  id: 'Athena.1',
  slug: 'athena-workgroup-logging',
  title: 'Athena workgroups publish metrics of their queries',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'resource-monitoring',
  severity: 'warning',
  resourceTypes: ['AWS::Athena::WorkGroup'],
  rationale: 'Somebody who copies a table by queries shows in how much data a workgroup reads, if it is measured.',
  remediation: 'Set `workGroupConfiguration.publishCloudWatchMetricsEnabled` to true.',
  references: ['Security Hub Athena.4', 'AWS Config ATHENA_WORKGROUP_LOGGING_ENABLED', 'NIST 800-53 AU-12'],
  check: (group) => group.at('WorkGroupConfiguration.PublishCloudWatchMetricsEnabled').mustBe(true),
  examples: {
    pass: { 'metrics are published': workgroup(true) },
    fail: {
      'metrics are not mentioned': { Group: { Type: 'AWS::Athena::WorkGroup', Properties: { Name: 'finance' } } },
      'metrics are off': workgroup('false'),
    },
    undetermined: { 'whether metrics are published is a parameter': byParameter(workgroup) },
  },
});
