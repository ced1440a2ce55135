import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { passwordExamples, writtenPasswords } from '../shared/written-password';

export default defineRule({
  id: 'Timestream.1',
  slug: 'timestream-no-plaintext-password',
  title: 'Passwords of InfluxDB instances are not written into templates',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'secret-management',
  severity: 'error',
  ...writtenPasswords({ 'AWS::Timestream::InfluxDBCluster': ['Password'], 'AWS::Timestream::InfluxDBInstance': ['Password'] }),
  rationale: 'Whoever has the first password of the database has all its data, and a template is read by many and kept for ever.',
  remediation: 'Pass `SecretValue.secretsManager("…").unsafeUnwrap()` as the `password` of the `timestream.CfnInfluxDBInstance`.',
  references: ['CWE-798', 'AWS Well-Architected SEC02-BP03', 'NIST 800-53 IA-5'],
  examples: passwordExamples((Password) => ({
    Database: { Type: 'AWS::Timestream::InfluxDBInstance', Properties: { Username: 'admin', Password } },
  })),
});
