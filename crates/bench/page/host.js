// The host of a probe's engine: as `worker.js` is for the page.
import init, { interleave_probe } from './engine.js';

onmessage = async ({ data: { module, name, quick } }) => {
  try {
    await init({ module_or_path: module });
    postMessage({ series: await interleave_probe(name, quick) });
  } catch (error) {
    postMessage(String(error?.message ?? error));
  }
};
