import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { buildApp } from './app';
import type { Built } from './build';
import { runTool } from './child';

/** The rendering of a bundle, and how the report feels in a browser. Milliseconds and megabytes. */
export interface EvidenceMeasurement {
  readonly results: number;
  readonly wall: number;
  readonly peakMemory: number;
  /** Megabytes of the report. */
  readonly report: number;
  /** From opening the file until its results are there; undefined without a browser. */
  readonly firstRender?: number;
  /** The slowest of some searches, from the key to the list. */
  readonly filter?: number;
}

/** Write a bundle of at least so many results, with every format, and open it. */
export async function measureEvidence(results: number, built: Built): Promise<EvidenceMeasurement> {
  const out = join(built.folder, 'evidence-app');
  // A resource has nearly five results.
  buildApp(
    { resources: Math.ceil(results / 4.5), perStack: 400, findings: true },
    { outdir: out, builtinCloudFormationValidation: false },
  ).synth();
  const ledger = join(built.folder, 'evidence-ledger.json');
  const audit = runTool(
    [built.tool, 'audit', out, '--format', 'json', '--output', ledger],
    built.memoryHook,
    join(built.folder, 'note'),
  );
  const { evaluations } = JSON.parse(readFileSync(ledger, 'utf8')) as { evaluations: unknown[] };
  if (audit.status === 2 || evaluations.length < results)
    throw new Error(`the app has ${evaluations.length} results, fewer than ${results}: ${audit.stderr.slice(0, 500)}`);
  // As an app leaves it: what is measured is the rendering.
  mkdirSync(join(out, 'soc2'), { recursive: true });
  copyFileSync(ledger, join(out, 'soc2', 'ledger.json'));
  const bundle = join(built.folder, 'evidence');
  console.error(`evidence of ${evaluations.length} results`);
  const { wall, peakMemory, status, stderr } = runTool(
    [built.tool, 'evidence', out, '--out', bundle],
    built.memoryHook,
    join(built.folder, 'note'),
  );
  if (status !== 0) throw new Error(`evidence ended with ${status}: ${stderr.slice(0, 1_000)}`);
  const index = join(bundle, 'index.html');
  const report = statSync(index).size / 1e6;
  const felt = await inBrowser(index);
  rmSync(out, { recursive: true });
  rmSync(bundle, { recursive: true });
  return { results: evaluations.length, wall, peakMemory, report, ...felt };
}

async function inBrowser(index: string): Promise<{ firstRender?: number; filter?: number }> {
  const args = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args }).catch(() => undefined);
  if (!browser) return {};
  try {
    const page = await browser.newPage();
    const start = performance.now();
    await page.goto(`file://${index}#results`);
    await page.waitForSelector('#result-rows tr');
    const firstRender = performance.now() - start;
    const filter = await page.evaluate<number>(`(() => {
      const search = document.getElementById('search');
      return Math.max(...['bucket', 'encrypted aws::s3', 'zzz', 'e', ''].map((words) => {
        const start = performance.now();
        search.value = words;
        search.dispatchEvent(new Event('input'));
        document.body.getBoundingClientRect();
        return performance.now() - start;
      }));
    })()`);
    return { firstRender, filter };
  } finally {
    await browser.close();
  }
}
