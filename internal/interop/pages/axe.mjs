// Opens each page in Chromium and fails if axe-core has anything against it, if
// it is wider than its window, if a word of it is broken, if the days of a month are
// not equally wide or do not hold their visits, or if it does not
// print on A4 and on Letter. What axe-core cannot decide fails as well, but for
// the contrast of text on the shapes of the timeline: TestContrast of
// schedule/sheet computes that.
import fs from 'node:fs';
import path from 'node:path';
import puppeteer from 'puppeteer-core';

const axe = fs.readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const widths = [1000, 720, 390, 320];
const browser = await puppeteer.launch({ executablePath: '/usr/bin/chromium-headless-shell', args: ['--no-sandbox'] });

let bad = 0;
const fail = (text) => { bad++; console.log(`  FAIL ${text}`); };

// broken returns the words of a page that go over more than one line.
const broken = () => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest('style, title, desc, .hidden')) continue;
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
  for (const e of document.querySelectorAll('.month .visit, .month th')) {
    if (e.scrollWidth > e.clientWidth + 1) found.push(`${e.textContent} is ${e.scrollWidth} px wide, its day ${e.clientWidth}`);
  }
  return found;
};

try {
  if (process.argv.length < 3) throw new Error('want pages');
  for (const file of process.argv.slice(2)) {
    const page = await browser.newPage();
    await page.setBypassCSP(true); // for axe-core: the page itself runs no script
    const long = path.basename(file).startsWith('long'); // a word longer than a line has to break
    const faults = [];
    page.on('pageerror', (e) => faults.push(e.message));
    page.on('console', (m) => { if (m.type() === 'error') faults.push(m.text()); });
    page.on('request', (r) => { if (!r.url().startsWith('file:')) faults.push(`asks for ${r.url()}`); });
    console.log(path.basename(file));
    for (const width of widths) {
      await page.setViewport({ width, height: 900 });
      await page.goto(`file://${path.resolve(file)}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) fail(`${width} px: the page is ${wide} px wide`);
      for (const word of long ? [] : await page.evaluate(broken)) fail(`${width} px: broken word ${word}`);
      for (const what of await page.evaluate(cramped)) fail(`${width} px: ${what}`);
      for (const text of await page.evaluate(struck)) {
        if (!/\d/.test(text)) fail(`${width} px: a word is struck through: ${text}`);
      }
      await page.evaluate(axe);
      const result = await page.evaluate((only) => axe.run(document, { runOnly: only }), tags);
      if (result.passes.length < 15) fail(`${width} px: axe-core looked at ${result.passes.length} rules only`);
      for (const v of result.violations) fail(`${width} px: ${v.id} (${v.impact}): ${v.help}: ${v.nodes[0].html.slice(0, 120)}`);
      for (const v of result.incomplete) {
        for (const node of v.nodes) {
          if (v.id !== 'color-contrast' || !node.html.startsWith('<text ')) fail(`${width} px: undecided: ${v.id}: ${node.html.slice(0, 120)}`);
        }
      }
    }
    await page.setViewport({ width: 1000, height: 900 });
    for (const format of ['A4', 'Letter']) {
      const pdf = await page.pdf({ format, printBackground: false, tagged: true });
      if (pdf.length < 1000) fail(`${format}: no PDF`);
    }
    await page.emulateMediaType('print');
    await page.setViewport({ width: 703, height: 1000 }); // A4 without its margins
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > 703) fail(`print: the page is ${wide} px wide`);
    for (const word of long ? [] : await page.evaluate(broken)) fail(`print: broken word ${word}`);
    for (const what of await page.evaluate(cramped)) fail(`print: ${what}`);
    for (const fault of faults) fail(fault);
    await page.close();
  }
} finally {
  await browser.close();
}
if (bad > 0) {
  console.log(`${bad} faults`);
  process.exit(1);
}
console.log('no faults');
