import type { Json } from '../../model/json';

/** A Redshift cluster with a parameter group, which is named, or has a parameter. */
export function redshiftCluster(ClusterParameterGroupName?: Json) {
  return {
    Cluster: { Type: 'AWS::Redshift::Cluster', Properties: { ...(ClusterParameterGroupName && { ClusterParameterGroupName }) } },
  };
}

export function redshiftGroup(family: string, ...parameters: (readonly [name: string, value: Json])[]) {
  return {
    ...redshiftCluster({ Ref: 'Group' }),
    Group: {
      Type: 'AWS::Redshift::ClusterParameterGroup',
      Properties: {
        ParameterGroupFamily: family,
        Parameters: parameters.map(([ParameterName, ParameterValue]) => ({ ParameterName, ParameterValue })),
      },
    },
  };
}
