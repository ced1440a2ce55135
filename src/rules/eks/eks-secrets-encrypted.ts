import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { anyOf } from '../../model/observation';
import { defineRule } from '../rule';
import { CLUSTER_TYPES, clusterSetting } from '../shared/eks-cluster';
import { withParameter } from '../shared/iam-examples';
import { isOlder } from '../shared/kubernetes-versions';

const cluster = (properties: JsonObject) => ({ Cluster: { Type: 'AWS::EKS::Cluster', Properties: { ...properties } } });
const key = (KeyArn: string) => ({ EncryptionConfig: [{ Provider: { KeyArn }, Resources: ['secrets'] }] });

export default defineRule({
  id: 'EKS.3',
  slug: 'eks-secrets-encrypted',
  title: 'EKS clusters encrypt what Kubernetes stores',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'encryption-at-rest',
  severity: 'error',
  resourceTypes: CLUSTER_TYPES,
  rationale: 'Passwords of programs lie in the store of Kubernetes; encrypted, a copy of the store shows none of them.',
  remediation:
    'Run Kubernetes 1.28 or later, or set `secretsEncryptionKey` to a KMS key. A deployed cluster takes a key once, and never gives it back.',
  references: [
    'Security Hub EKS.3',
    'AWS Config EKS_SECRETS_ENCRYPTED',
    'Control Tower CT.EKS.PR.2',
    'checkov CKV_AWS_58',
    'NIST 800-53 SC-28',
  ],
  check: (cluster) => {
    const version = clusterSetting(cluster, 'Version');
    const byDefault = version.must('1.28 or later', ({ string = '' }) => !isOlder(string, '1.28'), {
      absent: 'EKS creates clusters of the latest version, and encrypts all that they store since Kubernetes 1.28',
    });
    if (byDefault.every(({ kind }) => kind === 'note')) return byDefault;
    const keys = clusterSetting(cluster, 'EncryptionConfig');
    if (keys.isUnknown) return [keys.undetermined('a KMS key, or Kubernetes 1.28 or later')];
    const own = keys
      .items()
      .flatMap((each) => each.at(keys.path.includes('.Config.') ? 'provider.keyArn' : 'Provider.KeyArn').mustBeSet('a KMS key'));
    const plain = keys.fails('a KMS key, or Kubernetes 1.28 or later', 'Kubernetes before 1.28 stores secrets in plain text');
    return anyOf(keys.items().length > 0 ? [byDefault, own] : [byDefault], () => plain);
  },
  examples: {
    pass: {
      'the latest version is created': cluster({}),
      'the version encrypts by default': cluster({ Version: '1.34' }),
      'a key is named': cluster({ Version: '1.27', ...key('arn:aws:kms:eu-west-1:111122223333:key/1') }),
    },
    fail: {
      'the version is old': cluster({ Version: '1.27' }),
      'the version is old, and the key empty': cluster({ Version: '1.24', ...key('') }),
      'the version is old, as CDK writes it': {
        Cluster: { Type: 'Custom::AWSCDK-EKS-Cluster', Properties: { Config: { version: '1.27' } } },
      },
    },
    undetermined: { 'the version is a parameter': withParameter('Version', cluster({ Version: { Ref: 'Version' } })) },
  },
});
