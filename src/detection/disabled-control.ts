/** A control of Security Hub that is switched off. */
export interface DisabledControl {
  /** Its id, for example `IAM.6`. */
  readonly control: string;
  /** Why, in a sentence: Security Hub shows it. Up to 2,048 characters. */
  readonly reason: string;
}

/** The control, as a property of the custom resource. */
export function readDisabledControl({ control, reason }: DisabledControl) {
  if (!/^[A-Za-z0-9]+\.\d+$/.test(control))
    throw new Error(`'control' of a disabled control must be an id such as IAM.6, got '${control}'`);
  if (!/\S+\s+\S+\s+\S+/.test(reason))
    throw new Error(
      `'reason' of the disabled control ${control} must say why in a sentence, got '${reason}': an auditor reads it`,
    );
  return { Id: control, Reason: reason };
}
