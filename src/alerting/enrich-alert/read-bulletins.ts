import { AlertSource } from '../alert-source';
import type { Alert } from './alert';
import { at, type Fields, isFields, join, text } from './fields';

/** What `SecurityBulletins` tells of a feed. Titles and links come from its publisher. */
export function readBulletins(event: Fields): Partial<Alert> {
  const detail = at(event, 'detail');
  const feed = text(detail, 'feed') ?? 'a feed';
  const count = text(detail, 'count') ?? 'some';
  const found = at(detail, 'bulletins');
  const bulletins = (Array.isArray(found) ? found.filter(isFields) : []).slice(0, 25);
  const titles = bulletins.map((each) => join(' ', text(each, 'title'), text(each, 'link')) ?? '');
  const isGrave = titles.some((title) => /\b(critical|actively exploited|emergency)\b/i.test(title));
  return {
    source: AlertSource.SECURITY_BULLETINS,
    id: join(' ', feed, text(detail, 'id')),
    state: 'published',
    severity: isGrave ? 7 : 4,
    type: 'Security bulletins',
    title: `${feed}: ${count} new`,
    description: titles.join('; ') || undefined,
    next: {
      tactic: undefined,
      steps: ['Read them: where you use what one is about, install the fix or limit the harm, and write down that you did.'],
    },
  };
}
