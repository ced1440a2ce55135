import { randomUUID } from 'node:crypto';

/** A document of Systems Manager Automation, as far as the runbooks use it. */
export interface Document {
  readonly parameters: Readonly<Record<string, { readonly default?: unknown; readonly allowedPattern?: string }>>;
  readonly mainSteps: readonly Step[];
}

interface Step {
  readonly name: string;
  readonly action: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs?: readonly { readonly Name: string; readonly Selector: string }[];
  readonly nextStep?: string;
  readonly isEnd?: boolean;
  readonly onFailure?: string;
}

/** What a run did. */
export interface Run {
  readonly steps: readonly string[];
  readonly failed: readonly string[];
  /** By step and name: `LookAtInstance.GroupIds`. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Makes a call of AWS. */
export type Call = (service: string, api: string, inputs: Readonly<Record<string, unknown>>) => Promise<unknown>;

/**
 * Carry out a document as Systems Manager would: in the order of `nextStep` and `isEnd`, with parameters filled in.
 *
 * Of Automation it knows what the runbooks use: `aws:branch`, `aws:approve` and `aws:executeAwsApi`.
 */
export async function execute(
  document: Document,
  given: Readonly<Record<string, unknown>>,
  call: Call,
  approves: (step: string) => boolean = () => true,
): Promise<Run> {
  const values = parametersOf(document, given);
  const steps: string[] = [];
  const failed: string[] = [];
  const outputs: Record<string, unknown> = {};
  for (let step: Step | undefined = document.mainSteps[0]; step; ) {
    const { name, action }: Step = step;
    const inputs = filledIn(step.inputs, values) as Record<string, unknown>;
    steps.push(name);
    let next: string | undefined = step.isEnd ? undefined : step.nextStep;
    if (action === 'aws:branch') {
      const choices = inputs.Choices as { NextStep: string; Variable: string; StringEquals: string }[];
      next = choices.find((choice) => choice.Variable === choice.StringEquals)?.NextStep ?? (inputs.Default as string);
    } else if (action === 'aws:approve') {
      if (!approves(name)) return { steps, failed, outputs };
    } else {
      const { Service, Api, ...own } = inputs;
      try {
        const answer = await call(Service as string, Api as string, own);
        for (const { Name, Selector } of step.outputs ?? []) outputs[`${name}.${Name}`] = select(answer, Selector);
      } catch (error) {
        failed.push(`${name}: ${(error as Error).message}`);
        if (step.onFailure !== 'Continue') return { steps, failed, outputs };
      }
    }
    step = document.mainSteps.find((each) => each.name === next);
  }
  return { steps, failed, outputs };
}

function parametersOf({ parameters }: Document, given: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> {
  const values = Object.entries(parameters).map(([name, { default: usual, allowedPattern }]) => {
    const value = given[name] ?? usual;
    if (value === undefined) throw new Error(`the parameter ${name} is required`);
    if (allowedPattern !== undefined && !new RegExp(allowedPattern).test(String(value)))
      throw new Error(`the parameter ${name} must match ${allowedPattern}, got ${value}`);
    return [name, value] as const;
  });
  return new Map<string, unknown>([...values, ['automation:EXECUTION_ID', randomUUID()]]);
}

/** A text that is nothing but a parameter keeps the type of its value. */
function filledIn(value: unknown, values: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((each) => filledIn(each, values));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filledIn(each, values)]));
  if (typeof value !== 'string') return value;
  const whole = /^\{\{ ([\w:]+) \}\}$/.exec(value);
  if (whole) return known(whole[1], values);
  return value.replace(/\{\{ ([\w:]+) \}\}/g, (_, name: string) => String(known(name, values)));
}

function known(name: string, values: ReadonlyMap<string, unknown>): unknown {
  if (!values.has(name)) throw new Error(`there is no parameter ${name}`);
  return values.get(name);
}

/** `$.a.b[0]..c`: members, one of a list, and a member of each of a list. */
function select(answer: unknown, selector: string): unknown {
  const [path, each] = selector.replace(/^\$\.?/, '').split('..');
  const found = path
    .split(/[.[\]]+/)
    .filter((key) => key !== '')
    // biome-ignore lint/suspicious/noExplicitAny: an answer of any call.
    .reduce<any>((value, key) => value?.[key], answer);
  if (each === undefined) return found;
  const keys = each.split('.');
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  return (found ?? []).map((one: any) => keys.reduce((value, key) => value?.[key], one));
}
