// The page: fields in, forms out. The library answers in between.
import { defaults } from './defaults.js';
import { editor } from './editor.js';
import { seen, show, whenChosen } from './outputs.js';
import { loadProgram } from './program.js';
import { fromLink, toLink } from './link.js';
import clinicSchema from '../../../schedule/clinic/schema.json';
import entriesSchema from '../../../schedule/schemas/entries.json';
import protocolSchema from '../../../protocol/schema.json';

const at = (id) => document.getElementById(id);
const fields = ['start', 'until', 'weight', 'height', 'sex', 'asOf', 'locale'];
const kept = 'regimen-playground';
let values = {}; // of the parameters, by name
let lastGood = null;
let timer = 0;

const soon = () => { clearTimeout(timer); timer = setTimeout(answer, 120); };
const editors = {
  protocol: editor(at('protocol'), 'Protocol', protocolSchema, soon),
  clinic: editor(at('clinic'), 'Clinic', clinicSchema, soon),
  events: editor(at('events'), 'Events', entriesSchema, soon),
};

const state = () => ({
  ...Object.fromEntries(Object.entries(editors).map(([name, e]) => [name, e.text()])),
  ...Object.fromEntries(fields.map((name) => [name, at(name).value.trim()])),
  values,
});

const restore = (s) => {
  values = { ...s.values };
  for (const [name, e] of Object.entries(editors)) e.set(typeof s[name] === 'string' ? s[name] : defaults[name]);
  for (const name of fields) at(name).value = typeof s[name] === 'string' ? s[name] : defaults[name];
  at('parameters').replaceChildren();
};

// answer asks the library about what is in the fields, and shows what it says.
function answer() {
  if (!globalThis.regimenAnswer) return;
  const question = state();
  try { sessionStorage.setItem(kept, JSON.stringify(question)); } catch { /* not kept, which is only a convenience */ }
  const a = JSON.parse(globalThis.regimenAnswer(JSON.stringify({ ...question, forms: [seen()] })));
  const problems = a.problems ?? [];
  parameters(a.parameters ?? [], problems);
  for (const [name, e] of Object.entries(editors)) {
    const of = problems.filter((p) => p.in === name);
    e.mark(of);
    list(at(`${name}Problems`), of, (p) => e.go(p.line, p.column));
  }
  const ofFields = problems.filter((p) => fields.includes(p.in) || p.in.startsWith('value '));
  list(at('fieldProblems'), ofFields.filter((p) => fields.includes(p.in)), (p) => at(p.in).focus());
  for (const name of fields) at(name).setAttribute('aria-invalid', String(ofFields.some((p) => p.in === name)));
  list(at('planProblems'), problems.filter((p) => p.in === 'plan'));
  const errors = problems.filter((p) => p.severity === 'error').length;
  if (a.plan) lastGood = a.plan;
  at('summary').textContent = a.plan
    ? a.plan.summary + (errors ? `; ${errors} errors` : '')
    : `No plan: ${errors === 1 ? 'one thing is' : `${errors} things are`} wrong or missing.${lastGood ? ' Below is the last one.' : ''}`;
  examples(a.examples ?? []);
  show(at('tabs'), at('panel'), lastGood, !a.plan);
  if (!performance.getEntriesByName('first plan').length && a.plan) performance.mark('first plan');
}

// list shows problems; go, if there is one, takes to where one is.
function list(ul, problems, go) {
  ul.replaceChildren(...problems.slice(0, 100).map((p) => {
    const li = document.createElement('li');
    li.className = p.severity;
    const words = `${p.line ? `line ${p.line}: ` : ''}${p.severity}: ${p.text}${p.code ? ` [${p.code}]` : ''}`;
    if (!go) {
      li.textContent = words;
      return li;
    }
    const b = document.createElement('button');
    b.type = 'button';
    b.className = p.severity;
    b.textContent = words;
    b.addEventListener('click', () => go(p));
    li.append(b);
    return li;
  }));
}

