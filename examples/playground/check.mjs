// Opens the page in Chromium as people do and fails if anything is not as it should be.
// The arguments are the file of the page and a folder for pictures.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import puppeteer from 'puppeteer-core';

const [file, pictures] = process.argv.slice(2);
const axe = fs.readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const html = fs.readFileSync(file);
const server = http.createServer((request, response) => {
  served.push(request.url);
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(html);
});
const served = [];
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const address = `http://127.0.0.1:${server.address().port}/`;
const browser = await puppeteer.launch({ executablePath: '/usr/bin/chromium-headless-shell', args: ['--no-sandbox'] });
let slowest = 0;

// open opens the page and fails later on anything that it complains of or asks for.
async function open(url, width = 1400) {
  const page = await browser.newPage();
  await page.setViewport({ width, height: 1000 });
  page.setDefaultTimeout(120000);
  page.setDefaultNavigationTimeout(120000);
  page.faults = [];
  page.on('pageerror', (e) => page.faults.push(e.message));
  page.on('console', (m) => { if (m.type() === 'error' || m.type() === 'warn') page.faults.push(m.text()); });
  page.on('request', (r) => { if (!r.url().startsWith('data:') && !r.url().startsWith('blob:') && r.url().split('#')[0] !== url.split('#')[0]) page.faults.push(`asks for ${r.url()}`); });
  await page.goto(url);
  await page.waitForFunction(() => document.getElementById('status').textContent.startsWith('Ready') || document.getElementById('status').textContent.startsWith('The'), { timeout: 60000 });
  return page;
}
const settle = (page) => new Promise((r) => setTimeout(r, 400)).then(() => page.evaluate(() => 0));
const text = (page, id) => page.$eval(`#${id}`, (e) => e.textContent);
const close = async (page) => { assert.deepEqual(page.faults, []); await page.close(); };
const tab = async (page, id) => { await page.click(`#tab-${id}`); };
const type = async (page, selector, words) => { await page.click(selector, { count: 3 }); await page.type(selector, words); await settle(page); };
const examine = async (page, where) => {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'], iframes: false }));
  assert.deepEqual(found.violations.map((v) => `${where}: ${v.id}: ${v.nodes[0].html.slice(0, 150)}`), []);
};

