import { InputError } from './errors';
import { isLoop, unrollLoops } from './for-each';
import { isObject, type Json, type JsonObject, own, put } from './json';
import { type Path, shown } from './parsed';

/** What the SAM transform makes of its types at deployment, as far as rules are concerned. */
const TRANSFORMED: Readonly<Record<string, string>> = {
  'AWS::Serverless::Api': 'AWS::ApiGateway::Stage',
  'AWS::Serverless::Function': 'AWS::Lambda::Function',
  'AWS::Serverless::HttpApi': 'AWS::ApiGatewayV2::Stage',
  'AWS::Serverless::SimpleTable': 'AWS::DynamoDB::Table',
  'AWS::Serverless::StateMachine': 'AWS::StepFunctions::StateMachine',
};

/** The type that a resource has once a transform has expanded it. */
export function transformedType(type: string): string | undefined {
  return Object.hasOwn(TRANSFORMED, type) ? TRANSFORMED[type] : undefined;
}

const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';

/**
 * Transforms that leave the resources of the template as they are written, and add others of their own.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-reference.html
 */
const ADDING = new Set([
  'AWS::CodeDeployBlueGreen',
  'AWS::SecretsManager-2020-07-23',
  'AWS::SecretsManager-2024-09-16',
  'AWS::Serverless-2016-10-31',
]);

/** A template body after its transforms. */
export interface Expanded {
  readonly body: JsonObject;
  /** Why no resource of the template can be judged. */
  readonly unexpanded?: string;
  /** Why some of its resources cannot be judged, by logical id. */
  readonly unexpandedResources: ReadonlyMap<string, string>;
  /** Where the resources that loops made are written, by logical id. */
  readonly written: ReadonlyMap<string, Path>;
}

/** Run the transforms of a template that can be run without deploying it, and say what the others leave open. */
export function expandTransforms(body: JsonObject, path: string): Expanded {
  const names = namesOf(own(body, 'Transform'));
  const extended = names.includes(LANGUAGE_EXTENSIONS);
  const unrolled = extended ? unrollLoops(body, path) : { body, open: [], written: new Map<string, Path>() };
  const unexpandedResources = new Map<string, string>();
  for (const { within, keys, reason } of unrolled.open) {
    const [section, logicalId] = within;
    if (section === 'Resources')
      for (const key of logicalId === undefined ? keys : [logicalId]) unexpandedResources.set(key, reason);
  }

  const outside = names.find((name) => name !== LANGUAGE_EXTENSIONS && !ADDING.has(name)) ?? macroBeside(unrolled.body);
  let unexpanded = outside === undefined ? undefined : runAtDeployment(outside);
  const resources = own(unrolled.body, 'Resources');
  if (!isObject(resources)) return { ...unrolled, unexpanded, unexpandedResources };

  const kept: JsonObject = {};
  for (const logicalId of Object.keys(resources)) {
    const resource = resources[logicalId];
    if (!extended && isLoop(logicalId)) {
      throw new InputError(
        `${path}: the loop '${shown(logicalId)}' needs 'Transform: ${LANGUAGE_EXTENSIONS}'; add it to the template`,
      );
    }
    const macro = logicalId === MACRO ? nameOf(resource) : macroWithin(resource);
    if (macro === undefined || (isObject(resource) && typeof resource.Type === 'string')) put(kept, logicalId, resource);
    // What has no type before the macro ran may be anything.
    else unexpanded ??= runAtDeployment(macro);
    if (macro !== undefined) unexpandedResources.set(logicalId, runAtDeployment(macro));
  }
  return { ...unrolled, body: { ...unrolled.body, Resources: kept }, unexpanded, unexpandedResources };
}

const MACRO = 'Fn::Transform';

function runAtDeployment(macro: string): string {
  return `the macro '${shown(macro)}' is run at deployment`;
}

function namesOf(transform: Json | undefined): string[] {
  if (transform === undefined || transform === null) return [];
  return (Array.isArray(transform) ? transform : [transform]).map(nameOf);
}

function nameOf(macro: Json): string {
  if (typeof macro === 'string') return macro;
  return isObject(macro) && typeof macro.Name === 'string' ? macro.Name : '?';
}

/** A macro that may change what resources refer to. */
function macroBeside(body: JsonObject): string | undefined {
  if (Object.hasOwn(body, MACRO)) return nameOf(body[MACRO]);
  return macroWithin(body.Parameters) ?? macroWithin(body.Mappings) ?? macroWithin(body.Conditions);
}

function macroWithin(node: Json | undefined): string | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  if (Object.hasOwn(node, MACRO)) return nameOf((node as JsonObject)[MACRO]);
  for (const key in node) {
    const macro = macroWithin((node as JsonObject)[key]);
    if (macro !== undefined) return macro;
  }
  return undefined;
}
