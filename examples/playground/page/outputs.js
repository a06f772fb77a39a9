// The forms of a plan, one of which is seen.
const forms = [
  ['calendar', 'Calendar', 'calendar.html', 'text/html'],
  ['sheet', 'Staff sheet', 'sheet.html', 'text/html'],
  ['sessions', 'Doses and reasons'],
  ['findings', 'Findings'],
  ['ics', 'iCalendar', 'visits.ics', 'text/calendar'],
  ['csv', 'CSV', 'visits.csv', 'text/csv'],
  ['json', 'JSON', 'plan.json', 'application/json'],
  ['fhir', 'FHIR', 'bundle.json', 'application/fhir+json'],
  ['file', 'Plan file', 'plan.regimen.json', 'application/json'],
];
let chosen = 'calendar';
let shown = null;
let ask = () => {};

// seen is the form that is seen, the only one that the library is asked for.
export const seen = () => chosen;

// whenChosen takes what is done when another form is chosen: it asks for that and shows it.
export const whenChosen = (then) => { ask = then; };

const make = (tag, text, className) => {
  const e = document.createElement(tag);
  if (text !== undefined) e.textContent = text;
  if (className) e.className = className;
  return e;
};

export function show(tabs, panel, plan, old) {
  if (!tabs.children.length) {
    for (const [id, title] of forms) {
      const tab = make('button', title);
      tab.type = 'button';
      tab.id = `tab-${id}`;
      tab.setAttribute('role', 'tab');
      tab.setAttribute('aria-controls', 'panel');
      tab.addEventListener('click', () => { chosen = id; ask(); });
      tabs.append(tab);
    }
    // Arrow keys go from one to the next, as everywhere.
    tabs.addEventListener('keydown', (e) => {
      const i = forms.findIndex(([id]) => id === chosen);
      const to = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: forms.length - 1 }[e.key];
      if (to === undefined) return;
      e.preventDefault();
      chosen = forms[(to + forms.length) % forms.length][0];
      ask();
      tabs.querySelector('[aria-selected=true]').focus();
    });
  }
  shown = plan;
  panel.classList.toggle('old', old);
  const id = chosen;
  for (const tab of tabs.children) {
    const mine = tab.id === `tab-${id}`;
    tab.setAttribute('aria-selected', String(mine));
    tab.tabIndex = mine ? 0 : -1;
  }
  panel.setAttribute('aria-labelledby', `tab-${id}`);
  if (!shown || old && !has(id)) {
    panel.replaceChildren(make('p', shown ? 'The last plan was not written in this form.' : 'Nothing yet.'));
    return;
  }
  if (id === 'sessions') panel.replaceChildren(sessions(shown.sessions));
  else if (id === 'findings') panel.replaceChildren(findings(shown.findings));
  else output(panel, forms.find(([form]) => form === id));
}

const has = (id) => id in shown.outputs || id === 'sessions' && shown.sessions.length || id === 'findings' && shown.findings.length;

// output shows a file, and gives it away.
function output(panel, [id, title, name, type]) {
  const text = shown.outputs[id];
  if (text === undefined) {
    panel.replaceChildren(make('p', 'This form cannot be written of this plan: the reason is above.'));
    return;
  }
  const save = make('button', `Save ${name}`);
  save.type = 'button';
  save.addEventListener('click', () => {
    const a = document.createElement('a');
    a.href = URL.createObjectURL(new Blob([text], { type }));
    a.download = name;
    a.click();
    setTimeout(() => URL.revokeObjectURL(a.href), 1000);
  });
  let body;
  if (type === 'text/html') {
    // The page has no scripts; if it ever had, they would not run here.
    body = panel.querySelector('iframe') ?? document.createElement('iframe');
    body.setAttribute('sandbox', '');
    body.title = title;
    if (body.srcdoc !== text) body.srcdoc = text;
    if (body.isConnected) {
      panel.querySelector('button').replaceWith(save);
      return;
    }
  } else {
    body = make('pre', text);
  }
  panel.replaceChildren(save, body);
}

function sessions(list) {
  const table = document.createElement('table');
  const head = table.createTHead().insertRow();
  for (const title of ['Session', 'Date', 'Time', 'State', 'Dose', 'Why']) {
    const th = make('th', title);
    th.scope = 'col';
    head.append(th);
  }
  const body = table.createTBody();
  for (const s of list) {
    const row = body.insertRow();
    row.insertCell().textContent = `${s.ordinal}, ${s.phase}`;
    row.insertCell().textContent = s.date;
    row.insertCell().textContent = s.time;
    row.insertCell().textContent = s.state;
    row.insertCell().textContent = s.dose + (s.allowed.length ? ` (allowed: ${s.allowed.join(', ')})` : '');
    const details = document.createElement('details');
    details.append(make('summary', `Session ${s.ordinal}`), make('p', s.why, 'why'), make('p', `id ${s.id}`));
    row.insertCell().append(details);
  }
  return table;
}

function findings(list) {
  if (!list.length) return make('p', 'Nothing was found.');
  const ul = document.createElement('ul');
  ul.append(...list.map((f) => make('li', `${f.severity}: ${f.text} [${f.code}]`, f.severity === 'violation' ? 'error' : f.severity)));
  return ul;
}
