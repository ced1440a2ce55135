import type { JsonObject } from '../../../model/json';
import { sha256 } from '../../bundle/manifest';
import { type Answer, collectParts, type Part } from '../collect-parts';
import type { Collector } from '../collector';
import { inOneLine, isFatal } from '../failures';
import { RESTORE_TICKETS } from './about';

const PREFIX = RESTORE_TICKETS.reports!;

/** When a test ended stands in the key of its ticket. */
const TICKET = /\/(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z_[^/]*_(?:passed|failed)\.json$/;

const TICKETS: Part = {
  query: ({ reports, period: { from, to } }) => ({
    id: 'tickets',
    title: 'Tickets of restore tests that ended in the period, each with its checks, its times and its result',
    covers: 'period',
    calls: [
      {
        api: 's3:GetObject',
        parameters: { place: reports?.place ?? null, prefix: PREFIX, from: from.toISOString(), to: to.toISOString() },
      },
    ],
  }),
  async *answers({ reports, period }): AsyncGenerator<Answer> {
    if (!reports) throw new Error('tickets can be read only where they are: the place of the reports is needed');
    for await (const key of reports.list(PREFIX)) {
      const [, day, hour, minute, second] = TICKET.exec(key) ?? [];
      if (day === undefined) continue;
      const ended = new Date(`${day}T${hour}:${minute}:${second}Z`);
      if (Number.isNaN(ended.getTime()))
        yield { rows: [], answers: 0, missing: [`${key}: says no time at which the test ended`] };
      else if (ended >= period.from && ended < period.to) yield await ticketAt(key);
    }

    /** The ticket, and its page for people. */
    async function ticketAt(key: string): Promise<Answer> {
      try {
        const file = await reports!.read(key);
        if (!file) throw new Error('it was removed while it was read');
        const { sha256: said, ...ticket } = JSON.parse(file.content.toString('utf8')) as JsonObject;
        const data = {
          file: key,
          fileSha256: sha256(file.content),
          ...ticket,
          sha256: said,
          isAsWritten: sha256(JSON.stringify(ticket)) === said,
        };
        const page = await reports!.read(key.replace(/\.json$/, '.html'));
        const name = key
          .slice(PREFIX.length)
          .replaceAll('/', '_')
          .replace(/\.json$/, '.html');
        return { rows: [{ id: key, data }], attachments: page ? [{ name, content: page.content }] : [] };
      } catch (error) {
        if (isFatal(error)) throw error;
        return { rows: [], answers: 0, missing: [`${key}: ${inOneLine(error)}`] };
      }
    }
  },
};

export const restoreTickets: Collector = { ...RESTORE_TICKETS, collect: collectParts([TICKETS]) };
