import { isObject, type Json, type JsonObject, put } from '../../model/json';
import { SECRET_NAME, SECRET_TEXTS, VALUES_ARE_SECRET } from './secrets';

/** What stands in the place of a secret. */
export const REDACTED = '[redacted]';

/** Deeper than any answer of AWS: what is nested further could only be meant to break the reader. */
const DEEPEST = 100;

/** A value without secrets, and how many were taken out. */
export interface Redaction<Value> {
  readonly value: Value;
  readonly count: number;
}

/** Take secrets out of a row: by the names of members, by what is known of environment variables and parameters, and by how they look. */
export function redact(data: JsonObject): Redaction<JsonObject> {
  const redactor = new Redactor();
  return { value: redactor.object(data, '', 0), count: redactor.count };
}

class Redactor {
  public count = 0;

  public object(object: JsonObject, parent: string, depth: number): JsonObject {
    const clean: JsonObject = {};
    const secretMember = secretMemberOf(object);
    for (const [key, value] of Object.entries(object)) {
      const name = plainName(key);
      const isSecret = SECRET_NAME.test(name) || name === secretMember;
      const path = `${parent}.${name}`;
      put(
        clean,
        key,
        isSecret || VALUES_ARE_SECRET.test(path) ? this.secret(value, depth + 1) : this.any(value, path, depth + 1),
      );
    }
    return clean;
  }

  private any(value: Json, parent: string, depth: number): Json {
    if (typeof value === 'string') return this.text(value, depth);
    if (typeof value !== 'object' || value === null) return value;
    if (depth > DEEPEST) return this.taken();
    if (Array.isArray(value)) return value.map((item) => this.any(item, parent, depth + 1));
    return this.object(value, parent, depth);
  }

  /** Everything in a secret is one, but for names of resources and switches. */
  private secret(value: Json, depth: number): Json {
    if (depth > DEEPEST) return this.taken();
    if (Array.isArray(value)) return value.map((item) => this.secret(item, depth + 1));
    if (isObject(value)) {
      const clean: JsonObject = {};
      for (const [key, inner] of Object.entries(value)) {
        // The name of a variable and its type are no secret, and say which one was set.
        put(clean, key, /^(name|type)$/i.test(key) ? this.any(inner, '', depth + 1) : this.secret(inner, depth + 1));
      }
      return clean;
    }
    if (value === null || typeof value === 'boolean' || value === '' || value === REDACTED) return value;
    return typeof value === 'string' && /^arn:[\w-]+:[\w-]+:[\w-]*:\d*:[\w+=,.@/:-]+$/.test(value) ? value : this.taken();
  }

  private text(text: string, depth: number): string {
    const inner = this.embedded(text, depth);
    if (inner !== undefined) return inner;
    let clean = text;
    for (const pattern of SECRET_TEXTS) {
      clean = clean.replace(pattern, (_match, before: unknown) => {
        this.count += 1;
        return `${typeof before === 'string' ? before : ''}${REDACTED}`;
      });
    }
    return clean;
  }

  /** JSON in a text, such as a policy or a template; undefined when it is none, or holds no secret. */
  private embedded(text: string, depth: number): string | undefined {
    if (!/^\s*[[{]/.test(text) || depth > DEEPEST) return undefined;
    let value: Json;
    try {
      value = JSON.parse(text);
    } catch {
      return undefined;
    }
    const before = this.count;
    const clean = this.any(value, '', depth + 1);
    return this.count > before ? JSON.stringify(clean) : undefined;
  }

  private taken(): string {
    this.count += 1;
    return REDACTED;
  }
}

/** The member whose value is a secret because of what stands beside it. */
function secretMemberOf(object: JsonObject): string | undefined {
  const said = new Map(Object.entries(object).map(([key, value]) => [plainName(key), value]));
  if (said.get('type') === 'SecureString') return 'value';
  if (said.get('namespace') === 'aws:elasticbeanstalk:application:environment') return 'value';
  // Whether a parameter of a stack is declared with `NoEcho` is not told with its value.
  return said.has('parameterkey') ? 'parametervalue' : undefined;
}

/** `MasterUserPassword`, `master_user_password` and `master-user-password` are one name. */
function plainName(key: string): string {
  return key.toLowerCase().replace(/[^a-z0-9]/g, '');
}
