import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

/** What CloudFormation is told of a custom resource. */
export interface Outcome {
  /** Another id than before makes CloudFormation delete the resource of the old one. */
  readonly PhysicalResourceId: string;
  /** Attributes for `Fn::GetAtt`. */
  readonly Data?: Readonly<Record<string, unknown>>;
}

/** How a setting of an account is made, changed and taken back. Each may run again: a retry must not fail for what the first try did. */
export interface Lifecycle<Wanted> {
  /** Read what the template says; throw for what cannot be meant. */
  readonly read: (properties: Readonly<Record<string, unknown>>) => Wanted;
  /** Which setting it is: the same for the same account and Region, so that an update changes it in place. */
  readonly id: (wanted: Wanted) => string;
  /** Bring about what is wanted, whatever is there. */
  readonly apply: (wanted: Wanted, before?: Wanted) => Promise<Readonly<Record<string, unknown>> | undefined>;
  /** Take back what was made; what is gone already is no error. */
  readonly remove: (wanted: Wanted) => Promise<void>;
}

/** The entry of a function that serves an `AccountSetting`. */
export function onLifecycle<Wanted>(lifecycle: Lifecycle<Wanted>) {
  return async (event: CloudFormationCustomResourceEvent): Promise<Outcome> => {
    const { ServiceToken, ...properties } = event.ResourceProperties;
    if (event.RequestType === 'Delete') {
      await removed(lifecycle, properties);
      return { PhysicalResourceId: event.PhysicalResourceId };
    }
    const wanted = lifecycle.read(properties);
    const before = event.RequestType === 'Update' ? readable(lifecycle, event.OldResourceProperties) : undefined;
    const data = await lifecycle.apply(wanted, before);
    return { PhysicalResourceId: lifecycle.id(wanted), ...(data && { Data: data }) };
  };
}

/** A stack whose resource cannot be read can still be deleted: there is nothing that was made from it. */
async function removed<Wanted>(lifecycle: Lifecycle<Wanted>, properties: Readonly<Record<string, unknown>>): Promise<void> {
  const wanted = readable(lifecycle, properties);
  if (wanted !== undefined) await lifecycle.remove(wanted);
}

function readable<Wanted>({ read }: Lifecycle<Wanted>, properties: Readonly<Record<string, unknown>>): Wanted | undefined {
  try {
    return read(properties);
  } catch {
    return undefined;
  }
}
