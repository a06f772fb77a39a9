// A CodeMirror editor of JSON that knows a schema and shows problems at their lines.
import { autocompletion, closeBrackets } from '@codemirror/autocomplete';
import { json } from '@codemirror/lang-json';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorView, hoverTooltip } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { minimalSetup } from 'codemirror';
import { lineNumbers } from '@codemirror/view';
import { completer, describe } from './schema.js';

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--key)' },
  { tag: tags.string, color: 'var(--text)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--number)' },
]);
const theme = EditorView.theme({
  '&': { backgroundColor: 'var(--back)', color: 'var(--fore)' },
  '.cm-scroller': { fontFamily: 'ui-monospace, monospace', fontSize: '0.9rem' },
  '.cm-gutters': { backgroundColor: 'var(--soft)', color: 'var(--muted)', borderRight: '1px solid var(--line)' },
  '.cm-cursor': { borderLeftColor: 'var(--fore)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'color-mix(in srgb, var(--accent) 30%, transparent) !important' },
  '.cm-tooltip': { backgroundColor: 'var(--soft)', color: 'var(--fore)', border: '1px solid var(--line)', maxWidth: '40rem' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)' },
  '.cm-about': { padding: '.3rem .5rem' },
});

export function editor(parent, label, schema, changed) {
  let quiet = false;
  const view = new EditorView({
    parent,
    extensions: [
      minimalSetup, lineNumbers(), json(), closeBrackets(), lintGutter(), theme, syntaxHighlighting(colours),
      autocompletion({ override: [completer(schema)], activateOnTyping: true, icons: false }),
      hoverTooltip((v, pos) => {
        const found = describe(schema, v.state, pos);
        return found && { pos: found.from, end: found.to, create: () => { const dom = document.createElement('div'); dom.className = 'cm-about'; dom.textContent = found.text; return { dom }; } };
      }),
      EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
      EditorView.updateListener.of((u) => { if (u.docChanged && !quiet) changed(); }),
    ],
  });

  // position returns where a line and column, counted in characters, are.
  const position = (line, column) => {
    const at = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
    const before = [...at.text].slice(0, Math.max(column - 1, 0)).join('');
    return { from: Math.min(at.from + before.length, at.to), to: at.to };
  };
  return {
    text: () => view.state.doc.toString(),
    set: (text) => {
      quiet = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
      quiet = false;
    },
    mark: (problems) => view.dispatch(setDiagnostics(view.state, problems.map((p) => ({
      ...position(p.line || 1, p.column || 1), severity: p.severity, message: p.code ? `${p.text} [${p.code}]` : p.text,
    })))),
    go: (line, column) => {
      const { from } = position(line || 1, column || 1);
      view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
      view.focus();
    },
  };
}
