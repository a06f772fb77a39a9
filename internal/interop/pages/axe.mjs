// Opens each page in Chromium and fails if axe-core has anything against it, if
// it is wider than its window, if a word of it is broken, a text lies over another or is
// cut off, if the days of a month are not equally wide or do not hold their visits, if it
// cannot be read in dark colours, or if it needs more sheets of A4 or Letter than the
// name of its file says ("NAME.on3.html"). What axe-core cannot decide fails as well, but
// for the contrast of text on the shapes of the timeline: TestContrast of schedule/sheet
// computes that.
import fs from 'node:fs';
import path from 'node:path';
import puppeteer from 'puppeteer-core';

const axe = fs.readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const widths = [1280, 1000, 500, 390, 320]; // 500 is a window of 1000 at twice the size
const examined = [1000, 390]; // by axe-core
const browser = await puppeteer.launch({ executablePath: '/usr/bin/chromium-headless-shell', args: ['--no-sandbox'] });

let bad = 0;
const fail = (text) => { bad++; console.log(`  FAIL ${text}`); };

// broken returns the words of a page that go over more than one line.
const broken = () => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest('style, title, desc, .hidden')) continue;
    const all = document.createRange();
    all.selectNodeContents(node);
    if (all.getClientRects().length < 2) continue; // a text on one line breaks no word
    for (const word of node.data.matchAll(/[\p{L}\p{M}\p{N}:]+/gu)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].filter((r) => r.width > 0).map((r) => Math.round(r.top)));
      if (lines.size > 1) found.push(word[0]);
    }
  }
  return found;
};

// placed returns the texts that lie over one another, that are cut off by what they are
// in, or that begin before the left edge of the page, where nobody can scroll to.
const placed = () => {
  const found = [];
  const over = [];
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const e = node.parentElement;
    if (!node.data.trim() || e.closest('style, title, desc, .hidden, svg')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const r of range.getClientRects()) {
      if (r.width < 1 || r.height < 1) continue;
      const text = node.data.trim().slice(0, 40);
      if (r.left < -1) found.push(`"${text}" begins ${-r.left} px before the page`);
      // The middle of the letters: lines may be set tightly, and boxes be larger than glyphs.
      texts.push({ text, left: r.left + 1, right: r.right - 1, top: r.top + r.height * 0.3, bottom: r.bottom - r.height * 0.3 });
      for (let box = e; box && box !== document.body; box = box.parentElement) {
        const style = getComputedStyle(box);
        if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
        const b = box.getBoundingClientRect();
        if (r.left < b.left - 1 || r.right > b.right + 1 || r.top < b.top - 2 || r.bottom > b.bottom + 2) found.push(`"${text}" is cut off`);
      }
    }
  }
  texts.sort((a, b) => a.top - b.top);
  for (let i = 0; i < texts.length; i++) {
    for (let j = i + 1; j < texts.length && texts[j].top < texts[i].bottom; j++) {
      const [a, b] = [texts[i], texts[j]];
      if (a.left < b.right && b.left < a.right) over.push(`"${a.text}" lies over "${b.text}"`);
    }
  }
  return [...found.slice(0, 5), ...over.slice(0, 5)];
};

// struck returns the texts with a line through them.
const struck = () => [...document.querySelectorAll('body *')].filter((e) => getComputedStyle(e).textDecorationLine.includes('line-through')).map((e) => e.textContent);

// cramped returns what does not fit the grids of the months: a day that is wider
// than another, and a visit that is wider than its day.
const cramped = () => {
  const found = [];
  for (const table of document.querySelectorAll('.month table')) {
    const widths = [...table.querySelectorAll('thead th')].map((e) => e.getBoundingClientRect().width);
    if (Math.max(...widths) - Math.min(...widths) > 1) found.push(`${table.caption.textContent} has days of ${widths}`);
  }
  for (const e of document.querySelectorAll('.month .visit, .month th, .month .mark')) {
    if (e.scrollWidth > e.clientWidth + 1) found.push(`${e.textContent} is ${e.scrollWidth} px wide, its day ${e.clientWidth}`);
  }
  return found;
};

