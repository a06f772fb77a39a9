// The library is in the page: compressed by zstd, as Base64.
import { decompress } from 'fzstd';
import 'go-wasm-support';

export async function loadProgram(text) {
  const binary = atob(text.trim());
  const packed = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) packed[i] = binary.charCodeAt(i);
  const go = new globalThis.Go();
  const { instance } = await WebAssembly.instantiate(decompress(packed), go.importObject);
  await new Promise((ready, fail) => {
    globalThis.regimenReady = ready;
    go.run(instance).then(() => fail(new Error('it ended')), fail);
  });
}
