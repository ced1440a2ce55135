import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { scanExamples } from '../shared/inspector-examples';
import { INSPECTOR_SWITCHES, mustScan } from '../shared/inspector-scans';

export default defineRule({
  id: 'Inspector.2',
  slug: 'inspector-ec2',
  title: 'Inspector scans servers',
  criteria: [Criterion.CC7_1],
  control: 'vulnerability-management',
  severity: 'warning',
  scope: 'environment',
  resourceTypes: INSPECTOR_SWITCHES,
  rationale:
    'Packages on a server age from the day it starts, and nobody rebuilds it because of a weakness that nobody knows of.',
  remediation:
    'Add `EC2` to the `resourceTypes` of the call that enables Inspector2, or `ec2_scanning` to the INSPECTOR_POLICY; or declare who scans the servers as an inherited control of `inspector-ec2`. Deep inspection comes with it, by way of the SSM agent.',
  references: [
    'Security Hub Inspector.1',
    'AWS Config INSPECTOR_EC2_SCAN_ENABLED',
    'ElectricEye InspectorV2.2',
    'NIST 800-53 RA-5',
  ],
  check: (environment) => mustScan(environment, 'inspector-ec2', ['EC2']),
  examples: scanExamples('AWS::EC2::Instance', ['EC2', 'ec2_scanning'], ['LAMBDA', 'lambda_standard_scanning']),
});
