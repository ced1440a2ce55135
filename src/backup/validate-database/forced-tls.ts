import {
  type Parameter,
  paginateDescribeDBClusterParameters,
  paginateDescribeDBParameters,
  type RDSClient,
} from '@aws-sdk/client-rds';
import type { Check } from '../restore-messages';
import { check } from '../restore-shared/checks';
import type { Database } from './describe';

/** What forces clients to use TLS, by engine. */
function parameterOf(engine: string): string {
  return /mysql|mariadb/.test(engine) ? 'require_secure_transport' : 'rds.force_ssl';
}

/** Whether the parameter group of a database forces TLS. */
export async function forcesTls(rds: RDSClient, { parameterGroup, endpoint }: Database): Promise<Check> {
  const wanted = parameterOf(endpoint.engine);
  const { name, isOfCluster } = parameterGroup;
  const asked = `rds:${isOfCluster ? 'DescribeDBClusterParameters' : 'DescribeDBParameters'} ${name}`;
  for await (const { Parameters: parameters = [] } of pages(rds, name, isOfCluster)) {
    const found = parameters.find(({ ParameterName }) => ParameterName === wanted);
    if (found)
      return check(
        'TLS is forced by a parameter',
        asked,
        `${wanted} is on`,
        `${wanted} is ${found.ParameterValue ?? 'not set'}`,
        isOn(found),
      );
  }
  return check('TLS is forced by a parameter', asked, `${wanted} is on`, `there is no ${wanted}`, false);
}

function pages(client: RDSClient, name: string, isOfCluster: boolean) {
  return isOfCluster
    ? paginateDescribeDBClusterParameters({ client }, { DBClusterParameterGroupName: name })
    : paginateDescribeDBParameters({ client }, { DBParameterGroupName: name });
}

function isOn({ ParameterValue: value = '' }: Parameter): boolean {
  return /^(1|on|true)$/i.test(value);
}
