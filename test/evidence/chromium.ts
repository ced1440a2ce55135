import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Where Debian puts it. */
const PROGRAM = '/usr/bin/chromium';

export const HAS_CHROMIUM = existsSync(PROGRAM);

/** A real browser, which asks nobody on the network for anything of its own. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: PROGRAM,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Everything that a page does which it should not: errors, broken rules of its policy, requests to the network. */
export function watch(page: Page): string[] {
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') wrong.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!/^(file|data|about):/.test(request.url())) wrong.push(`request: ${request.url()}`);
  });
  return wrong;
}
