import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';

/** Those of 2015 and 2019 have expired; the present ones have no year in their names. */
const EXPIRED = /^rds-ca-20\d\d/;

const instance = (properties: object) => ({
  Database: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', ...properties } },
});

export default defineRule({
  id: 'RDS.14',
  slug: 'rds-ca-current',
  title: 'RDS and DocumentDB instances have a certificate of a present authority',
  criteria: [Criterion.CC6_7],
  control: 'encryption-in-transit',
  severity: 'warning',
  resourceTypes: ['AWS::RDS::DBInstance', 'AWS::DocDB::DBInstance'],
  rationale:
    'Clients that check the certificate cannot connect to a database whose authority has expired; the others have stopped checking.',
  remediation: 'Leave `caCertificate` out, or set it to `CaCertificate.RDS_CA_RSA2048_G1` or a later one.',
  references: ['Checkov CKV_AWS_211', 'AWS documentation: RDS, rotating certificates'],
  check: (instance) =>
    instance
      .at('CACertificateIdentifier')
      .must("an authority such as 'rds-ca-rsa2048-g1'", ({ string }) => !EXPIRED.test(string ?? ''), {
        absent: 'RDS uses the default authority of the account, which is a present one',
      }),
  examples: {
    pass: {
      'the authority is not mentioned': instance({}),
      'the authority is a present one': instance({ CACertificateIdentifier: 'rds-ca-ecc384-g1' }),
    },
    fail: {
      'the authority expired in 2024': instance({ CACertificateIdentifier: 'rds-ca-2019' }),
      'the authority expired in 2020': instance({ CACertificateIdentifier: 'rds-ca-2015' }),
      'the authority of an instance of DocumentDB has expired': {
        Database: { Type: 'AWS::DocDB::DBInstance', Properties: { CACertificateIdentifier: 'rds-ca-2019' } },
      },
      'the authority has expired in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: instance({ CACertificateIdentifier: { 'Fn::If': ['IsProduction', 'rds-ca-rsa2048-g1', 'rds-ca-2019'] } }),
      },
    },
    undetermined: {
      'the authority is a parameter': {
        Parameters: { Authority: { Type: 'String' } },
        Resources: instance({ CACertificateIdentifier: { Ref: 'Authority' } }),
      },
    },
  },
});
