import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { scanExamples } from '../shared/inspector-examples';
import { INSPECTOR_SWITCHES, mustScan } from '../shared/inspector-scans';

export default defineRule({
  id: 'Inspector.4',
  slug: 'inspector-lambda',
  title: 'Inspector scans Lambda functions',
  criteria: [Criterion.CC7_1],
  control: 'vulnerability-management',
  severity: 'info',
  scope: 'environment',
  resourceTypes: INSPECTOR_SWITCHES,
  rationale:
    'A function that nobody deploys for a year keeps the packages of that year, and AWS patches its runtime but not them.',
  remediation:
    'Add `LAMBDA` to the `resourceTypes` of the call that enables Inspector2, or `lambda_standard_scanning` to the INSPECTOR_POLICY; or declare who scans the functions as an inherited control of `inspector-lambda`.',
  references: [
    'Security Hub Inspector.4',
    'AWS Config INSPECTOR_LAMBDA_STANDARD_SCAN_ENABLED',
    'ElectricEye InspectorV2.4',
    'NIST 800-53 RA-5',
  ],
  check: (environment) => mustScan(environment, 'inspector-lambda', ['LAMBDA']),
  examples: scanExamples('AWS::Lambda::Function', ['LAMBDA', 'lambda_standard_scanning'], ['EC2', 'ec2_scanning']),
});
