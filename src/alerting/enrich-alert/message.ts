import { ATTRIBUTES, KINDS } from '../alert-settings';
import { RunbookFamily } from '../runbook-family';
import { type Alert, type Hit, wordFor } from './alert';
import { chat, plain, shorten, subject } from './untrusted';

/** What SNS publishes. */
export interface Message {
  readonly Subject: string;
  readonly Message: string;
  readonly MessageStructure: 'json';
  readonly MessageAttributes: Record<string, { DataType: 'String' | 'Number'; StringValue: string }>;
}

/** What the message says beside the alert. */
export interface Around {
  /** What the environment is for. */
  readonly environment: string;
  /** Links of runbooks by family. */
  readonly runbooks: Readonly<Record<string, string>>;
  /** Where the whole finding is. */
  readonly record?: string;
  /** The event itself. */
  readonly event: unknown;
}

/**
 * Most bytes of a message, all its forms together; SNS takes 262,144.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/sns.html
 */
export const MOST_BYTES = 250_000;
/** Most characters of the text that people read. */
const MOST_TEXT = 12_000;
/** Most resources and lines of a kind that are told. */
const MOST_HITS = 10;

type Line = readonly [name: string, value: string | undefined];

/** An alert in the forms that its readers take: text for people, a card for chats, the facts for programs. */
export function messageOf(alert: Alert, around: Around): Message {
  const text = shorten(textOf(alert, around), MOST_TEXT);
  const forms: Record<string, string> = { default: text, https: chatCard(alert, around) };
  const program = forProgram(alert, around, MOST_BYTES - sizeOf(forms));
  return {
    Subject: subjectOf(alert, around),
    Message: JSON.stringify({ ...forms, sqs: program, lambda: program }),
    MessageStructure: 'json',
    MessageAttributes: attributesOf(KINDS.alert, alert),
  };
}

export function attributesOf(
  kind: string,
  { severity, source }: Pick<Alert, 'severity' | 'source'>,
): Message['MessageAttributes'] {
  return {
    [ATTRIBUTES.kind]: { DataType: 'String', StringValue: kind },
    [ATTRIBUTES.severity]: { DataType: 'Number', StringValue: String(severity) },
    [ATTRIBUTES.source]: { DataType: 'String', StringValue: source },
  };
}

function headOf({ severity, isResolved }: Alert): string {
  return `${isResolved ? 'RESOLVED, was ' : ''}${wordFor(severity)} ${severity.toFixed(1)}`;
}

function subjectOf(alert: Alert, { environment }: Around): string {
  return subject(`[${headOf(alert)}] ${environment} ${alert.account ?? ''}: ${alert.title}`);
}

/** What is told, by question; names are ours, values are not. */
function sections(alert: Alert, around: Around): readonly (readonly [heading: string, lines: readonly Line[]])[] {
  const { who, way, next } = alert;
  const hits = alert.hit.slice(0, MOST_HITS);
  const more = alert.hit.length - hits.length;
  return [
    [
      'WHAT HAPPENED',
      [
        ['Type', alert.type],
        ['State', alert.state],
        ['Description', alert.description],
        ['When', alert.time],
        ['Where', [alert.account, alert.region, around.environment].filter(Boolean).join(', ')],
        ['Source', [alert.source, ...alert.more].filter(Boolean).join('; ')],
        ['Finding', alert.id],
      ],
    ],
    [
      'WHO',
      [
        ['Principal', [who.principal, who.principalType && `(${who.principalType})`].filter(Boolean).join(' ')],
        ['Account', who.account],
        ['Source address', who.sourceIp],
        ['Network (ASN)', who.network],
        ['Country', who.country],
        ['Program', who.userAgent],
        ['Second factor', who.mfa],
        ['Access key', [who.accessKey, who.accessKeyAge].filter(Boolean).join(', ')],
      ],
    ],
    [
      'WHICH WAY IN',
      [
        ['Call', way.api],
        ['Connection', way.connection],
        ['Network', way.network],
        ['Security groups', way.securityGroups],
        ['Open to the internet', way.internetFacing],
      ],
    ],
    ['WHAT IS HIT', [...hits.flatMap(hitLines), ['More', more > 0 ? `${more} more resources` : undefined]]],
    [
      'WHAT COMES NEXT',
      [['Tactic (MITRE ATT&CK)', next.tactic], ...next.steps.slice(0, MOST_HITS).map((step) => ['Likely', step] as const)],
    ],
  ];
}

