import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { flagExamples } from '../shared/flag-examples';

const { pass, fail, undetermined } = flagExamples({
  type: 'AWS::Neptune::DBInstance',
  path: 'PubliclyAccessible',
  wanted: false,
  safeByDefault: true,
});
const graph = (PublicConnectivity: boolean) => ({
  Graph: { Type: 'AWS::NeptuneGraph::Graph', Properties: { PublicConnectivity } },
});

export default defineRule({
  id: 'Neptune.11',
  slug: 'neptune-not-public',
  title: 'Neptune databases are not public',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  resourceTypes: ['AWS::Neptune::DBInstance', 'AWS::NeptuneGraph::Graph'],
  rationale: 'What the internet can reach is attacked; a database has no reason to be reached from there.',
  remediation: 'Leave `publiclyAccessible` of an instance, and `publicConnectivity` of a graph, at its default of `false`.',
  references: ['AWS documentation: Neptune, public endpoints', 'NIST 800-53 AC-4'],
  check: (database) =>
    database
      .at(database.type === 'AWS::Neptune::DBInstance' ? 'PubliclyAccessible' : 'PublicConnectivity')
      .mustBe(false, { absent: 'Neptune is private unless told otherwise' }),
  examples: {
    pass: { ...pass, 'a graph is private': graph(false) },
    fail: { ...fail, 'a graph is public': graph(true) },
    undetermined,
  },
});
