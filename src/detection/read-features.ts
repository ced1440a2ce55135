/** A feature of GuardDuty, as properties of a custom resource tell it. */
export interface PlainFeature {
  readonly Name: string;
  readonly Status: 'ENABLED' | 'DISABLED';
  readonly AdditionalConfiguration?: readonly PlainFeature[];
}

/** The features that a template names. */
export function readFeatures(value: unknown): PlainFeature[] {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isFeature)) {
    const got = (JSON.stringify(value) ?? 'nothing').slice(0, 100);
    throw new Error(`'Features' must be a list of features, each with a Name and a Status of ENABLED or DISABLED, got ${got}`);
  }
  return value;
}

function isFeature(value: unknown): value is PlainFeature {
  if (typeof value !== 'object' || value === null) return false;
  const { Name, Status, AdditionalConfiguration: agents = [] } = value as Readonly<Record<string, unknown>>;
  return typeof Name === 'string' && /^(EN|DIS)ABLED$/.test(String(Status)) && Array.isArray(agents) && agents.every(isFeature);
}