// parameters asks for what the protocol leaves open. A field that is there stays, so that
// nobody loses it while typing.
function parameters(list, problems) {
  const box = at('parameters');
  at('values').hidden = list.length === 0;
  const wanted = list.map((p) => JSON.stringify([p.name, p.choices]));
  if ([...box.children].map((e) => e.dataset.of).join() !== wanted.join()) {
    box.replaceChildren(...list.map((p, i) => {
      const label = document.createElement('label');
      label.className = 'parameter';
      label.dataset.of = wanted[i];
      const input = document.createElement(p.choices.length ? 'select' : 'input');
      if (p.choices.length) input.append(...['', ...p.choices].map((c) => new Option(c || 'not set', c)));
      input.value = values[p.name] ?? p.value ?? '';
      input.dataset.name = p.name;
      input.addEventListener('input', () => { values[p.name] = input.value.trim(); soon(); });
      const doc = document.createElement('small');
      const range = p.low || p.high ? ` From ${p.low || '?'} to ${p.high || '?'}.` : '';
      doc.textContent = (p.doc ?? '') + range + (p.multipleOf ? ` A multiple of ${p.multipleOf}.` : '');
      const name = document.createElement('span');
      name.textContent = p.name;
      label.append(name, input, doc);
      return label;
    }));
  }
  for (const input of box.querySelectorAll('[data-name]')) {
    const of = problems.filter((p) => p.in === `value ${input.dataset.name}`);
    input.setAttribute('aria-invalid', String(of.length > 0));
    let note = input.parentElement.querySelector('.error');
    if (!note) {
      note = document.createElement('span');
      note.className = 'error';
      input.after(note);
    }
    note.textContent = of.map((p) => p.text).join('; ');
  }
}

// examples offers events that can happen next.
function examples(list) {
  at('examples').replaceChildren(...list.map((e) => {
    const b = document.createElement('button');
    b.type = 'button';
    b.textContent = `Add: ${e.title}`;
    b.addEventListener('click', () => {
      let entries = [];
      try { entries = JSON.parse(editors.events.text() || '[]'); } catch { at('eventsProblems').querySelector('button')?.focus(); return; }
      if (!Array.isArray(entries)) return;
      editors.events.set(`[\n${[...entries, e.entry].map((x) => `  ${JSON.stringify(x)}`).join(',\n')}\n]`);
      answer();
      at('examples').querySelector('button')?.focus();
    });
    return b;
  }));
}

at('share').addEventListener('click', async () => {
  const link = await toLink(state());
  history.replaceState(null, '', link);
  at('linked').hidden = false;
  at('link').value = location.href;
  at('link').focus();
  at('link').select();
  try { await navigator.clipboard.writeText(location.href); } catch { /* it is selected, to be copied by hand */ }
});
for (const name of fields) at(name).addEventListener('input', soon);
whenChosen(answer);

// catalog offers the entries of the catalogue, and returns how many there are.
function catalog() {
  const entries = JSON.parse(globalThis.regimenCatalog());
  at('catalog').append(...entries.map((e, i) => new Option(`${e.id}: ${e.title}`.slice(0, 120), String(i))));
  at('catalog').addEventListener('change', () => {
    const entry = entries[Number(at('catalog').value)];
    if (!at('catalog').value || !entry) return;
    values = {};
    editors.protocol.set(entry.text);
    editors.events.set('[]');
    if (!at('until').value) at('until').value = defaults.until;
    at('parameters').replaceChildren();
    answer();
  });
  return entries.length;
}

// open takes what a link says, or what this tab had, or an example.
async function open() {
  let s = defaults;
  let trouble = '';
  try {
    const linked = await fromLink(location.hash);
    s = linked ?? JSON.parse(sessionStorage.getItem(kept) ?? 'null') ?? defaults;
  } catch (e) {
    trouble = `The link cannot be read: ${e.message}. This is an example instead.`;
  }
  restore(s);
  return trouble;
}
addEventListener('hashchange', async () => { const trouble = await open(); answer(); if (trouble) at('status').textContent = trouble; });

// No await at the top, so that all of it is one script.
(async () => {
  try {
    const [trouble] = await Promise.all([open(), loadProgram(at('program').textContent)]);
    answer();
    await new Promise((painted) => setTimeout(painted, 30)); // the first plan is seen before the catalogue is read
    at('status').textContent = trouble || `Ready. ${catalog()} protocols in the catalogue.`;
  } catch (e) {
    at('status').textContent = `The library could not be loaded: ${e.message}`;
  }
})();
