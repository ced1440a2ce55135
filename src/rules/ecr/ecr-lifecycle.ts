import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';

const repository = (properties: JsonObject) => ({ Repository: { Type: 'AWS::ECR::Repository', Properties: { ...properties } } });

export default defineRule({
  id: 'ECR.3',
  slug: 'ecr-lifecycle',
  title: 'Repositories of images drop what is no longer needed',
  criteria: [Criterion.C1_2, Criterion.CC7_1],
  control: 'data-retention',
  severity: 'info',
  resourceTypes: ['AWS::ECR::Repository'],
  rationale: 'Old images keep the weaknesses that newer ones are rid of, and nothing stops anybody from starting them again.',
  remediation: 'Add `lifecycleRules: [{ maxImageCount }]` to the repository.',
  references: ['Security Hub ECR.3', 'AWS Config ECR_PRIVATE_LIFECYCLE_POLICY_CONFIGURED', 'Control Tower CT.ECR.PR.1'],
  check: (repository) => repository.at('LifecyclePolicy.LifecyclePolicyText').mustBeSet('a lifecycle policy'),
  examples: {
    pass: { 'there is a policy': repository({ LifecyclePolicy: { LifecyclePolicyText: '{"rules":[]}' } }) },
    fail: {
      'there is no policy': repository({}),
      'the policy is empty': repository({ LifecyclePolicy: { LifecyclePolicyText: '' } }),
    },
    undetermined: {
      'the policy is a parameter': withParameter(
        'Policy',
        repository({ LifecyclePolicy: { LifecyclePolicyText: { Ref: 'Policy' } } }),
      ),
    },
  },
});
