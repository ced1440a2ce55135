import type { Call, Parameter, Runbook, Step } from './runbook';

/** What the construct knows. */
export interface Given {
  readonly role: string;
  readonly approvers: readonly string[];
  readonly minimumApprovals: number;
  readonly quarantinePolicy: string;
  readonly isolationGroup?: string;
  /** Where those who may approve are told; a topic whose name begins with `Automation`. */
  readonly approvalTopic?: string;
}

/** Seconds that a runbook waits for approval: a day. */
const PATIENCE = 86_400;

/** Which way a run goes. */
const MODE: Parameter = {
  type: 'String',
  description: 'Respond answers the finding; Undo takes the containing steps of an earlier run back.',
  allowedValues: ['Respond', 'Undo'],
  default: 'Respond',
};

/**
 * A runbook as a document of Systems Manager Automation.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html
 */
export function documentOf(runbook: Runbook, given: Given): Record<string, unknown> {
  const { title, summary, parameters, look, contain, collect, eradicate, recover } = runbook;
  const undo = contain.map((step) => step.undo).reverse();
  const respond = [
    ...look.map(evidence),
    approval('ApproveContainment', `${title}: contain? ${listed(contain)}`, given),
    ...contain.map(change),
    ...collect.map(evidence),
    ...(eradicate.length > 0 ? [approval('ApproveEradication', `${title}: eradicate? ${listed(eradicate)}`, given)] : []),
    ...eradicate.map(change),
    ...recover.map(evidence),
  ];
  const back = [approval('ApproveUndo', `${title}: take back what was contained? ${listed(undo)}`, given), ...undo.map(change)];
  return {
    schemaVersion: '0.3',
    description: `${title}. ${summary}`,
    assumeRole: given.role,
    parameters: Object.fromEntries(
      Object.entries({ Mode: MODE, ...parameters }).map(([name, parameter]) => [name, declaration(parameter, given)]),
    ),
    mainSteps: [
      {
        name: 'ChooseMode',
        action: 'aws:branch',
        inputs: {
          Choices: [{ NextStep: 'ApproveUndo', Variable: '{{ Mode }}', StringEquals: 'Undo' }],
          Default: respond[0].name,
        },
      },
      ...ending(respond),
      ...ending(back),
    ],
  };
}

interface Written extends Record<string, unknown> {
  readonly name: string;
}

/** The last step of a way ends the run. */
function ending(steps: readonly Written[]): Written[] {
  return steps.map((step, index) =>
    index === steps.length - 1 ? { ...step, isEnd: true } : { ...step, nextStep: steps[index + 1].name },
  );
}

/** What cannot be read keeps nobody from containing. */
function evidence(step: Step): Written {
  return { ...call(step), onFailure: 'Continue' };
}

function change(step: Step): Written {
  return { ...call(step), onFailure: 'Abort' };
}

function call({ name, title, service, api, inputs, outputs }: Step): Written {
  return {
    name,
    action: 'aws:executeAwsApi',
    description: title,
    inputs: { Service: service, Api: api, ...inputs },
    ...(outputs && { outputs: Object.entries(outputs).map(([Name, [Selector, Type]]) => ({ Name, Selector, Type })) }),
  };
}

function approval(name: string, Message: string, { approvers, minimumApprovals, approvalTopic }: Given): Written {
  return {
    name,
    action: 'aws:approve',
    timeoutSeconds: PATIENCE,
    onFailure: 'Abort',
    inputs: {
      ...(approvalTopic && { NotificationArn: approvalTopic }),
      Message,
      MinRequiredApprovals: minimumApprovals,
      Approvers: approvers,
    },
  };
}

function listed(steps: readonly Step[]): string {
  return steps.map(({ title }) => title).join(' ');
}

function declaration({ given: name, default: usual, ...parameter }: Parameter, given: Given): Record<string, unknown> {
  const value = name === undefined ? usual : given[name];
  return { ...parameter, ...(value !== undefined && { default: value }) };
}

/** Every call of a runbook, those that take back included. */
export function callsOf({ look, contain, collect, eradicate, recover }: Runbook): readonly Call[] {
  return [...look, ...contain, ...contain.map(({ undo }) => undo), ...collect, ...eradicate, ...recover];
}
