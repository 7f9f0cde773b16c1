// What the bench calls in a browser: `bench(name, quick)` gives [{name, samples}].
import * as peers from './peers.js';

const module = WebAssembly.compileStreaming(fetch('engine/engine_bg.wasm'));

/** A probe of the engine, in a host of its own, as the page's runs are. */
async function probe(name, quick) {
  const host = new Worker('engine/host.js', { type: 'module', name: 'engine' });
  const answer = new Promise((resolve, reject) => {
    host.onerror = (event) => reject(new Error(event.message || 'the host could not be loaded'));
    host.onmessage = ({ data }) => {
      if (data.series) resolve(JSON.parse(data.series));
      else if (typeof data === 'string') reject(new Error(data));
    };
  });
  host.postMessage({ module: await module, name, quick });
  try {
    return await answer;
  } finally {
    host.terminate();
  }
}

window.bench = (name, quick) => {
  const peer = peers[name.replaceAll('-', '_')];
  return peer ? peer(quick) : probe(name, quick);
};
