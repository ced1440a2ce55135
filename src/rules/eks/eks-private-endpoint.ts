import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import { defineRule } from '../rule';
import { AddressBlock } from '../shared/address-block';
import { CLUSTER_TYPES, clusterSetting } from '../shared/eks-cluster';
import { withParameter } from '../shared/iam-examples';

const EXPECTED = 'false, or only networks that are known';
const cluster = (network: JsonObject) => ({
  Cluster: { Type: 'AWS::EKS::Cluster', Properties: { ResourcesVpcConfig: { SubnetIds: ['subnet-1'], ...network } } },
});

export default defineRule({
  id: 'EKS.1',
  slug: 'eks-private-endpoint',
  title: 'The API of an EKS cluster cannot be reached from everywhere',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  resourceTypes: CLUSTER_TYPES,
  rationale:
    'Whoever reaches the API with a stolen token governs the cluster, and a flaw of the API is open to the whole internet.',
  remediation:
    'Set `endpointAccess: eks.EndpointAccess.PRIVATE`, or `eks.EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom(…)` with the networks that need it.',
  references: [
    'Security Hub EKS.1',
    'AWS Config EKS_ENDPOINT_NO_PUBLIC_ACCESS',
    'Control Tower CT.EKS.PR.1',
    'cdk-nag EKSClusterNoEndpointPublicAccess',
    'checkov CKV_AWS_38',
  ],
  check: (cluster) => {
    const endpoint = clusterSetting(cluster, 'ResourcesVpcConfig.EndpointPublicAccess');
    if (endpoint.boolean === false) return [];
    if (endpoint.isUnknown) return [endpoint.undetermined(EXPECTED)];
    const networks = clusterSetting(cluster, 'ResourcesVpcConfig.PublicAccessCidrs');
    if (networks.isUnknown) return [networks.undetermined(EXPECTED)];
    if (networks.items().length === 0) return [endpoint.fails(EXPECTED, 'the API is open to the whole internet')];
    const found = networks.items().flatMap((network): Observation[] => {
      const isWide = new AddressBlock(network).isWide;
      if (isWide === undefined) return [network.undetermined(EXPECTED)];
      return isWide ? [network.fails(EXPECTED, 'the API is open to far more than one network')] : [];
    });
    return found.length > 0
      ? found
      : [{ kind: 'note', resource: cluster, path: networks.path, text: 'the API answers only to the networks that are named' }];
  },
  examples: {
    pass: {
      'public access is off': cluster({ EndpointPublicAccess: false, EndpointPrivateAccess: true }),
      'public access is off, as CDK writes it': {
        Cluster: {
          Type: 'Custom::AWSCDK-EKS-Cluster',
          Properties: { Config: { resourcesVpcConfig: { endpointPublicAccess: false, endpointPrivateAccess: true } } },
        },
      },
      'only the office has access': cluster({ EndpointPublicAccess: true, PublicAccessCidrs: ['198.51.100.7/32'] }),
    },
    fail: {
      'public access is not mentioned': cluster({}),
      'public access is on': cluster({ EndpointPublicAccess: 'true' }),
      'the named network is the whole internet': cluster({ PublicAccessCidrs: ['198.51.100.7/32', '0.0.0.0/0'] }),
      'public access is on, as CDK writes it': {
        Cluster: {
          Type: 'Custom::AWSCDK-EKS-Cluster',
          Properties: { Config: { resourcesVpcConfig: { endpointPublicAccess: true, endpointPrivateAccess: true } } },
        },
      },
    },
    undetermined: {
      'public access is a parameter': withParameter('Public', cluster({ EndpointPublicAccess: { Ref: 'Public' } })),
      'the network is a parameter': withParameter('Office', cluster({ PublicAccessCidrs: [{ Ref: 'Office' }] })),
    },
  },
});
