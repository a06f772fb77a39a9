// What a JSON Schema says of a place in a text: the keys of an object, the values of a
// member, a description.
import { syntaxTree } from '@codemirror/language';

// every yields a schema with everything that it refers to and consists of.
function* every(schema, root, depth = 0) {
  if (!schema || typeof schema !== 'object' || depth > 20) return;
  yield schema;
  if (schema.$ref?.startsWith('#/')) yield* every(schema.$ref.slice(2).split('/').reduce((s, key) => s?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], root), root, depth + 1);
  for (const word of ['allOf', 'anyOf', 'oneOf']) for (const part of schema[word] ?? []) yield* every(part, root, depth + 1);
  for (const word of ['then', 'else']) yield* every(schema[word], root, depth + 1);
}

// schemasAt returns the schemas of a path of keys and, for elements of lists, numbers.
function schemasAt(root, path) {
  let now = [...every(root, root)];
  for (const step of path) {
    const next = [];
    for (const s of now) {
      if (typeof step === 'number') {
        if (s.items) next.push(...every(s.items, root));
        if (s.prefixItems?.[step]) next.push(...every(s.prefixItems[step], root));
      } else if (s.properties?.[step]) {
        next.push(...every(s.properties[step], root));
      } else if (typeof s.additionalProperties === 'object') {
        next.push(...every(s.additionalProperties, root));
      }
    }
    now = next;
  }
  return now;
}

const text = (state, node) => { try { return JSON.parse(state.sliceDoc(node.from, node.to)); } catch { return state.sliceDoc(node.from, node.to).replace(/^"|"$/g, ''); } };

// pathOf returns the keys and numbers that lead to a node; the node of a member counts as
// its value.
function pathOf(state, node) {
  const path = [];
  for (let n = node; n; n = n.parent) {
    if (n.name === 'Property' && n.getChild('PropertyName')) path.unshift(text(state, n.getChild('PropertyName')));
    if (n.parent?.name === 'Array' && n.name !== '[' && n.name !== ']') {
      let i = 0;
      for (let before = n.prevSibling; before; before = before.prevSibling) if (!'[],⚠'.includes(before.name)) i++;
      path.unshift(i);
    }
  }
  return path;
}

const typeOf = (schemas) => schemas.map((s) => s.type).find(Boolean) ?? (schemas.some((s) => s.properties) ? 'object' : schemas.some((s) => s.items) ? 'array' : '');
const about = (schemas) => schemas.map((s) => s.description).filter(Boolean).join(' ');

// completer offers keys inside objects and values behind keys.
export function completer(schema) {
  return (context) => {
    const { state, pos } = context;
    const node = syntaxTree(state).resolveInner(pos, -1);
    const word = context.matchBefore(/"?[\w-]*/);
    if (!context.explicit && !word?.text) return null;
    const property = node.name === 'Property' ? node : node.parent?.name === 'Property' ? node.parent : null;
    const name = property?.getChild('PropertyName');
    const behind = name && pos > name.to && state.sliceDoc(name.to, pos).includes(':');
    const inString = node.name === 'String' || node.name === 'PropertyName';
    const from = inString ? node.from : word?.from ?? pos;
    const to = inString ? Math.max(pos, node.to) : pos;

    if (behind || node.name === 'Array' || node.parent?.name === 'Array') {
      const path = node.name === 'Array' ? [...pathOf(state, node), 0] : pathOf(state, behind ? property : node);
      const schemas = schemasAt(schema, path);
      const options = [];
      for (const s of schemas) {
        for (const v of [...(s.enum ?? []), ...('const' in s ? [s.const] : []), ...(s.type === 'boolean' ? [true, false] : []), ...(s.examples ?? [])]) options.push({ label: JSON.stringify(v), info: about(schemas) || undefined });
      }
      if (!options.length && typeOf(schemas) === 'object') options.push({ label: '{}', apply: inside('{}') });
      return options.length ? { from, to, options: unique(options), filter: !inString || pos > node.from + 1 } : null;
    }
    let object = node;
    while (object && object.name !== 'Object') object = object.parent;
    if (!object) return null;
    const there = new Set(object.getChildren('Property').filter((p) => p !== property).map((p) => text(state, p.getChild('PropertyName') ?? p)));
    const path = pathOf(state, object);
    const options = [];
    for (const s of schemasAt(schema, path)) {
      for (const [key, value] of Object.entries(s.properties ?? {})) {
        if (there.has(key)) continue;
        const schemas = [...every(value, schema)];
        const type = typeOf(schemas);
        const rest = /^\s*:/.test(state.sliceDoc(to, to + 50)) ? '' : { object: ': {}', array: ': []', string: ': ""' }[type] ?? ': ';
        options.push({ label: JSON.stringify(key), detail: type || undefined, info: about(schemas) || undefined, apply: inside(JSON.stringify(key) + rest), boost: s.required?.includes(key) ? 1 : 0 });
      }
    }
    return options.length ? { from, to, options: unique(options) } : null;
  };
}

const unique = (options) => [...new Map(options.map((o) => [o.label, o])).values()];

// inside puts a text in and the cursor inside what is empty at its end.
const inside = (insert) => (view, completion, from, to) => {
  const back = /(\{\}|\[\]|"")$/.test(insert) && insert.length > 2 ? 1 : insert === '{}' ? 1 : 0;
  view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length - back }, userEvent: 'input.complete' });
};

// describe returns what the schema says of the key at a position.
export function describe(schema, state, pos) {
  const node = syntaxTree(state).resolveInner(pos, 0);
  if (node.name !== 'PropertyName') return null;
  const words = about(schemasAt(schema, pathOf(state, node)));
  return words ? { from: node.from, to: node.to, text: words } : null;
}
