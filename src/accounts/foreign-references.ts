import { CfnElement, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { type Deployment, deploymentOf } from './deployments';
import { type Rendered, render } from './render';

/** How many places a message names. */
const SHOWN = 3;

/** What stacks of production say of other environments, and the other way round. */
export function foreignReferences(deployments: readonly Deployment[]): string[] {
  const judged = deployments.filter(({ environment }) => environment && !environment.servesEveryEnvironment);
  const rendered = new Map(judged.map((each) => [each, elementsOf(each).map(render)] as const));
  const all = judged.flatMap((each) => marksOf(each, rendered.get(each) ?? []));
  // Many stacks have one account: it is enough to name the first.
  const marks = [...new Map(all.map((mark) => [`${mark.of.environment?.isProduction} ${mark.pattern}`, mark])).values()];
  return judged.flatMap((from) => {
    const foreign = marks.filter(({ of }) => isOpposite(from, of) && of.account !== from.account);
    const places = new Map<string, string[]>();
    for (const element of rendered.get(from) ?? []) {
      for (const [what, where] of linksFrom(from, element, foreign)) places.set(what, [...(places.get(what) ?? []), where]);
    }
    return [...places].map(([what, where]) => describe(from, what, where));
  });
}

/** A text by which one environment is known in another. */
interface Mark {
  readonly of: Deployment;
  readonly what: string;
  readonly pattern: RegExp;
}

function marksOf(of: Deployment, rendered: readonly Rendered[]): Mark[] {
  const accounts = [of.account ?? []].flat();
  const buckets = rendered.flatMap(({ bucketName }) => bucketName ?? []);
  return [
    ...accounts.map((id) => ({ of, what: `account ${id} of ${title(of)}`, pattern: new RegExp(`(?<!\\d)${id}(?!\\d)`) })),
    // The ARN of a bucket names no account.
    ...buckets.map((name) => ({
      of,
      what: `the bucket ${name} of ${title(of)}`,
      pattern: new RegExp(`:s3:::${name.replace(/[^\w-]/g, '\\$&')}(?![\\w.-])`),
    })),
  ];
}

/** What an element refers to, and where. */
function linksFrom(from: Deployment, element: Rendered, foreign: readonly Mark[]): [what: string, where: string][] {
  const targets = element.targets.map(deploymentOf);
  const named = element.targets.flatMap((target, index): [string, string][] =>
    isOpposite(from, targets[index]) ? [[`'${target.node.path}' of ${title(targets[index])}`, element.path]] : [],
  );
  // What a reference becomes names the account again.
  if (named.length > 0) return named;
  return foreign.flatMap(({ what, pattern }): [string, string][] => {
    const text = element.texts.find(({ value }) => pattern.test(value));
    return text ? [[what, `${element.path} (${text.path})`]] : [];
  });
}

/** Whether one of them is production and the other is not, and neither is there for both. */
function isOpposite({ environment: one }: Deployment, { environment: other }: Deployment): boolean {
  if (one === undefined || other === undefined) return false;
  return one.isProduction !== other.isProduction && !one.servesEveryEnvironment && !other.servesEveryEnvironment;
}

function title({ name, environment }: Deployment): string {
  return `'${name}' (${environment?.kind})`;
}

function describe(from: Deployment, what: string, all: readonly string[]): string {
  const where = [...new Set(all)];
  const more = where.length > SHOWN ? `, and at ${where.length - SHOWN} more places` : '';
  return (
    `${title(from)} must not refer to ${from.environment?.isProduction ? 'what is not production' : 'production'}, got ${what} at ` +
    `${where.slice(0, SHOWN).join(', ')}${more}: give each environment resources of its own. What has to be there for all, such as a ` +
    "pipeline or a log archive, is in an account of its own and declared with 'servesEveryEnvironment'"
  );
}

/** The elements of a stack and of its nested stacks; those of a stage in it are not its own. */
function elementsOf({ construct }: Deployment): CfnElement[] {
  return Stack.isStack(construct) ? below(construct).filter(CfnElement.isCfnElement) : [];
}

function below(construct: IConstruct): IConstruct[] {
  return [construct, ...construct.node.children.filter((child) => !isApart(child)).flatMap(below)];
}

function isApart(child: IConstruct): boolean {
  return Stage.isStage(child) || (Stack.isStack(child) && !NestedStack.isNestedStack(child));
}