function hitLines(hit: Hit): Line[] {
  const facts = [
    hit.name && `name ${hit.name}`,
    `owner ${hit.owner ?? 'not tagged'}`,
    `environment ${hit.environment ?? 'not tagged'}`,
    `data ${hit.dataClassification ?? 'not tagged'}`,
    hit.stack && `stack ${hit.stack}`,
    hit.related && `related ${hit.related}`,
  ];
  return [[plain(hit.type ?? 'Resource', 60), `${shorten(hit.id, 250)}; ${facts.filter(Boolean).join('; ')}`]];
}

/** Not known is said, so that nobody looks for it in vain. */
const UNKNOWN = 'not in the finding';

function textOf(alert: Alert, around: Around): string {
  const body = sections(alert, around).flatMap(([heading, lines]) => {
    const said = lines.filter(([, value]) => value);
    return ['', heading, ...(said.length > 0 ? said.map(([name, value]) => `  ${name}: ${plain(value!)}`) : [`  ${UNKNOWN}`])];
  });
  const runbook = runbookOf(alert, around);
  return [
    `${headOf(alert)}: ${plain(alert.title)}`,
    ...body,
    '',
    `RUNBOOK: ${runbook ?? 'none for this kind of finding'}`,
    ...(around.record ? [`WHOLE FINDING: ${around.record}`] : []),
    ...alert.notes.map((note) => `NOTE: ${plain(note)}`),
    '',
  ].join('\n');
}

function runbookOf({ next: { family } }: Alert, { runbooks }: Around): string | undefined {
  return family && (runbooks[family] ?? familyName(family));
}

function familyName(family: RunbookFamily): string {
  return Object.values(RunbookFamily).includes(family) ? family : '';
}

/**
 * A card that Amazon Q Developer shows in Slack and Teams.
 *
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
function chatCard(alert: Alert, around: Around): string {
  const lines = sections(alert, around).flatMap(([heading, all]) => {
    const said = all.filter(([, value]) => value);
    return [`*${heading}*`, ...(said.length > 0 ? said.map(([name, value]) => `${name}: ${chat(value!, 300)}`) : [UNKNOWN])];
  });
  const runbook = runbookOf(alert, around);
  return JSON.stringify({
    version: '1.0',
    source: 'custom',
    content: {
      textType: 'client-markdown',
      title: shorten(`${headOf(alert)}: ${chat(alert.title, 180).replaceAll('`', '')}`, 240),
      description: shorten([...lines, ...alert.notes.map((note) => `Note: ${chat(note, 300)}`)].join('\n'), 7_500),
      ...(runbook ? { nextSteps: [`Runbook: ${runbook}`] } : {}),
    },
  });
}

/** Forms of the facts from the fullest to the shortest: characters of a value, resources, and whether the event is in it. */
const FORMS = [
  [2_000, MOST_HITS, true],
  [2_000, MOST_HITS, false],
  [200, 3, false],
  [20, 0, false],
] as const;

/** The facts, and the event where there is room for it. */
function forProgram(alert: Alert, { environment, record, event }: Around, room: number): string {
  const { keys: _, ...facts } = alert;
  const forms = FORMS.map(([most, hits, isWhole]) => () => {
    const clipped = JSON.parse(JSON.stringify(facts), (_key, value) =>
      typeof value === 'string' ? shorten(value, most) : value,
    );
    const short = { ...clipped, hit: clipped.hit.slice(0, hits), severityLabel: wordFor(alert.severity), environment, record };
    return JSON.stringify({ ...short, event: isWhole ? event : 'too large for a message' });
  });
  // It stands in the message twice.
  return forms.map((form) => form()).find((form) => 2 * sizeOf(form) < room) ?? forms.at(-1)!();
}

/** Bytes of a value in a message, where quotes are written with a stroke. */
function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** The proof that a message gets through: for the queue that waits for it, not for people. */
export function heartbeat(): Message {
  return {
    Subject: 'Alert delivery works',
    Message: JSON.stringify({ default: 'Heartbeat: an event passed through the rule, the function and the topic.' }),
    MessageStructure: 'json',
    MessageAttributes: attributesOf(KINDS.heartbeat, { severity: 0, source: 'UNKNOWN' }),
  };
}
