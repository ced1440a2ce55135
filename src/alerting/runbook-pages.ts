import type { RunbookFamily } from './runbook-family';

/** Where the pages of the runbooks are published. */
export const RUNBOOK_PAGES = 'https://github.com/cdk-soc2/cdk-soc2/blob/main/docs/runbooks';

/** The page of a family. */
export function pageOf(pages: string, family: RunbookFamily): string {
  return `${pages.replace(/\/$/, '')}/${family}.md`;
}
