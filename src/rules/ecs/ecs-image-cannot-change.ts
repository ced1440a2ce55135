import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { job, task } from '../shared/container-examples';
import { CONTAINER_TYPES, containersOf } from '../shared/containers';
import { withParameter } from '../shared/iam-examples';
import { anyIs, type Ternary } from '../shared/ternary';
import { followsWildcard } from '../shared/wildcard';

const EXPECTED = 'a digest (@sha256:…), or a tag in a repository whose tags cannot be moved';
const DIGEST = /@sha256:[0-9a-f]{64}$/;
/** The CDK tags what it builds with a hash of what it was built from, in a repository whose tags cannot be moved. */
const BUILT_BY_CDK = /\.dkr\.ecr\.[^/]+\/cdk-[a-z0-9]+-container-assets-[^:/]+:[0-9a-f]{64}$/;

/** Containers of jobs that run on Kubernetes. */
const PODS = ['EksProperties.PodProperties.Containers.*', 'EksProperties.PodProperties.InitContainers.*'];
const IMMUTABLE = ['IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION'];
/** Stands for what only deployment knows; no name of an image has it. */
const HOLE = '?';
const HASH = '0a'.repeat(32);

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
  check: (resource) =>
    [...containersOf(resource), ...PODS.flatMap((path) => resource.properties.all(path))].flatMap((container) =>
      unexchangeable(container.at('Image')),
    ),
  examples: {
    pass: {
      'it is named by its digest': task({ Image: `registry.example.com/web@sha256:${'0123456789abcdef'.repeat(4)}` }),
      'the CDK built it': task({
        Image: {
          'Fn::Sub': `111122223333.dkr.ecr.eu-west-1.\${AWS::URLSuffix}/cdk-hnb659fds-container-assets-111122223333-eu-west-1:${HASH}`,
        },
      }),
      'the CDK built it for any account': task({
        Image: {
          'Fn::Sub': `\${AWS::AccountId}.dkr.ecr.\${AWS::Region}.\${AWS::URLSuffix}/cdk-hnb659fds-container-assets-\${AWS::AccountId}-\${AWS::Region}:${HASH}`,
        },
      }),
      'tags of its repository cannot be moved': fromRepository({ ImageTagMutability: 'IMMUTABLE' }),
      'tags of its repository cannot be moved, but for others': fromRepository(excluding('latest', 'dev-*')),
    },
    fail: {
      'it has a tag': task({ Image: 'nginx:1.29' }),
      'it has no tag': job({ Image: 'nginx' }),
      'one of two has a tag': task({ Image: `nginx@sha256:${'ab'.repeat(32)}` }, { Image: 'nginx:latest' }),
      'tags of its repository can be moved': fromRepository({ ImageTagMutability: 'MUTABLE' }),
      'its tag is one that can be moved': fromRepository(excluding('latest', '1.*')),
      'a repository of another registry is called as that of the CDK': task({
        Image: `registry.example.com/cdk-hnb659fds-container-assets-111122223333-eu-west-1:${HASH}`,
      }),
      'a pod of a job has a tag': pod({ Containers: [{ Image: 'nginx:1.29' }] }),
      'what starts before a pod of a job has a tag': pod({
        Containers: [{ Image: `nginx@sha256:${HASH}` }],
        InitContainers: [{ Image: 'busybox:1' }],
      }),
    },
    undetermined: {
      'it is a parameter': withParameter('Web', task({ Image: { Ref: 'Web' } })),
      'whether tags can be moved is a parameter': withParameter('Tags', fromRepository({ ImageTagMutability: { Ref: 'Tags' } })),
      'some tags can be moved, and its tag is a parameter': withParameter(
        'Tag',
        fromRepository(excluding('latest'), ':', { Ref: 'Tag' }),
      ),
      'some tags can be moved, and it may have one of them': fromRepository(excluding('1.*'), ''),
      'which tags can be moved is a parameter': withParameter('Filter', fromRepository(excluding({ Ref: 'Filter' }))),
    },
  },
});

function unexchangeable(image: Value) {
  const text = image.text.replace(/\$\{[^}]*\}/g, HOLE);
  if (DIGEST.test(text) || BUILT_BY_CDK.test(text)) return [];
  const [repository] = image.targets('AWS::ECR::Repository');
  if (repository) return judgeTag(image, tagOf(text), repository);
  return image.isUnknown ? [image.undetermined(EXPECTED)] : [image.fails(EXPECTED)];
}

/** The tag in the name of an image; what is not known may end with one. */
function tagOf(text: string): string {
  const [name, tag] = text.slice(text.lastIndexOf('/') + 1).split(':');
  return tag ?? (name.includes(HOLE) ? HOLE : 'latest');
}

function judgeTag(image: Value, tag: string, repository: Resource) {
  const mutability = repository.at('ImageTagMutability');
  if (mutability.string !== 'IMMUTABLE_WITH_EXCLUSION') return mutability.mustBe(IMMUTABLE);
  const filters = repository.at('ImageTagMutabilityExclusionFilters').items();
  const moves = anyIs(filters.map((filter) => covers(filter.at('ImageTagMutabilityExclusionFilterValue'), tag)));
  if (moves === false) return [];
  return [
    moves
      ? image.fails(EXPECTED, `the tag '${tag}' is one of those that can be moved`)
      : image.undetermined(EXPECTED, 'its tag may be one of those that can be moved'),
  ];
}

function covers(filter: Value, tag: string): Ternary {
  return filter.isUnknown || tag.includes(HOLE) ? undefined : followsWildcard(filter.string ?? '', tag);
}

function fromRepository(properties: JsonObject, ...tag: Json[]) {
  const image = [{ 'Fn::GetAtt': ['Images', 'RepositoryUri'] }, ...(tag.length > 0 ? tag : [':1.4.2'])];
  return {
    Images: { Type: 'AWS::ECR::Repository', Properties: properties },
    ...task({ Image: { 'Fn::Join': ['', image] } }),
  };
}

function excluding(...filters: Json[]): JsonObject {
  return {
    ImageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
    ImageTagMutabilityExclusionFilters: filters.map((filter) => ({
      ImageTagMutabilityExclusionFilterType: 'WILDCARD',
      ImageTagMutabilityExclusionFilterValue: filter,
    })),
  };
}

function pod(PodProperties: JsonObject) {
  return { Job: { Type: 'AWS::Batch::JobDefinition', Properties: { Type: 'container', EksProperties: { PodProperties } } } };
}
