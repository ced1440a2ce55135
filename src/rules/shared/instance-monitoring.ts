import { anyOf, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { clusterOf } from './database-kinds';

/** Expect something of an instance, or of the cluster that says it for all its members. */
export function ofInstanceOrCluster(
  database: Resource,
  [own, ofCluster]: readonly [own: string, ofCluster: string],
  expect: (value: Value) => Observation[],
): Observation[] {
  const isInstance = database.type === 'AWS::RDS::DBInstance';
  const value = database.at(isInstance ? own : ofCluster);
  const alternatives = [expect(value)];
  const cluster = isInstance && !database.at('DBClusterIdentifier').isAbsent;
  if (cluster) {
    const target = clusterOf(database);
    alternatives.push(
      target
        ? expect(target.at(ofCluster))
        : [value.undetermined('as it is in the cluster', 'the cluster may say it for its members')],
    );
  }
  return anyOf(alternatives, () => alternatives[0].find(({ kind }) => kind === 'fail') ?? value.fails('on'));
}
