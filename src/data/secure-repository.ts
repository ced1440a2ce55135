import * as ecr from 'aws-cdk-lib/aws-ecr';
import type { Construct } from 'constructs';
import { completed } from '../defaults/completed';
import { repositoryDefaults } from '../defaults/repository';

/** Options of `SecureRepository`: those of `ecr.Repository`, every one of which comes before a default. */
export interface SecureRepositoryProps extends ecr.RepositoryProps {
  /**
   * Whether the repository is deployed already, as a plain `ecr.Repository` for example. Set it when this class takes the place
   * of another one, and leave it there. Never set it for what this class has made: CloudFormation would make an empty one in its
   * place.
   *
   * Then its encryption stays as it is, for CloudFormation would put an empty repository in its place, and no lifecycle rule is
   * added, for it would drop images that may be in use. `docs/migrating-data.md` says how to move images to an encrypted
   * repository.
   *
   * @default false
   */
  readonly alreadyDeployed?: boolean;
}

/**
 * A repository of images that are scanned when they are pushed, under tags that nobody moves to another image.
 *
 * Takes every property of `ecr.Repository` and can take its place: the logical id stays the same. Images are encrypted with a
 * customer-managed key; those without a tag are dropped after 30 days, and the newest 1,000 are kept. A tag can be pushed only
 * once: give builds tags of their own, or list tags such as `latest` in `imageTagMutabilityExclusionFilters`.
 *
 * What it creates beside the repository, once for each stack: a KMS key for data. What it costs in kind: the
 * key and its requests, and storage of images. Basic scanning is free; enhanced scanning, if the registry has it, is billed by image.
 *
 * @example
 * new SecureRepository(this, 'Images');
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
 */
export class SecureRepository extends ecr.Repository {
  /**
   * @param scope where the repository is made.
   * @param id its id in there.
   * @param props options.
   */
  constructor(scope: Construct, id: string, props: SecureRepositoryProps = {}) {
    const { alreadyDeployed: mayBeDeployed = false, ...own } = props;
    super(scope, id, completed(repositoryDefaults(own, { scope, id, mayBeDeployed })));
  }
}
