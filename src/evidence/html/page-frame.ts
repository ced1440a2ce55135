import { createHash } from 'node:crypto';
import { asset } from '../assets';
import { html, Markup } from './markup';

/** A page that may load nothing, and runs no script but its own. */
export function pageOf(title: string, body: Markup, script?: string): string {
  const css = asset('report.css').toString('utf8');
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(css)}'`,
    ...(script === undefined ? [] : [`script-src '${hashOf(script)}'`]),
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `${
    html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Markup(css)}</style></head>
<body>
${body}
</body></html>`.text
  }\n`;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