try {
  // From a folder and from a server; what comes first is timed.
  for (const url of [`file://${path.resolve(file)}`, address]) {
    const page = await open(url);
    const first = await page.evaluate(() => performance.getEntriesByName('first plan')[0]?.startTime);
    assert.ok(first > 0, 'no plan at first');
    slowest = Math.max(slowest, first);
    console.log(`first plan after ${Math.round(first)} ms from ${url.split(':')[0]}`);
    assert.match(await text(page, 'summary'), /^\d+ sessions from 2027-03-01/);
    await close(page);
  }
  if (process.env.REGIMEN_FIRST_PLAN_MS) {
    assert.ok(slowest < Number(process.env.REGIMEN_FIRST_PLAN_MS), `the first plan took ${slowest} ms`);
  }

  const page = await open(address);
  await page.setBypassCSP(true);
  await page.reload();
  await page.waitForFunction(() => document.getElementById('status').textContent.startsWith('Ready'));
  await page.screenshot({ path: `${pictures}/desk.png` });

  // Every form is there, and they follow the fields.
  for (const [id, has] of [['sessions', '36 mg'], ['ics', 'BEGIN:VEVENT'], ['csv', '2027-03-01'], ['json', '"sessions"'], ['fhir', '"resourceType"'], ['file', '"digest"'], ['findings', '']]) {
    await tab(page, id);
    assert.ok((await text(page, 'panel')).includes(has), id);
  }
  await tab(page, 'calendar');
  const calendar = await (await page.waitForSelector('iframe')).contentFrame();
  await calendar.waitForSelector('h1');
  await tab(page, 'sessions');
  await type(page, '#weight', '80 kg');
  assert.ok((await text(page, 'panel')).includes('40 mg'), 'the dose follows the weight');
  await page.click('#panel details summary');
  assert.ok((await page.$eval('#panel details', (e) => e.innerText)).includes('0.5 mg/kg'));
  await page.screenshot({ path: `${pictures}/sessions.png` });
  await examine(page, 'a plan');

  // An error is at its line, and the last plan stays.
  const lines = await page.$eval('#protocol .cm-content', (e) => e.cmView?.view.state.doc.lines ?? e.cmTile?.view.state.doc.lines ?? 0);
  await page.focus('#protocol .cm-content');
  await page.keyboard.down('Control'); await page.keyboard.press('Home'); await page.keyboard.up('Control');
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await page.keyboard.type(' "shape": 1,');
  await settle(page);
  const problem = await text(page, 'protocolProblems');
  assert.match(problem, /^line 6: error: .*shape/);
  assert.match(await text(page, 'summary'), /^No plan.*last one/);
  assert.ok(await page.$('#protocol .cm-lint-marker-error'), 'no mark at the line');
  await page.screenshot({ path: `${pictures}/error.png` });
  await examine(page, 'an error');
  await page.click('#protocolProblems button');
  assert.ok(await page.evaluate(() => document.activeElement.closest('#protocol')), 'the error leads to its line');
  for (let i = 0; i < ' "shape": 1,'.length; i++) { await page.keyboard.down('Control'); await page.keyboard.press('z'); await page.keyboard.up('Control'); if (/^\d+ sessions/.test((await settle(page), await text(page, 'summary')))) break; }
  assert.match(await text(page, 'summary'), /^\d+ sessions/, `undone (${lines})`);

  // Completion of keys and of values from the schema.
  await page.keyboard.down('Control'); await page.keyboard.press('Home'); await page.keyboard.up('Control');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('"indi');
  await page.waitForSelector('.cm-tooltip-autocomplete li');
  assert.ok((await page.$$eval('.cm-tooltip-autocomplete li', (l) => l.map((e) => e.textContent))).some((t) => t.startsWith('"indications"')));
  await page.screenshot({ path: `${pictures}/completion.png` });
  await page.waitForFunction(() => document.querySelector('.cm-tooltip-autocomplete li[aria-selected]'));
  await new Promise((r) => setTimeout(r, 150)); // the editor takes no key that soon after the list came
  await page.keyboard.press('Enter');
  await settle(page);
  const protocol = () => page.$$eval('#protocol .cm-line', (l) => l.map((e) => e.textContent).join('\n'));
  assert.match(await protocol(), /\{\n\s*"indications": \[\]/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type(',');
  await settle(page);
  assert.match(await text(page, 'summary'), /^\d+ sessions/);

  // Events are clicked, one after the other.
  for (let i = 1; i <= 3; i++) {
    const [given] = await page.$$('#examples button');
    assert.match(await given.evaluate((e) => e.textContent), new RegExp(`session ${i} given`));
    await given.click();
    await settle(page);
  }
  assert.equal((await text(page, 'panel')).match(/given/g)?.length >= 3, true);
  await page.screenshot({ path: `${pictures}/events.png`, fullPage: true });

  // A link has everything, sends nothing, and is read in another window.
  await page.click('#share');
  await page.waitForFunction(() => document.getElementById('link').value.includes('#'));
  const link = await page.$eval('#link', (e) => e.value);
  const asked = served.length;
  const other = await open(link);
  assert.equal(await text(other, 'summary'), await text(page, 'summary'));
  assert.equal(await other.$eval('#weight', (e) => e.value), '80 kg');
  assert.equal(await other.$$eval('#events .cm-line', (l) => l.length), await page.$$eval('#events .cm-line', (l) => l.length));
  assert.deepEqual(served.slice(asked), ['/'], 'the server sees nothing of a link');
  await close(other);
  const broken = await open(`${address}#1.AAAA`);
  assert.match(await text(broken, 'status'), /^The link cannot be read/);
  assert.match(await text(broken, 'summary'), /^\d+ sessions/);
  await close(broken);

  // An entry of the catalogue asks for what it leaves open.
  const choice = await page.$$eval('#catalog option', (l) => l.find((o) => o.textContent.startsWith('esketamine'))?.value ?? l[1].value);
  await page.select('#catalog', choice);
  await settle(page);
  await page.screenshot({ path: `${pictures}/catalogue.png` });
  assert.ok((await page.$$eval('#catalog option', (l) => l.length)) > 60);
  let entries = 0;
  for (const value of (await page.$$eval('#catalog option', (l) => l.map((o) => o.value))).filter(Boolean)) {
    await page.select('#catalog', value);
    const [summary, errors] = await page.evaluate(() => [document.getElementById('summary').textContent, document.querySelectorAll('#protocolProblems .error').length]);
    assert.ok(/^\d+ session|^No plan/.test(summary), summary);
    assert.equal(errors, 0, `the catalogue has an entry with an error: ${value}`);
    entries++;
  }
  console.log(`${entries} entries of the catalogue chosen`);
  await close(page);

  // Nothing gets out: the policy stops a request that a script makes, and a page cannot
  // run one in the frame.
  const sealed = await open(address);
  const refused = await sealed.evaluate(async () => {
    const out = [];
    for (const url of ['https://example.org/', `${location.origin}/other`]) { try { await fetch(url); out.push(url); } catch { /* refused */ } }
    return out;
  });
  assert.deepEqual(refused, []);
  assert.ok(!served.includes('/other'));
  assert.equal(await sealed.$eval('iframe', (e) => e.getAttribute('sandbox')), '');
  sealed.faults = sealed.faults.filter((f) => !/Content Security Policy|Refused to connect|Failed to fetch|asks for/.test(f));
  await close(sealed);

  // Without a network.
  const offline = await open(`file://${path.resolve(file)}`);
  await offline.setOfflineMode(true);
  await type(offline, '#start', '2027-03-08');
  assert.match(await text(offline, 'summary'), /from 2027-03-08/);
  await close(offline);

  // By keyboard alone: every control is reached, the tabs by arrows, and no editor keeps
  // the focus.
  const keys = await open(address);
  const reached = new Set();
  for (let i = 0; i < 60; i++) {
    await keys.keyboard.press('Tab');
    const where = await keys.evaluate(() => { const e = document.activeElement; return e.closest('.editor')?.id ?? (e.id || e.textContent.slice(0, 30)); });
    reached.add(where);
    if (where.startsWith('tab-')) break;
  }
  for (const id of ['catalog', 'share', 'protocol', 'start', 'weight', 'clinic', 'events', 'tab-calendar']) assert.ok(reached.has(id), `${id} of ${[...reached]}`);
  await keys.keyboard.press('ArrowRight');
  await keys.keyboard.press('ArrowRight');
  assert.equal(await keys.evaluate(() => document.activeElement.id), 'tab-sessions');
  assert.equal(await keys.$eval('#tab-sessions', (e) => e.getAttribute('aria-selected')), 'true');
  await close(keys);

  // On a phone, and in dark colours.
  const phone = await open(address, 360);
  assert.ok(await phone.evaluate(() => document.documentElement.scrollWidth) <= 360, 'wider than a phone');
  await phone.setBypassCSP(true);
  await phone.reload();
  await phone.waitForFunction(() => document.getElementById('status').textContent.startsWith('Ready'));
  await examine(phone, 'phone');
  await phone.screenshot({ path: `${pictures}/phone.png`, fullPage: true });
  await phone.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  await tab(phone, 'sessions');
  await examine(phone, 'dark');
  await phone.screenshot({ path: `${pictures}/dark.png`, fullPage: true });
  await close(phone);
} finally {
  await browser.close();
  server.close();
}
console.log('no faults');