// examine runs rules of axe-core.
const examine = async (page, where, rules, least) => {
  const result = await page.evaluate((only) => axe.run(document, { runOnly: only, resultTypes: ['violations', 'incomplete'] }), rules);
  if (result.passes.length < least) fail(`${where}: axe-core looked at ${result.passes.length} rules only`);
  for (const v of result.violations) fail(`${where}: ${v.id} (${v.impact}): ${v.help}: ${v.nodes[0].html.slice(0, 120)}`);
  for (const v of result.incomplete) {
    for (const node of v.nodes) {
      if (v.id !== 'color-contrast' || !node.html.startsWith('<text ')) fail(`${where}: undecided: ${v.id}: ${node.html.slice(0, 120)}`);
    }
  }
};

try {
  if (process.argv.length < 3) throw new Error('want pages');
  for (const file of process.argv.slice(2)) {
    const began = Date.now();
    const page = await browser.newPage();
    await page.setBypassCSP(true); // for axe-core: the page itself runs no script
    const client = await page.createCDPSession();
    const features = (...list) => client.send('Emulation.setEmulatedMedia', { features: list.map(([name, value]) => ({ name, value })) });
    const long = path.basename(file).startsWith('long'); // a word longer than a line has to break
    const faults = [];
    page.on('pageerror', (e) => faults.push(e.message));
    page.on('console', (m) => { if (m.type() === 'error') faults.push(m.text()); });
    page.on('request', (r) => { if (!r.url().startsWith('file:')) faults.push(`asks for ${r.url()}`); });
    const layout = async (where, width) => {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) fail(`${where}: the page is ${wide} px wide`);
      for (const word of long ? [] : await page.evaluate(broken)) fail(`${where}: broken word ${word}`);
      for (const what of await page.evaluate(cramped)) fail(`${where}: ${what}`);
      for (const what of await page.evaluate(placed)) fail(`${where}: ${what}`);
    };
    await page.goto(`file://${path.resolve(file)}`);
    await page.evaluate(axe);
    for (const width of widths) {
      await page.setViewport({ width, height: 900 });
      await page.evaluate(() => document.querySelectorAll('details').forEach((e) => { e.open = true; }));
      await layout(`${width} px`, width);
      for (const text of await page.evaluate(struck)) {
        if (!/\d/.test(text)) fail(`${width} px: a word is struck through: ${text}`);
      }
      if (examined.includes(width)) await examine(page, `${width} px`, tags, 10);
    }
    await features(['prefers-color-scheme', 'dark']);
    await examine(page, 'dark', { type: 'rule', values: ['color-contrast'] }, 1);
    await features(['forced-colors', 'active'], ['prefers-color-scheme', 'dark']);
    await layout('forced colours', 320);
    await features();
    await page.setViewport({ width: 1000, height: 900 });
    const most = Number(/\.on(\d+)\.html$/.exec(file)[1]);
    for (const format of ['A4', 'Letter']) {
      const pdf = Buffer.from(await page.pdf({ format, preferCSSPageSize: false, printBackground: false, tagged: true })).toString('latin1');
      const sheets = (pdf.match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
      if (sheets < 1 || sheets > most) fail(`${format}: ${sheets} sheets of paper, want 1 to ${most}`);
    }
    await page.emulateMediaType('print');
    await page.setViewport({ width: 703, height: 1000 }); // A4 without its margins
    await layout('print', 703);
    const small = await page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize) * 0.75);
    if (small < 11 || small > 12) fail(`print: the text is set in ${small} points`);
    for (const fault of faults) fail(fault);
    await page.close();
    console.log(`${path.basename(file)} ${((Date.now() - began) / 1000).toFixed(1)} s`);
  }
} finally {
  await browser.close();
}
if (bad > 0) {
  console.log(`${bad} faults`);
  process.exit(1);
}
console.log('no faults');
