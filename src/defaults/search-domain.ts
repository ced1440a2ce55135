import { RemovalPolicy } from 'aws-cdk-lib';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import { domainKey } from '../environment/domain-keys';
import type { Defaults } from './hardening';
import { searchLogs } from './search-logs';
import { withDefaults } from './with-defaults';

/** Versions that know neither encryption nor all the logs. */
const ANCIENT = /^Elasticsearch_[1-5]\./;

/** Instances whose disks are never encrypted. */
const UNENCRYPTED = /^(m3|r3|t2)\./;

/**
 * HTTPS with a current TLS policy only, updated by itself, with its logs in encrypted log groups, and encrypted with the data key.
 *
 * A domain that may be deployed keeps its encryption: the CDK's templates always say whether there is any, and CloudFormation deletes
 * a domain and makes an empty one when that changes. Users and nodes are left to the app: roles that may search lose access where
 * fine-grained access control is switched on, and nodes cost.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-opensearchservice-domain-encryptionatrestoptions.html
 */
export const searchDomainDefaults: Defaults<opensearch.DomainProps> = (own, hardening) => {
  const props = own as opensearch.DomainProps;
  const isAncient = ANCIENT.test(props.version.version);
  const { masterNodeInstanceType = '', dataNodeInstanceType = '' } = props.capacity ?? {};
  const isEncrypted = [masterNodeInstanceType, dataNodeInstanceType].every((type) => !UNENCRYPTED.test(type));
  return withDefaults(isAncient ? props : { ...props, logging: searchLogs(props, hardening) }, {
    ...(hardening.mayBeDeployed || isAncient || !isEncrypted
      ? {}
      : {
          ...(props.encryptionAtRest ? {} : { encryptionAtRest: { enabled: true, kmsKey: domainKey(hardening.scope, 'data') } }),
          nodeToNodeEncryption: true,
        }),
    enforceHttps: true,
    tlsSecurityPolicy: opensearch.TLSSecurityPolicy.TLS_1_2_PFS,
    enableAutoSoftwareUpdate: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
};
