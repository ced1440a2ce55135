import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';

const cluster = (ACLName?: Json) => ({
  Cluster: { Type: 'AWS::MemoryDB::Cluster', Properties: { ...(ACLName !== undefined && { ACLName }) } },
});

export default defineRule({
  id: 'MemoryDB.7',
  slug: 'memorydb-access-list',
  title: 'MemoryDB clusters ask who connects',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'strong-authentication',
  severity: 'error',
  resourceTypes: ['AWS::MemoryDB::Cluster'],
  rationale: 'The list `open-access` lets whoever reaches the port read and change everything.',
  remediation: 'Set `aclName` of `memorydb.CfnCluster` to a `memorydb.CfnACL` with users of your own.',
  references: ['AWS documentation: MemoryDB, access control lists', 'NIST 800-53 AC-3'],
  check: (cluster) => {
    const list = cluster.at('ACLName');
    if (list.target?.type === 'AWS::MemoryDB::ACL') return [];
    return list.must('an access control list of your own', ({ string }) => string?.toLowerCase() !== 'open-access');
  },
  examples: {
    pass: {
      'the list is named': cluster('orders'),
      'the list is of the template': {
        ...cluster({ Ref: 'List' }),
        List: { Type: 'AWS::MemoryDB::ACL', Properties: { ACLName: 'orders', UserNames: ['orders'] } },
      },
    },
    fail: {
      'everyone is let in': cluster('open-access'),
      'the list is not mentioned': cluster(),
      'everyone is let in in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: cluster({ 'Fn::If': ['IsProduction', 'orders', 'open-access'] }),
      },
    },
    undetermined: {
      'the list is a parameter': { Parameters: { List: { Type: 'String' } }, Resources: cluster({ Ref: 'List' }) },
    },
  },
});
