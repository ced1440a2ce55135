import { DescribeImagesCommand, DescribeRepositoriesCommand, type ECRClient, type ImageDetail } from '@aws-sdk/client-ecr';
import { everyPage } from '../../functions/every-page';

/** A repository, and when its newest image was pushed. */
export interface NewestImage {
  readonly repository: string;
  readonly images: number;
  /** What is in there besides: signatures, attestations, charts. Nothing runs of it. */
  readonly others: number;
  /** Not set where the repository is empty. */
  readonly pushed?: Date;
  readonly digest?: string;
  readonly tags?: readonly string[];
  /** When any image of it was last pulled, as far as ECR knows. */
  readonly pulled?: Date;
}

/** What was read, and how far. */
export interface Reading {
  readonly repositories: readonly NewestImage[];
  /** Why not everything was read; not set when it was. */
  readonly problem?: string;
}

/** Types of what images are made of; an artifact names another one. */
const IMAGE_TYPES = /^application\/vnd\.(docker\.(container\.image|distribution\.manifest)|oci\.image)\./;

/** Manifests of artifacts, before images could be artifacts. */
const ARTIFACT_MANIFEST = 'application/vnd.oci.artifact.manifest.v1+json';

/** Tags of what belongs to an image, by its digest: `sha256-….sig`, `.att` and `.sbom`; without an ending it is a list of such. */
const REFERRER_TAG = /^sha256-[0-9a-f]{64}(\.\w+)?$/;

/**
 * Whether something in a repository is an image, and no signature or attestation of one: those are pushed at any time, and would make
 * an old image look new.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageDetail.html
 * @see https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md
 */
function isImage({
  artifactMediaType: type,
  imageManifestMediaType: manifest,
  imageTags: tags = [],
  ...image
}: ImageDetail): boolean {
  if (image.subjectManifestDigest !== undefined || manifest === ARTIFACT_MANIFEST) return false;
  if (tags.length > 0 && tags.every((tag) => REFERRER_TAG.test(tag))) return false;
  return type === undefined || IMAGE_TYPES.test(type);
}

/** Read the newest image of each repository; what was read before something failed counts. */
export async function readImages(client: ECRClient, hasTime: () => boolean): Promise<Reading> {
  const repositories: NewestImage[] = [];
  try {
    const read = (nextToken?: string) => client.send(new DescribeRepositoriesCommand({ nextToken, maxResults: 1000 }));
    for await (const { repositories: page = [] } of everyPage(read, next, hasTime)) {
      for (const { repositoryName: name } of page) {
        if (name !== undefined) repositories.push(await newest(client, name, hasTime));
      }
    }
    return { repositories };
  } catch (error) {
    const { name, message } = error as Error;
    return { repositories, problem: name === 'Error' ? message : `${name}: ${message}` };
  }
}

function next({ nextToken: token }: { nextToken?: string }): string | undefined {
  return token;
}

async function newest(client: ECRClient, repositoryName: string, hasTime: () => boolean): Promise<NewestImage> {
  let found: NewestImage = { repository: repositoryName, images: 0, others: 0 };
  const read = (nextToken?: string) => client.send(new DescribeImagesCommand({ repositoryName, nextToken, maxResults: 1000 }));
  for await (const { imageDetails = [] } of everyPage(read, next, hasTime)) {
    for (const image of imageDetails) {
      if (!isImage(image)) {
        found = { ...found, others: found.others + 1 };
        continue;
      }
      const { imagePushedAt, imageDigest, imageTags, lastRecordedPullTime } = image;
      const images = found.images + 1;
      const pulled = later(found.pulled, lastRecordedPullTime);
      const isNewer = imagePushedAt !== undefined && (found.pushed === undefined || imagePushedAt > found.pushed);
      found = isNewer
        ? { ...found, images, pulled, pushed: imagePushedAt, digest: imageDigest, tags: imageTags }
        : { ...found, images, pulled };
    }
  }
  return found;
}

function later(a: Date | undefined, b: Date | undefined): Date | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a > b ? a : b;
}
