import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import { domainKey } from '../environment/domain-keys';
import type { Defaults } from './hardening';
import { withDefaults } from './with-defaults';

/** Images without a tag are kept for so many days. */
const UNTAGGED_DAYS = 30;

/** So many images are kept, the newest ones. */
const IMAGES = 1000;

/**
 * Scanned on push, with tags that stay where they are, and encrypted with the data key.
 *
 * A repository that may be deployed keeps its encryption, which CloudFormation changes by an empty repository in its place, and its
 * images: a function or a task may run one that a lifecycle rule would drop.
 */
export const repositoryDefaults: Defaults<ecr.RepositoryProps> = (props, { scope, mayBeDeployed }) => {
  const keepsEncryption = mayBeDeployed || props?.encryption !== undefined || props?.encryptionKey !== undefined;
  return withDefaults(props, {
    ...(keepsEncryption ? {} : { encryption: ecr.RepositoryEncryption.KMS, encryptionKey: domainKey(scope, 'data') }),
    ...(mayBeDeployed ? {} : { lifecycleRules: lifecycleRules() }),
    imageScanOnPush: true,
    imageTagMutability: props?.imageTagMutabilityExclusionFilters
      ? ecr.TagMutability.IMMUTABLE_WITH_EXCLUSION
      : ecr.TagMutability.IMMUTABLE,
    removalPolicy: RemovalPolicy.RETAIN,
  });
};

function lifecycleRules(): ecr.LifecycleRule[] {
  return [
    {
      description: 'Drop images without a tag',
      tagStatus: ecr.TagStatus.UNTAGGED,
      maxImageAge: Duration.days(UNTAGGED_DAYS),
    },
    // Not `ANY`: a repository takes only one such rule, and an app may add it.
    { description: 'Keep the newest images', tagStatus: ecr.TagStatus.TAGGED, tagPatternList: ['*'], maxImageCount: IMAGES },
  ];
}
