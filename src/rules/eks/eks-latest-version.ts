import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { CLUSTER_TYPES, clusterSetting } from '../shared/eks-cluster';
import { withParameter } from '../shared/iam-examples';
import { isOlder, OLDEST_SUPPORTED } from '../shared/kubernetes-versions';

const cluster = (properties: JsonObject) => ({ Cluster: { Type: 'AWS::EKS::Cluster', Properties: { ...properties } } });

export default defineRule({
  id: 'EKS.4',
  slug: 'eks-latest-version',
  title: 'EKS clusters run a version of Kubernetes in standard support',
  criteria: [Criterion.CC7_1],
  control: 'patch-management',
  severity: 'warning',
  resourceTypes: CLUSTER_TYPES,
  rationale:
    'The community mends flaws in its latest versions only; one that it has given up gathers known flaws, at extra charge.',
  remediation: 'Set `version` to one that EKS supports, one step at a time: EKS upgrades a cluster by one minor version.',
  references: ['Security Hub EKS.2', 'AWS Config EKS_CLUSTER_SUPPORTED_VERSION', 'NIST 800-53 SI-2'],
  check: (cluster) =>
    clusterSetting(cluster, 'Version').must(
      `${OLDEST_SUPPORTED} or later`,
      ({ string = '' }) => /^\d+\.\d+/.test(string) && !isOlder(string, OLDEST_SUPPORTED),
      { absent: 'EKS creates clusters of the latest version' },
    ),
  examples: {
    pass: {
      'the version is supported': cluster({ Version: '1.36' }),
      'the latest version is created': cluster({}),
    },
    fail: {
      'the version is out of support': cluster({ Version: '1.29' }),
      'the version is far out of support': cluster({ Version: 1.9 }),
      'the version is out of support, as CDK writes it': {
        Cluster: { Type: 'Custom::AWSCDK-EKS-Cluster', Properties: { Config: { version: '1.31' } } },
      },
    },
    undetermined: { 'the version is a parameter': withParameter('Version', cluster({ Version: { Ref: 'Version' } })) },
  },
});
