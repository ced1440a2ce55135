import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type DockerImageAssetLocation,
  type FileAssetLocation,
  FileAssetPackaging,
  type FileAssetSource,
  type ISynthesisSession,
  Stack,
  StackSynthesizer,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StackSetAssets } from './stack-set-assets';

/**
 * The most that CloudFormation reads of a template in a bucket, 1 MB.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
const MOST_BYTES = 1_000_000;

/** A stack that is deployed by a stack set: its template is a file of the stack that the stack set is in. */
export class StackSetStack extends Stack {
  /** Where its template is; known when it is synthesized, which is before the stack that it is in. */
  public templateUrl?: string;

  constructor(scope: Construct, id: string, assets: StackSetAssets) {
    super(scope, id, {
      synthesizer: new StackSetSynthesizer(assets),
      description: `Deployed by the stack set ${scope.node.path}`,
    });
    this.node.addValidation({ validate: () => [...this.emptiness(), ...this.references()] });
  }

  /** Called by the synthesizer, with the template as it was written. */
  public publish(template: string): void {
    const bytes = Buffer.byteLength(template);
    if (bytes > MOST_BYTES) {
      throw new Error(
        `The template of '${this.node.path}' must have at most ${MOST_BYTES} bytes, got ${bytes}: make two stack sets of it, or leave ` +
          'parts out',
      );
    }
    const location = Stack.of(this.node.scope!).synthesizer.addFileAsset({
      packaging: FileAssetPackaging.FILE,
      sourceHash: createHash('sha256').update(template).digest('hex'),
      fileName: this.templateFile,
      displayName: `Template of ${this.node.path}`,
    });
    this.templateUrl = location.httpUrl;
  }

  private emptiness(): string[] {
    if (this.node.children.some(({ node }) => node.id !== 'CDKMetadata')) return [];
    return [
      `The stack '${this.node.path}' must have something in it, got nothing: make constructs in it, such as 'new ` +
        "AccountBaseline(baseline.stack, 'Account')'",
    ];
  }

  /** Stacks in other accounts cannot import what a stack exports. */
  private references(): string[] {
    return this.dependencies.map(
      (other) =>
        `The stack '${this.node.path}' must not refer to another stack, got one to '${other.node.path}': it is deployed to other ` +
        'accounts. Write the name or the ARN itself, as a text',
    );
  }
}

class StackSetSynthesizer extends StackSynthesizer {
  constructor(private readonly assets: StackSetAssets) {
    super();
  }

  public addFileAsset(asset: FileAssetSource): FileAssetLocation {
    return this.assets.add(asset);
  }

  public addDockerImageAsset(): DockerImageAssetLocation {
    throw new Error(
      `The stack '${this.boundStack.node.path}' must have no container images, got one: stack sets reach accounts that cannot read it. ` +
        'Push it to a repository that lets the organization in, and name it',
    );
  }

  public synthesize(session: ISynthesisSession): void {
    this.synthesizeTemplate(session);
    const stack = this.boundStack as StackSetStack;
    stack.publish(readFileSync(join(session.assembly.outdir, stack.templateFile), 'utf8'));
  }
}
