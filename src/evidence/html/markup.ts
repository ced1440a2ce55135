import { escaped } from '../text';

/** Markup that is safe to stand in a page. */
export class Markup {
  constructor(public readonly text: string) {}
}

type Part = string | number | undefined | Markup | readonly Markup[];

/** Markup from a template literal: every text put into it is escaped, so that no name of a resource can become markup. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(String.raw({ raw: strings.raw }, ...parts.map(written)));
}

/** Text from a template, kept apart from the direction of the text around it. */
export function foreign(text: string): Markup {
  return html`<bdi>${text}</bdi>`;
}

function written(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(({ text }) => text).join('');
  return escaped(String(part));
}
