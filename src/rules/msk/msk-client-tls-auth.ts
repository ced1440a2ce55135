import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { anyOf } from '../../model/observation';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';

const METHODS = ['Tls.Enabled', 'Sasl.Iam.Enabled', 'Sasl.Scram.Enabled'];
const EXPECTED = 'IAM, certificates or passwords';

const cluster = (authentication: Json) => ({
  Cluster: { Type: 'AWS::MSK::Cluster', Properties: { ClusterName: 'events', ClientAuthentication: authentication } },
});
const AUTHORITY = 'arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/a';

export default defineRule({
  id: 'MSK.3',
  slug: 'msk-client-tls-auth',
  title: 'Kafka clients prove to MSK who they are',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'strong-authentication',
  severity: 'error',
  resourceTypes: ['AWS::MSK::Cluster'],
  rationale:
    'On a cluster without authentication, whatever gets into the network reads and writes every topic, and nobody knows who it was.',
  remediation:
    'Enable `sasl.iam`, `sasl.scram` or `tls` in `clientAuthentication` of the `CfnCluster`, and do not enable `unauthenticated`.',
  references: ['Security Hub MSK.6', 'AWS Config MSK_UNRESTRICTED_ACCESS_CHECK', 'ElectricEye MSK.3', 'NIST 800-53 IA-3'],
  check: (cluster) => {
    const authentication = cluster.at('ClientAuthentication');
    const open = authentication.at('Unauthenticated.Enabled').mustBe(false, { absent: '' });
    if (open.length > 0) return open;
    const certificates = authentication.at('Tls.Enabled').isAbsent
      ? [authentication.at('Tls.CertificateAuthorityArnList').mustBeSet('a certificate authority')]
      : [];
    return anyOf([...METHODS.map((method) => authentication.at(method).mustBe(true)), ...certificates], () =>
      authentication.fails(EXPECTED, 'clients are not asked who they are'),
    );
  },
  examples: {
    pass: {
      'clients have certificates': cluster({ Tls: { Enabled: true, CertificateAuthorityArnList: [AUTHORITY] } }),
      'clients have certificates, in short': cluster({ Tls: { CertificateAuthorityArnList: [AUTHORITY] } }),
      'clients have a role': cluster({ Sasl: { Iam: { Enabled: 'true' } }, Unauthenticated: { Enabled: false } }),
      'clients have a password': cluster({ Sasl: { Scram: { Enabled: true } } }),
    },
    fail: {
      'authentication is not mentioned': cluster({ Ref: 'AWS::NoValue' }),
      'no method is on': cluster({ Sasl: { Iam: { Enabled: false } }, Tls: { Enabled: false } }),
      'clients without a name are let in too': cluster({ Sasl: { Iam: { Enabled: true } }, Unauthenticated: { Enabled: true } }),
    },
    undetermined: { 'a parameter decides': byParameter((on) => cluster({ Sasl: { Iam: { Enabled: on } } })) },
  },
});
