import { DescribeImagesCommand, DescribeRepositoriesCommand, type ECRClient } from '@aws-sdk/client-ecr';
import { everyPage } from '../../functions/every-page';

/** A repository, and when its newest image was pushed. */
export interface NewestImage {
  readonly repository: string;
  readonly images: number;
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
  let found: NewestImage = { repository: repositoryName, images: 0 };
  const read = (nextToken?: string) => client.send(new DescribeImagesCommand({ repositoryName, nextToken, maxResults: 1000 }));
  for await (const { imageDetails = [] } of everyPage(read, next, hasTime)) {
    for (const { imagePushedAt, imageDigest, imageTags, lastRecordedPullTime } of imageDetails) {
      const images = found.images + 1;
      const pulled = later(found.pulled, lastRecordedPullTime);
      const isNewer = imagePushedAt !== undefined && (found.pushed === undefined || imagePushedAt > found.pushed);
      found = isNewer
        ? { repository: repositoryName, images, pulled, pushed: imagePushedAt, digest: imageDigest, tags: imageTags }
        : { ...found, images, pulled };
    }
  }
  return found;
}

function later(a: Date | undefined, b: Date | undefined): Date | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a > b ? a : b;
}
