// A link has everything that is in the fields, compressed, after the #, which browsers do
// not send.
const version = '#1.';
const most = 4 << 20; // bytes of fields that are read from a link

const through = (bytes, transform) => new Blob([bytes]).stream().pipeThrough(transform);

export async function toLink(state) {
  const bytes = new Uint8Array(await new Response(through(new TextEncoder().encode(JSON.stringify(state)), new CompressionStream('deflate-raw'))).arrayBuffer());
  let text = '';
  for (const b of bytes) text += String.fromCharCode(b);
  return version + btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

// fromLink returns the fields, or null for no link.
export async function fromLink(hash) {
  if (!hash || hash === '#') return null;
  if (!hash.startsWith(version)) throw new Error('it is not one of this page');
  const text = atob(hash.slice(version.length).replaceAll('-', '+').replaceAll('_', '/'));
  const reader = through(Uint8Array.from(text, (c) => c.charCodeAt(0)), new DecompressionStream('deflate-raw')).getReader();
  const parts = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length;
    if (size > most) throw new Error('it has too much in it');
    parts.push(part.value);
  }
  const state = JSON.parse(await new Blob(parts).text());
  if (state === null || typeof state !== 'object' || Array.isArray(state)) throw new Error('it has no fields');
  if (state.values !== undefined && (state.values === null || typeof state.values !== 'object' || Object.values(state.values).some((v) => typeof v !== 'string'))) throw new Error('its values are none');
  return state;
}
