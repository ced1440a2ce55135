import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { reportPage } from '../../src/evidence/html/page';
import { CHECKLIST_PAGES } from '../../src/evidence/renderers/checklist';
import { describeIf } from '../helpers/optional';
import { temporaryFolder } from '../helpers/temporary';
import { HAS_CHROMIUM, startBrowser, watch } from './chromium';
import { EVERY_KIND, evidenceOf, HOSTILE, ledgerOf, manyResults, result } from './sample';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const VIEWS = ['overview', 'criteria', 'results', 'exceptions', 'checklist', 'system', 'about'];

describeIf(HAS_CHROMIUM, 'the report in a browser', 'Chromium is not on this machine', () => {
  const folder = temporaryFolder('report');
  let browser: Browser;
  let page: Page;
  let wrong: string[];

  beforeAll(async () => {
    browser = await startBrowser();
    const others = Array.from({ length: 120 }, (_, index) => result('S3.2', `More${index}`));
    writeFileSync(join(folder, 'index.html'), reportPage(evidenceOf(ledgerOf([...EVERY_KIND, ...others]))));
  });
  afterAll(() => browser.close());

  async function open(hash = '', colorScheme: 'light' | 'dark' = 'light', file = 'index.html'): Promise<void> {
    page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 900 } });
    wrong = watch(page);
    await page.goto(`file://${join(folder, file)}${hash}`);
  }
  afterEach(async () => {
    expect(wrong).toEqual([]);
    await page.close();
  });

  const rows = () => page.locator('#result-rows > tr:not(.detail)');
  const found = () => page.locator('#found').textContent();

  test('each view is shown alone, and can be linked to', async () => {
    await open();
    for (const view of VIEWS) {
      await page.click(`nav.views a[href="#${view}"]`);
      expect(await page.locator('section.view:visible').count()).toBe(1);
      expect(await page.locator(`#${view}`).isVisible()).toBe(true);
      expect(await page.locator('nav.views a[aria-current]').textContent()).toBe(view[0].toUpperCase() + view.slice(1));
    }
    await page.goto(`file://${join(folder, 'index.html')}#CC6.6`);
    expect(await page.locator('details.criterion[open]').getAttribute('id')).toBe('CC6.6');
  });

  test('one reads from a criterion to a control, to a rule, to a resource', async () => {
    await open('#criteria');
    await page.click('#CC6\\.6 > summary');
    await page.click('#CC6\\.6 details.control:has-text("Nothing can be reached") > summary');
    await page.click('#CC6\\.6 details.control[open] a:text-is("S3.1")');
    expect(await found()).toBe('8 of 133 results');
    await page.click('#result-rows button.more >> nth=0');
    const detail = page.locator('tr.detail');
    expect(await detail.textContent()).toContain('Open is wrong');
    expect(await detail.textContent()).toContain('Anyone reads a public bucket.');
    expect(await detail.locator('code:text-is("blockPublicAccess")').count()).toBe(1);
  });

  test('results are filtered by how they ended, by words, and by both', async () => {
    await open('#results');
    expect(await found()).toBe('133 results');
    await page.click('.toggles button[data-column="error"]');
    expect(await found()).toBe('7 of 133 results');
    await page.click('.toggles button[data-column="warning"]');
    expect(await found()).toBe('8 of 133 results');
    await page.fill('#search', 'buckets versions');
    expect(await found()).toBe('1 of 133 results');
    await page.fill('#search', 'no such thing');
    expect(await page.locator('#result-rows').textContent()).toBe('No result is like that.');
    await page.click('#clear');
    expect(await found()).toBe('133 results');
  });

  test('results come a page at a time, the most pressing first', async () => {
    await open('#results');
    expect(await rows().count()).toBe(50);
    expect(await rows().first().textContent()).toContain('Error');
    await page.click('#next');
    await page.click('#next');
    expect(await rows().count()).toBe(33);
    expect(await page.locator('#next').isDisabled()).toBe(true);
    expect(await page.locator('#page').textContent()).toBe('Page 3 of 3');
  });

  test('everything can be done with the keyboard', async () => {
    await open();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    await page.keyboard.press('3');
    expect(await page.locator('#results').isVisible()).toBe(true);
    await page.keyboard.press('/');
    await page.waitForFunction('document.activeElement.id === "search"');
    await page.keyboard.type('excepted');
    expect(await found()).toBe('1 of 133 results');
    await page.keyboard.press('Escape');
    expect(await found()).toBe('133 results');
    await page.locator('#result-rows button.more').first().focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('tr.detail').count()).toBe(1);
    await page.keyboard.press('Space');
    expect(await page.locator('tr.detail').count()).toBe(0);
    await page.keyboard.press('2');
    await page.locator('#CC6\\.1 > summary').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#CC6\\.1').getAttribute('open')).toBe('');
  });

  test('hostile names are shown as text, and do nothing', async () => {
    await open('#results');
    await page.click('.toggles button[data-column="error"]');
    for (const button of await page.locator('#result-rows button.more').all()) await button.click();
    const text = (await page.locator('#result-rows').textContent())!;
    for (const name of [HOSTILE.markup, HOSTILE.formula, HOSTILE.arabic, HOSTILE.long, 'evil⟨U+202E⟩gpj.exe', 'half⟨U+D800⟩'])
      expect(text).toContain(name);
    await page.click('nav.views a[href="#exceptions"]');
    expect(await page.locator('#exceptions').textContent()).toContain(HOSTILE.markup);
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(await page.locator('main script, main img[onerror]').count()).toBe(0);
    // However long a name, the page is no wider than the window.
    await page.click('nav.views a[href="#results"]');
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
  });

  test('colours follow the system, and can be chosen', async () => {
    const background = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    await open('', 'dark');
    expect(await background()).toBe('rgb(20, 24, 27)');
    await page.click('#theme');
    expect(await background()).toBe('rgb(251, 251, 249)');
    await page.reload();
    expect(await background()).toBe('rgb(251, 251, 249)');
  });

  test.each(['light', 'dark'] as const)(
    'nothing keeps out people who see, hear or move differently: %s',
    async (scheme) => {
      await open('', scheme);
      // Put in from outside: the policy of the page lets no other script in.
      await page
        .context()
        .newCDPSession(page)
        .then((session) => session.send('Page.setBypassCSP', { enabled: true }));
      await page.reload();
      for (const view of VIEWS) {
        await page.click(`nav.views a[href="#${view}"]`);
        if (view === 'criteria')
          await page.evaluate(
            'document.querySelectorAll("#CC6\\\\.1, #CC6\\\\.1 details").forEach((each) => { each.open = true; })',
          );
        if (view === 'results') await page.click('#result-rows button.more >> nth=0');
        await page.evaluate(AXE);
        const violations = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>(
          'axe.run().then(({ violations }) => violations)',
        );
        expect(violations.map(({ id, nodes }) => `${view}: ${id} ${nodes[0].html.slice(0, 200)}`)).toEqual([]);
      }
    },
    240_000,
  );

  test('on paper, everything is there but what passed', async () => {
    await open();
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 4).toString()).toBe('%PDF');
    await page.emulateMedia({ media: 'print' });
    await page.evaluate('window.dispatchEvent(new Event("beforeprint"))');
    for (const view of VIEWS) expect(await page.locator(`#${view}`).isVisible()).toBe(true);
    expect(await page.locator('.bar-top').isVisible()).toBe(false);
    expect(await rows().count()).toBe(11);
    await page.evaluate('window.dispatchEvent(new Event("afterprint"))');
    expect(await rows().count()).toBe(50);
  });

  test('without its script, criteria and controls can still be read', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    page = await context.newPage();
    wrong = watch(page);
    await page.goto(`file://${join(folder, 'index.html')}`);
    expect(await page.locator('section.view:visible').count()).toBe(VIEWS.length);
    expect(await page.locator('noscript').textContent()).toContain('results.csv');
    expect(await page.locator('#theme').isVisible()).toBe(false);
  });

  test('20,000 results are all there', async () => {
    writeFileSync(join(folder, 'many.html'), reportPage(evidenceOf(ledgerOf(manyResults(20_000)))));
    await open('#results', 'light', 'many.html');
    expect(await found()).toBe('20,000 results');
    await page.fill('#search', 'resource19999');
    expect(await found()).toBe('1 of 20,000 results');
  });

  test('each item of the checklists has a page that says what was asked and who owes it', async () => {
    let pages = 0;
    for await (const { path, content } of CHECKLIST_PAGES.render(evidenceOf())) {
      pages += 1;
      if (path === 'checklist/S4-11.html') writeFileSync(join(folder, 'item.html'), content);
    }
    expect(pages).toBe(167);
    await open('', 'light', 'item.html');
    expect(await page.locator('h1').textContent()).toBe('A picture of the network can be read by people who are no engineers');
    expect(await page.locator('main').textContent()).toContain('network-diagram.png');
  });
});
