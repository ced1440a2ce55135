import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { job, task } from '../shared/container-examples';
import { CONTAINER_TYPES, containersOf } from '../shared/containers';
import { withParameter } from '../shared/iam-examples';

const EXPECTED = 'a digest (@sha256:…), or a tag in a repository whose tags cannot be moved';
const DIGEST = /@sha256:[0-9a-f]{64}$/;
/** The CDK tags what it builds with a hash of what it was built from, in a repository whose tags cannot be moved. */
const BUILT_BY_CDK = /container-assets[^:]*:[0-9a-f]{64}$/;
const IMMUTABLE = ['IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION'];

export default defineRule({
  id: 'ECS.10',
  slug: 'ecs-image-cannot-change',
  title: 'Containers are started from an image that nobody can exchange',
  criteria: [Criterion.CC6_8, Criterion.CC8_1],
  control: 'file-integrity',
  // The build decides on the name, and many deploy a tag on purpose.
  severity: 'info',
  resourceTypes: CONTAINER_TYPES,
  rationale:
    'A digest names the content of an image, so what runs is what was tested and scanned. Behind a tag that can be moved there may be ' +
    'another image at every start.',
  remediation:
    'Name the image by its digest, such as `ContainerImage.fromEcrRepository(repository, "sha256:…")`, let the CDK build it with ' +
    '`ContainerImage.fromAsset(…)`, or keep it in a repository with `imageTagMutability: ecr.TagMutability.IMMUTABLE`.',
  references: ['NIST SP 800-190 4.2.2', 'checkov CKV_K8S_43'],
  check: (resource) => containersOf(resource).flatMap((container) => unexchangeable(container.at('Image'))),
  examples: {
    pass: {
      'it is named by its digest': task({ Image: `registry.example.com/web@sha256:${'0123456789abcdef'.repeat(4)}` }),
      'the CDK built it': task({
        Image: {
          'Fn::Sub': `111122223333.dkr.ecr.eu-west-1.\${AWS::URLSuffix}/cdk-hnb659fds-container-assets-111122223333-eu-west-1:${'0a'.repeat(32)}`,
        },
      }),
      'tags of its repository cannot be moved': fromRepository({ ImageTagMutability: 'IMMUTABLE' }),
    },
    fail: {
      'it has a tag': task({ Image: 'nginx:1.29' }),
      'it has no tag': job({ Image: 'nginx' }),
      'one of two has a tag': task({ Image: `nginx@sha256:${'ab'.repeat(32)}` }, { Image: 'nginx:latest' }),
      'tags of its repository can be moved': fromRepository({ ImageTagMutability: 'MUTABLE' }),
    },
    undetermined: {
      'it is a parameter': withParameter('Web', task({ Image: { Ref: 'Web' } })),
      'whether tags can be moved is a parameter': withParameter('Tags', fromRepository({ ImageTagMutability: { Ref: 'Tags' } })),
    },
  },
});

function unexchangeable(image: Value) {
  if (DIGEST.test(image.text) || BUILT_BY_CDK.test(image.text)) return [];
  const [repository] = image.targets('AWS::ECR::Repository');
  if (repository) return repository.at('ImageTagMutability').mustBe(IMMUTABLE);
  return image.isUnknown ? [image.undetermined(EXPECTED)] : [image.fails(EXPECTED)];
}

function fromRepository(properties: JsonObject) {
  return {
    Images: { Type: 'AWS::ECR::Repository', Properties: properties },
    ...task({ Image: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Images', 'RepositoryUri'] }, ':1.4.2']] } }),
  };
}
