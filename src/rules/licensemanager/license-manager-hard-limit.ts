import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';

const licenses = (properties: JsonObject) => ({
  Licenses: {
    Type: 'AWS::LicenseManager::LicenseConfiguration',
    Properties: { Name: 'database', LicenseCountingType: 'vCPU', ...properties },
  },
});

export default defineRule({
  id: 'LicenseManager.1',
  slug: 'license-manager-hard-limit',
  title: 'Licenses cannot be used beyond their number',
  criteria: [Criterion.CC5_3],
  control: 'asset-inventory',
  // A hard limit keeps servers from starting, also those that must.
  severity: 'info',
  resourceTypes: ['AWS::LicenseManager::LicenseConfiguration'],
  rationale: 'A limit that only counts tells of a broken contract; one that holds keeps it.',
  remediation: 'Set `licenseCount` and `licenseCountHardLimit: true` on the `CfnLicenseConfiguration`.',
  references: ['ElectricEye LicenseManager.1', 'ElectricEye LicenseManager.2', 'NIST 800-53 CM-10'],
  check: (licenses) => [...licenses.at('LicenseCount').mustBeAtLeast(1), ...licenses.at('LicenseCountHardLimit').mustBe(true)],
  examples: {
    pass: { 'the limit is hard': licenses({ LicenseCount: 16, LicenseCountHardLimit: true }) },
    fail: {
      'there is no limit': licenses({}),
      'the limit is soft': licenses({ LicenseCount: 16, LicenseCountHardLimit: false }),
      'the limit is hard but has no number': licenses({ LicenseCountHardLimit: 'true' }),
    },
    undetermined: {
      'the kind of limit is a parameter': {
        Parameters: { Hard: { Type: 'String' } },
        Resources: licenses({ LicenseCount: 16, LicenseCountHardLimit: { Ref: 'Hard' } }),
      },
    },
  },
});
