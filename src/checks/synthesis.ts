import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type CfnElement, NestedStack, Stack, Stage, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { Assembly } from '../model/assembly';
import { isObject, type JsonObject } from '../model/json';
import { Template } from '../model/template';
import { type Expanded, expandTransforms } from '../model/transforms';
import { ConstructPaths, constructAt } from './construct-paths';

/** An assembly that is being synthesized, with its construct tree. */
export interface Synthesis {
  readonly assembly: Assembly;
  /** Every construct of the app. */
  readonly constructs: readonly IConstruct[];
  /** The construct at a path. */
  construct(path: string): IConstruct | undefined;
  /**
   * Whether `cdk synth` tells of a finding at a construct path, as it does of findings without one. It passes over, and exits
   * with code 0 for, what is in no stack that it selects; without `'**'` it selects none that is in a stage.
   */
  isTold(path: string | undefined): boolean;
}

/** How the template of a stack is obtained. */
type ReadTemplate = (stack: Stack) => string;

/** The templates of an app as they were just written to its output folder. */
export function synthesisOnDisk(root: IConstruct): Synthesis {
  return synthesis(root, (stack) => readFileSync(pathOf(stack), 'utf8'));
}

/** The templates below a construct as they would be written now; aspects were not applied yet. */
export function synthesisInMemory(root: IConstruct): Synthesis {
  return synthesis(root, (stack) => {
    // The CDK keeps this to itself, but there is no public way to render a stack without writing it.
    const { _toCloudFormation } = stack as unknown as { _toCloudFormation(): object };
    return JSON.stringify(stack.resolve(_toCloudFormation.call(stack)));
  });
}

function synthesis(root: IConstruct, read: ReadTemplate): Synthesis {
  const constructs = root.node.findAll();
  const outdir = outdirOf(root);
  const paths = new ConstructPaths(constructs);
  const templates = new Map<Stack, Template>();
  for (const stack of constructs.filter(Stack.isStack)) {
    const text = read(stack);
    const written: JsonObject = JSON.parse(text);
    const path = relative(outdir, pathOf(stack)).split(sep).join('/');
    const { body, ...unexpanded } = expanded(isObject(written.Resources) ? written : { ...written, Resources: {} }, text, path);
    const template = new Template(body, {
      path,
      sha256: createHash('sha256').update(text).digest('hex'),
      stack: known(stack.stackName),
      constructPath: stack.node.path,
      account: known(stack.account),
      region: known(stack.region),
      stage: stagePath(stack),
      constructPathOf: (logicalId) => paths.find(stack, body, logicalId),
    });
    template.unexpanded = unexpanded.unexpanded;
    template.unexpandedResources = unexpanded.unexpandedResources;
    templates.set(stack, template);
  }
  for (const [stack, template] of templates) {
    const parent = NestedStack.isNestedStack(stack) ? stack.nestedStackParent : undefined;
    const resource = stack.nestedStackResource;
    if (parent && resource) templates.get(parent)?.nest(parent.resolve((resource as CfnElement).logicalId), template);
  }
  const construct = (path: string) => paths.at(path) ?? constructAt(root.node.root, path);
  return {
    assembly: new Assembly([...templates.values()], true),
    constructs,
    construct,
    isTold: (path) => !path || construct(path)?.node.scopes.some(isSelected) === true,
  };
}

/** To look for transforms in the text is much faster than to look everywhere in the template. */
function expanded(body: JsonObject, text: string, path: string): Pick<Expanded, 'body' | 'unexpanded' | 'unexpandedResources'> {
  const mayExpand = text.includes('Transform"') || text.includes('"Fn::ForEach');
  return mayExpand ? expandTransforms(body, path) : { body, unexpandedResources: new Map() };
}

/** Whether `cdk synth` selects a construct when it is told no more: it is a stack, and in no stage but the app. */
function isSelected(construct: IConstruct): boolean {
  return Stack.isStack(construct) && Stage.of(construct) === construct.node.root;
}

/** The output folder of the app that a construct belongs to; the working folder when it belongs to none. */
export function outdirOf(construct: IConstruct): string {
  const { root } = construct.node;
  return Stage.isStage(root) ? root.outdir : '.';
}

function pathOf(stack: Stack): string {
  return join(Stage.of(stack)?.outdir ?? '.', stack.templateFile);
}

function stagePath(stack: Stack): string {
  return Stage.of(stack)?.node.path ?? '';
}

function known(text: string): string | undefined {
  return Token.isUnresolved(text) ? undefined : text;
}
