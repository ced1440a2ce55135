import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter } from '../shared/deciding-examples';

const environment = (KmsKey: Json) => ({ Airflow: { Type: 'AWS::MWAA::Environment', Properties: { Name: 'nightly', KmsKey } } });

export default defineRule({
  id: 'MWAA.1',
  slug: 'mwaa-kms',
  title: 'Airflow environments are encrypted with a key of the account',
  criteria: [Criterion.CC6_1, Criterion.C1_1],
  control: 'key-management',
  severity: 'warning',
  resourceTypes: ['AWS::MWAA::Environment'],
  rationale:
    'Airflow keeps connections and their passwords; with the key of AWS, nobody sees who read them, and nobody can stop it.',
  remediation:
    'Set `kmsKey` on the `CfnEnvironment`. A deployed environment is replaced by that change, and its run history is lost.',
  references: ['ElectricEye MWAA.1', 'NIST 800-53 SC-12'],
  check: (environment) => environment.at('KmsKey').mustBeSet('a KMS key'),
  examples: {
    pass: {
      'a key is named': environment('arn:aws:kms:eu-west-1:111122223333:key/1'),
      'the key is of the same template': { ...environment({ 'Fn::GetAtt': ['Key', 'Arn'] }), Key: { Type: 'AWS::KMS::Key' } },
    },
    fail: { 'no key is named': environment({ Ref: 'AWS::NoValue' }), 'the key is empty': environment('') },
    undetermined: { 'the key is a parameter that may be empty': byParameter(environment) },
  },
});
