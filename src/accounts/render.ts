import {
  type CfnElement,
  DefaultTokenResolver,
  type IFragmentConcatenator,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  Reference,
  Stack,
  Tokenization,
} from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** What an element of a template says. */
export interface Rendered {
  /** Path of the construct that a person knows: without `Resource` at its end. */
  readonly path: string;
  /** Constructs that it refers to. */
  readonly targets: readonly IConstruct[];
  /** What it says in words that may name an account or a resource. */
  readonly texts: readonly Text[];
  /** The name that a bucket is given. */
  readonly bucketName?: string;
}

interface Text {
  /** For example `Properties.PeerOwnerId`. */
  readonly path: string;
  readonly value: string;
}

/** Render an element as the CDK does when it writes the template, and note what it refers to. */
export function render(element: CfnElement): Rendered {
  const resolver = new NotingResolver();
  // The CDK keeps this to itself, but there is no public way to render an element without writing a template.
  const { _toCloudFormation } = element as unknown as { _toCloudFormation(): object };
  const scope = Stack.of(element);
  const sections: Sections = Tokenization.resolve(_toCloudFormation.call(element), { scope, resolver, preparing: false }) ?? {};
  const bodies = Object.values(sections).flatMap((section) => (isObject(section) ? Object.values(section) : []));
  const [body] = bodies;
  const name =
    isObject(body) && body.Type === 'AWS::S3::Bucket' && isObject(body.Properties) ? body.Properties.BucketName : undefined;
  return {
    path: element.node.path.replace(/\/Resource$/, ''),
    targets: [...resolver.targets],
    texts: bodies.flatMap((each) => textsIn(each, '')),
    bucketName: typeof name === 'string' ? name : undefined,
  };
}

type Sections = Readonly<Record<string, unknown>>;

/** Joins what it cannot know in a way that leaves the words as they are. */
const CONCAT: IFragmentConcatenator = {
  join: (left, right) =>
    typeof left === 'string' && typeof right === 'string' ? left + right : { 'Fn::Join': ['', [left, right]] },
};

class NotingResolver extends DefaultTokenResolver {
  public readonly targets = new Set<IConstruct>();

  constructor() {
    super(CONCAT);
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    // A reference that was made weak or strong stands within another token.
    const { reference = token } = token as { reference?: unknown };
    if (Reference.isReference(reference)) this.targets.add(reference.target);
    return super.resolveToken(token, context, postProcessor);
  }
}

/** Words that are for people, and labels: they give nobody access. */
const WORDS = new Set(['Description', 'Metadata', 'Tags', 'TagSet']);

function textsIn(value: unknown, path: string): Text[] {
  if (typeof value === 'string') return [{ path: path.replace(/\.Fn::.*/, ''), value }];
  if (Array.isArray(value)) return value.flatMap((each, index) => textsIn(each, `${path}.${index}`));
  // To deny an account something is no way to it.
  if (!isObject(value) || value.Effect === 'Deny') return [];
  return Object.entries(value)
    .filter(([key]) => !WORDS.has(key))
    .flatMap(([key, each]) => textsIn(each, path === '' ? key : `${path}.${key}`));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
