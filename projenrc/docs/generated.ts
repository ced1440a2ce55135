import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RUNBOOKS } from '../../src/alerting/runbook-catalogue';
import { CATALOGUE } from '../../src/evidence/operating/catalogue';
import { renderConfigRules } from './config-rules-ts';
import { renderControls } from './controls-md';
import { renderRuleIndex, ruleFiles } from './rule-index';
import { renderRules } from './rules-md';
import { renderRunbook, renderRunbookList } from './runbook-pages';
import { SERVICES } from './services';

/** A file that is derived from others. */
export interface Generated {
  readonly path: string;
  readonly render: () => string;
}

const ROOT = join(__dirname, '..', '..');

/** Every generated file, in the order in which one needs the other: the pages read the rules through the index. */
export const GENERATED: readonly Generated[] = [
  { path: 'src/rules/index.ts', render: () => renderRuleIndex(ruleFiles(ROOT)) },
  { path: 'src/logging/config-rules.generated.ts', render: () => renderConfigRules(load().rules, loadManagedRules()) },
  { path: 'RULES.md', render: () => renderRules({ ...load(), leftOut: loadLeftOut(), services: SERVICES }) },
  { path: 'CONTROLS.md', render: () => renderControls({ ...load(), collectors: CATALOGUE }) },
  { path: 'docs/runbooks/README.md', render: () => renderRunbookList(RUNBOOKS) },
  ...RUNBOOKS.map((runbook) => ({ path: `docs/runbooks/${runbook.family}.md`, render: () => renderRunbook(runbook) })),
];

/** What the pages are about, loaded only when they are rendered: by then the index is up to date. */
function load() {
  const { TRUST_SERVICES_CRITERIA: criteria } =
    require('../../src/criteria/trust-services-criteria') as typeof import('../../src/criteria/trust-services-criteria');
  const { CONTROL_THEMES: themes } = require('../../src/criteria/controls') as typeof import('../../src/criteria/controls');
  const { RULES: rules } = require('../../src/rules') as typeof import('../../src/rules');
  return { criteria, themes, rules };
}

function loadLeftOut() {
  return (require('../../src/rules/left-out') as typeof import('../../src/rules/left-out')).LEFT_OUT;
}

function loadManagedRules() {
  return JSON.parse(readFileSync(join(__dirname, 'managed-rules.json'), 'utf8'));
}
