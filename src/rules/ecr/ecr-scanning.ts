import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { metBy } from '../../model/observation';
import { matches } from '../../model/policy';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';

const repository = (properties: JsonObject = {}) => ({
  Repository: { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: 'shop/web', ...properties } },
});
const registry = (frequency: Json, filter: string) => ({
  Registry: {
    Type: 'AWS::ECR::RegistryScanningConfiguration',
    Properties: {
      ScanType: 'ENHANCED',
      Rules: [{ ScanFrequency: frequency, RepositoryFilters: [{ Filter: filter, FilterType: 'WILDCARD' }] }],
    },
  },
});

export default defineRule({
  id: 'ECR.1',
  slug: 'ecr-scanning',
  title: 'Images are searched for known weaknesses when they are pushed',
  criteria: [Criterion.CC7_1, Criterion.CC3_2],
  control: 'vulnerability-management',
  severity: 'warning',
  resourceTypes: ['AWS::ECR::Repository'],
  inheritable: true,
  rationale: 'Most of an image was written by others; what is known to be broken in it should be found before it runs.',
  remediation:
    'Set `imageScanOnPush: true` on the repository, or scan the whole registry with a `CfnRegistryScanningConfiguration`; where another team has set up the registry, declare an inherited control.',
  references: [
    'Security Hub ECR.1',
    'AWS Config ECR_PRIVATE_IMAGE_SCANNING_ENABLED',
    'Control Tower CT.ECR.PR.2',
    'checkov CKV_AWS_163',
    'NIST 800-53 RA-5',
  ],
  check: (repository) => {
    const own = repository.at('ImageScanningConfiguration.ScanOnPush').mustBe(true);
    if (own.length === 0) return own;
    const scanning = repository.peers('AWS::ECR::RegistryScanningConfiguration').find((each) => scans(each, repository));
    return scanning ? [metBy(scanning, 'the registry scans the images of this repository')] : own;
  },
  examples: {
    pass: {
      'the repository scans': repository({ ImageScanningConfiguration: { ScanOnPush: true } }),
      'the registry scans': { ...repository(), ...registry('CONTINUOUS_SCAN', '*') },
      'the registry scans repositories of that name': { ...repository(), ...registry('SCAN_ON_PUSH', 'shop/*') },
    },
    fail: {
      'it is not mentioned': repository(),
      'it is off': repository({ ImageScanningConfiguration: { ScanOnPush: 'false' } }),
      'the registry scans other repositories': { ...repository(), ...registry('SCAN_ON_PUSH', 'office/*') },
      'the registry scans by hand': { ...repository(), ...registry('MANUAL', '*') },
    },
    undetermined: {
      'it is a parameter': withParameter('Scan', repository({ ImageScanningConfiguration: { ScanOnPush: { Ref: 'Scan' } } })),
    },
  },
});

/** A filter without a wildcard matches every name that contains it. */
function scans(registry: Resource, repository: Resource): boolean {
  const name = repository.at('RepositoryName').string;
  return registry
    .at('Rules')
    .items()
    .filter((rule) => ['SCAN_ON_PUSH', 'CONTINUOUS_SCAN'].includes(rule.at('ScanFrequency').string ?? ''))
    .flatMap((rule) => rule.at('RepositoryFilters').items())
    .flatMap((each) => each.at('Filter').string ?? [])
    .some((filter) => {
      if (name === undefined) return /^\*+$/.test(filter);
      return filter.includes('*') ? matches(filter, name) : name.includes(filter);
    });
}
