import type { SQSRecord } from 'aws-lambda';
import { ATTRIBUTES, KINDS } from '../alert-settings';
import { plain, subject } from '../enrich-alert/untrusted';

/** What SNS publishes. */
export interface RawMessage {
  readonly Subject: string;
  readonly Message: string;
  readonly MessageAttributes: Record<string, { DataType: 'String' | 'Number'; StringValue: string }>;
}

/**
 * Most bytes of the event in one message; SNS takes 262,144 with what is around it.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/sns.html
 */
const MOST_BYTES = 200_000;

/** Nobody rated it: it is taken for high, so that whoever is told only of what is severe is told. */
const SEVERITY = '8';

/** What Lambda and EventBridge say of an event that they could not deliver. */
const REASONS = ['ErrorCode', 'ErrorMessage', 'ERROR_CODE', 'ERROR_MESSAGE', 'RULE_ARN'];

/** An event that could not be told in the usual way, as it is: nothing is left out, so that it may take several messages. */
export function rawMessages({ body, messageAttributes }: Pick<SQSRecord, 'body' | 'messageAttributes'>): RawMessage[] {
  const reasons = REASONS.flatMap((name) => {
    const value = messageAttributes?.[name]?.stringValue;
    return value ? `${name}: ${plain(value)}` : [];
  });
  const parts = split(ascii(body));
  return parts.map((part, index) => {
    const place = parts.length === 1 ? '' : `, part ${index + 1} of ${parts.length}`;
    return {
      Subject: subject(`[NOT ENRICHED${place}] ${nameOf(body)}`),
      Message: [
        `An alert that could not be explained: here is the event as it came${place}.`,
        'NOTE: Who, which way in and what is hit were not looked up. The log of the function says why.',
        ...reasons,
        '',
        part,
      ].join('\n'),
      MessageAttributes: {
        [ATTRIBUTES.kind]: { DataType: 'String', StringValue: KINDS.alert },
        [ATTRIBUTES.severity]: { DataType: 'Number', StringValue: SEVERITY },
        [ATTRIBUTES.source]: { DataType: 'String', StringValue: 'UNKNOWN' },
      },
    };
  });
}

function nameOf(body: string): string {
  try {
    const event: unknown = JSON.parse(body);
    const fields = typeof event === 'object' && event !== null ? (event as Record<string, unknown>) : {};
    const detail = typeof fields.detail === 'object' && fields.detail !== null ? (fields.detail as Record<string, unknown>) : {};
    return [fields['detail-type'], detail.type ?? detail.eventName, fields.account]
      .filter((each) => typeof each === 'string')
      .join(' ');
  } catch {
    return 'an event that is no JSON';
  }
}

/** As JSON has it: what is not printable ASCII is written by its number, so that it is neither seen wrongly nor lost. */
function ascii(body: string): string {
  const escaped = body.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return escaped.replace(/</g, '\\u003c').replace(/>/g, '\\u003e').replace(/@/g, '\\u0040').replace(/:\/\//g, ':\\/\\/');
}

function split(text: string): string[] {
  const parts = Math.max(1, Math.ceil(text.length / MOST_BYTES));
  return Array.from({ length: parts }, (_, index) => text.slice(index * MOST_BYTES, (index + 1) * MOST_BYTES));
}
