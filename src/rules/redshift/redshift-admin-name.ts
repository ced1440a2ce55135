import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { fromJsonText } from '../shared/json-text';

const cluster = (MasterUsername: Json) => ({ Cluster: { Type: 'AWS::Redshift::Cluster', Properties: { MasterUsername } } });
const fromSecret = (username: string) => ({
  ...cluster({ 'Fn::Sub': '{{resolve:secretsmanager:${Secret}:SecretString:username}}' }),
  Secret: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: {
      GenerateSecretString: { SecretStringTemplate: JSON.stringify({ username }), GenerateStringKey: 'password' },
    },
  },
});

export default defineRule({
  id: 'Redshift.8',
  slug: 'redshift-admin-name',
  title: 'Redshift clusters do not use the default name of the administrator',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'identity-management',
  severity: 'warning',
  resourceTypes: ['AWS::Redshift::Cluster'],
  rationale: 'Whoever guesses passwords begins with the name that every cluster of a tutorial has.',
  remediation: 'Set `masterUsername` to another name than `awsuser`. A deployed cluster is replaced by that change.',
  references: ['Security Hub Redshift.8', 'AWS Config REDSHIFT_DEFAULT_ADMIN_CHECK', 'cdk-nag RedshiftClusterNonDefaultUsername'],
  check: (cluster) => {
    const name = cluster.at('MasterUsername');
    return inSecret(name).must("a name other than 'awsuser'", ({ string }) => string?.toLowerCase() !== 'awsuser', {
      absent: '',
    });
  },
  examples: {
    pass: {
      'the name is chosen': cluster('warehouse'),
      'the name in the secret is chosen': fromSecret('warehouse'),
    },
    fail: {
      'the name is the default': cluster('awsuser'),
      'the name in the secret is the default': fromSecret('awsuser'),
    },
    undetermined: {
      'the name is a parameter': { Parameters: { Name: { Type: 'String' } }, Resources: cluster({ Ref: 'Name' }) },
      'the name is in a secret that is elsewhere': cluster('{{resolve:secretsmanager:warehouse:SecretString:username}}'),
    },
  },
});

/** The name that a secret of the templates is generated with, where that is what is meant; else the name itself. */
function inSecret(name: Value): Value {
  const secret = name.mentions().find(({ type }) => type === 'AWS::SecretsManager::Secret');
  if (!secret || !/:SecretString:username\b/.test(name.text)) return name;
  const template = name.resource.view(secret).at('GenerateSecretString.SecretStringTemplate');
  const username = fromJsonText(template).at('username');
  return username.isAbsent ? name : username;
}
