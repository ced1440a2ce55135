import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { flagExamples } from '../shared/flag-examples';

const SHARE = 'AWS::RAM::ResourceShare';

export default defineRule({
  id: 'RAM.1',
  slug: 'ram-share-no-external',
  title: 'Resource shares admit nobody from outside the organisation',
  criteria: [Criterion.CC6_6, Criterion.CC6_1, Criterion.CC6_3],
  control: 'public-exposure',
  severity: 'warning',
  resourceTypes: [SHARE],
  rationale: 'A share that admits other organisations needs only one wrong account number to give a subnet or a database away.',
  remediation:
    'Set `allowExternalPrincipals: false` on the `ram.CfnResourceShare`; without it, RAM admits any account. Record an exception for a partner with whom sharing is agreed.',
  references: ['ElectricEye RAM.2', 'NIST 800-53 AC-4'],
  check: (share) => share.at('AllowExternalPrincipals').mustBe(false),
  examples: flagExamples({ type: SHARE, path: 'AllowExternalPrincipals', wanted: false, properties: { Name: 'network' } }),
});
