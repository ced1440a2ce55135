import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';

const repository = (properties: JsonObject) => ({ Repository: { Type: 'AWS::ECR::Repository', Properties: { ...properties } } });

const excluding = (filter: Json) =>
  repository({
    ImageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
    ImageTagMutabilityExclusionFilters: [
      { ImageTagMutabilityExclusionFilterType: 'WILDCARD', ImageTagMutabilityExclusionFilterValue: filter },
    ],
  });

/** Whether a filter leaves tags out by their names, rather than all of them. */
function isNarrow({ string = '' }: Value): boolean {
  return /[^*]/.test(string);
}

export default defineRule({
  id: 'ECR.2',
  slug: 'ecr-tag-immutability',
  title: 'A tag of an image stays with that image',
  criteria: [Criterion.CC8_1, Criterion.CC6_8],
  control: 'change-management',
  severity: 'warning',
  resourceTypes: ['AWS::ECR::Repository'],
  rationale: 'A tag that can be moved lets somebody put another image under the name of the one that was tested and approved.',
  remediation: 'Set `imageTagMutability: ecr.TagMutability.IMMUTABLE`, with exceptions such as `latest` where needed.',
  references: ['Security Hub ECR.2', 'AWS Config ECR_PRIVATE_TAG_IMMUTABILITY_ENABLED', 'checkov CKV_AWS_51'],
  check: (repository) => [
    ...repository.at('ImageTagMutability').mustBe(['IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION']),
    ...repository
      .membersAt('ImageTagMutabilityExclusionFilters')
      .flatMap((each) => each.at('ImageTagMutabilityExclusionFilterValue').must('some tags', isNarrow, { absent: '' })),
  ],
  examples: {
    pass: {
      'tags are immutable': repository({ ImageTagMutability: 'IMMUTABLE' }),
      'tags are immutable, but for some': excluding('latest'),
    },
    fail: {
      'it is not mentioned': repository({}),
      'tags can be moved': repository({ ImageTagMutability: 'MUTABLE' }),
      'tags are immutable, but for all of them': excluding('*'),
    },
    undetermined: {
      'it is a parameter': withParameter('Tags', repository({ ImageTagMutability: { Ref: 'Tags' } })),
      'the tags that can be moved are a parameter': withParameter('Filter', excluding({ Ref: 'Filter' })),
    },
  },
});
