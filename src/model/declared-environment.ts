import { isObject, type JsonObject } from './json';
import { METADATA_KEY } from './metadata-key';

/** What an environment is for. */
export const ENVIRONMENT_KINDS = ['PRODUCTION', 'STAGING', 'DEVELOPMENT'] as const;

export type DeclaredKind = (typeof ENVIRONMENT_KINDS)[number];

/** What a template says about the environment that it is for; `Soc2Environment` writes it. */
export interface DeclaredEnvironment {
  readonly kind?: DeclaredKind;
  /** The team that answers for it. */
  readonly owner?: string;
  /** How sensitive the data in it may be, in the words of the organisation. */
  readonly dataClassification?: string;
  /** Whether it serves production and the other environments alike. */
  readonly servesEveryEnvironment?: true;
}

/** What the `Metadata` of a template says about the environment that it is for; undefined when it says nothing. */
export function declaredEnvironment({ Metadata: metadata }: JsonObject): DeclaredEnvironment | undefined {
  const ours = isObject(metadata) ? metadata[METADATA_KEY] : undefined;
  const said = isObject(ours) ? ours.environment : undefined;
  if (!isObject(said)) return undefined;
  const text = (key: string) => {
    const value = said[key];
    return typeof value === 'string' && value.trim() !== '' ? value : undefined;
  };
  return {
    kind: ENVIRONMENT_KINDS.find((kind) => kind === said.kind),
    owner: text('owner'),
    dataClassification: text('dataClassification'),
    servesEveryEnvironment: said.servesEveryEnvironment === true || undefined,
  };
}
