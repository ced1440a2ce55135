import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { flagExamples } from '../shared/flag-examples';

const INSTANCE = 'AWS::Timestream::InfluxDBInstance';

export default defineRule({
  id: 'Timestream.2',
  slug: 'timestream-not-public',
  title: 'InfluxDB instances have no public address',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  resourceTypes: [INSTANCE, 'AWS::Timestream::InfluxDBCluster'],
  rationale: 'A database with a public address is one security group rule away from everyone who guesses passwords.',
  remediation:
    'Leave `publiclyAccessible` of the `timestream.CfnInfluxDBInstance` out, or set it to false, and reach the database from within the VPC.',
  references: ['AWS Well-Architected SEC05-BP01', 'NIST 800-53 SC-7'],
  check: (instance) =>
    instance.at('PubliclyAccessible').mustBe(false, { absent: 'an instance is private unless told otherwise' }),
  examples: flagExamples({ type: INSTANCE, path: 'PubliclyAccessible', wanted: false, safeByDefault: true }),
});
