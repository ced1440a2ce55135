import type { Environment } from '../../model/assembly';
import { type DeclaredEnvironment, declaredEnvironment } from '../../model/declared-environment';
import type { Resource } from '../../model/resource';
import type { Template } from '../../model/template';
import type { Value } from '../../model/value';
import { DATA_STORES, tagEnding } from './tags';

/** `production`, or what production has to be separate from. */
export type Kind = 'production' | 'non-production';

/** Types whose tags tell what they are for, and the property with the tags. */
export const KINDRED: Readonly<Record<string, string>> = { ...DATA_STORES, 'AWS::EC2::VPC': 'Tags' };

/** What the templates of an environment declare it to be: one kind, unless they contradict each other. */
export function declaredKinds({ declared }: Environment): Kind[] {
  return [...new Set(declared.flatMap((each) => kindIn(each) ?? []))];
}

/** What a template says that it is for. */
export function templateKind({ body }: Template): Kind | undefined {
  return kindIn(declaredEnvironment(body));
}

function kindIn(declared: DeclaredEnvironment | undefined): Kind | undefined {
  if (declared?.kind === undefined) return undefined;
  return declared.kind === 'PRODUCTION' ? 'production' : 'non-production';
}

/** What an environment is declared to be; undefined when its templates contradict each other. */
export function declaredKind(environment: Environment): Kind | undefined {
  const [kind, ...others] = declaredKinds(environment);
  return others.length > 0 ? undefined : kind;
}

/** What an environment is separate as: undefined where nothing says it, or where all of it serves every environment. */
export function kindOfAccount(environment: Environment): Kind | undefined {
  const servesAll = environment.declared.every(({ servesEveryEnvironment }) => servesEveryEnvironment);
  return servesAll ? undefined : declaredKind(environment);
}

const PRODUCTION = /^(prod|prd|production|live)$/i;
const OTHER = /^(dev|development|test|testing|qa|uat|stage|staging|sandbox|preprod|pre-prod|preview|demo)$/i;

/** The tag that says what a resource is for. */
export function kindTag(resource: Resource): Value {
  return tagEnding(resource.at(KINDRED[resource.type] ?? 'Tags'), ['environment', 'env', 'stage']);
}

/** What a resource says that it is for. */
export function taggedKind(resource: Resource): Kind | undefined {
  const { string = '' } = kindTag(resource);
  return PRODUCTION.test(string) ? 'production' : OTHER.test(string) ? 'non-production' : undefined;
}
