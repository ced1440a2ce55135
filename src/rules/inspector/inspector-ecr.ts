import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { scanExamples } from '../shared/inspector-examples';
import { INSPECTOR_SWITCHES, mustScan } from '../shared/inspector-scans';

export default defineRule({
  id: 'Inspector.3',
  slug: 'inspector-ecr',
  title: 'Inspector scans container images',
  criteria: [Criterion.CC7_1],
  control: 'vulnerability-management',
  severity: 'info',
  scope: 'environment',
  resourceTypes: INSPECTOR_SWITCHES,
  rationale:
    'An image is scanned when it is pushed, but the weakness in it may become known a month later; Inspector scans again.',
  remediation:
    'Add `ECR` to the `resourceTypes` of the call that enables Inspector2, or `ecr_scanning` to the INSPECTOR_POLICY; or declare who scans the images as an inherited control of `inspector-ecr`.',
  references: [
    'Security Hub Inspector.2',
    'AWS Config INSPECTOR_ECR_SCAN_ENABLED',
    'ElectricEye InspectorV2.3',
    'NIST 800-53 RA-5',
  ],
  check: (environment) => mustScan(environment, 'inspector-ecr', ['ECR']),
  examples: scanExamples('AWS::ECR::Repository', ['ECR', 'ecr_scanning'], ['EC2', 'ec2_scanning']),
});
