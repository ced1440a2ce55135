import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const ROOT = join(__dirname, '..', '..');
const IMAGES = join(ROOT, 'docs', 'images');
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** What `npm run demo` leaves: pictures are of real output. */
const DEMO = process.argv[2] ?? join(ROOT, 'demo.out');
const REPORT = join(DEMO, 'evidence', 'index.html');
const STOPPED = join(DEMO, 'with-mistakes.cdk.out');
const TOOL = join(ROOT, 'assets', 'cli', 'cdk-soc2.js');

/** Draw the pictures of the README. */
async function main(): Promise<void> {
  for (const path of [REPORT, STOPPED]) if (!existsSync(path)) throw new Error(`${path} is not there: run npm run demo first`);
  mkdirSync(IMAGES, { recursive: true });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
  try {
    for (const scheme of ['light', 'dark'] as const) await drawReport(browser, scheme);
    await drawNetwork(browser);
    await drawGate(browser);
  } finally {
    await browser.close();
  }
}

/** A criterion, its controls, and what the rules of the first of them found. */
async function drawReport(browser: Browser, colorScheme: 'light' | 'dark'): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1_160, height: 700 }, colorScheme });
  await page.goto(`file://${REPORT}#criteria`);
  await page.evaluate(`(() => {
    const criterion = document.getElementById('CC6.1');
    criterion.open = true;
    criterion.querySelector('details').open = true;
    criterion.scrollIntoView();
    scrollBy(0, -36);
  })()`);
  await page.screenshot({ path: join(IMAGES, `report-${colorScheme}.png`) });
  await page.close();
}

/** The page of production. */
async function drawNetwork(browser: Browser): Promise<void> {
  const folder = join(DEMO, 'evidence', 'network');
  const file = readdirSync(folder).find((name) => name.startsWith('production') && name.endsWith('.svg'))!;
  const page = await browser.newPage({ deviceScaleFactor: 0.75 });
  await page.goto(`file://${join(folder, file)}`);
  const [width, height] = await page.evaluate<[number, number]>(
    '["width", "height"].map((side) => Number(document.documentElement.getAttribute(side)))',
  );
  await page.setViewportSize({ width, height });
  await page.screenshot({ path: join(IMAGES, 'network.png') });
  await page.close();
}

/** The gate as a terminal shows it, up to the first blank line. */
async function drawGate(browser: Browser): Promise<void> {
  const env = { ...process.env, FORCE_COLOR: '1' };
  const { stdout, status } = spawnSync(process.execPath, [TOOL, 'gate', STOPPED], { encoding: 'utf8', env });
  const [said] = stdout.split('\n\n');
  const page = await browser.newPage({ viewport: { width: 1_160, height: 400 } });
  const prompt = '<span class="prompt">$</span> ';
  await page.setContent(
    `<style>
      body { margin: 0; background: #14181b; }
      pre { margin: 0; padding: 22px 26px; font: 15px/1.6 "DejaVu Sans Mono", monospace; color: #dfe5e8; white-space: pre-wrap; }
      .prompt { color: #7fb8a4; } .red { color: #ff8a80; font-weight: bold; }
    </style><pre>${prompt}npx cdk-soc2 gate cdk.out\n${coloured(said)}\n${prompt}echo $?\n${status}</pre>`,
  );
  await page.locator('pre').screenshot({ path: join(IMAGES, 'gate.png') });
  await page.close();
}

/** Text with the colours of a terminal, of which the gate uses but one. */
function coloured(text: string): string {
  const safe = text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are how a terminal is told colours.
  return safe.replace(/\u001b\[31m/g, '<span class="red">').replace(/\u001b\[39m/g, '</span>');
}

void main();
