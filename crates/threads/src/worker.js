// The script of every worker of the engine. The first message says what it is to be:
//   {kind: 'host', module}                  the host: creates all others, talks to the page in text
//   {kind: 'thread', module, memory, signal}
//                                           a thread in the host's memory; waits for {body: address}
//   {kind: 'process', module, signal}       a process: a memory of its own, talks to the host in text
// The signal is for a stop, where memory can be shared.
// A failure is one message to the parent: the host's is text as the page expects it, a thread's or process's {failed}.

// Messages that come while the engine is still loading.
const early = [];
let take = (data) => early.push(data);
onmessage = ({ data }) => take(data);

function next() {
  return new Promise((resolve) => {
    if (early.length) resolve(early.shift());
    else take = (data) => { take = (later) => early.push(later); resolve(data); };
  });
}

let kind = 'host';
function fail(code, error) {
  const failed = { code, message: String(error?.message ?? error) };
  postMessage(kind === 'host' ? JSON.stringify({ failed }) : { failed });
}

/** Small enough that many threads fit; far more than any of them needs. */
const STACK_BYTES = 512 * 1024;

async function start() {
  const given = await next();
  kind = given.kind;
  self.signal = given.signal;
  let engine;
  try {
    // Not a static import: in WebKit, several workers that start together from one URL with one fail but for the first.
    engine = await import('./engine.js');
  } catch (error) {
    return fail('load', error);
  }
  let exports;
  try {
    const { module: module_or_path, memory } = given;
    exports = await engine.default({ module_or_path, memory, thread_stack_size: memory && STACK_BYTES });
  } catch (error) {
    return fail('memory', error);
  }
  try {
    if (kind === 'thread') {
      postMessage({ up: true });
      engine.interleave_thread((await next()).body);
      // After a stop the whole engine ends: many workers that end by themselves would keep the page waiting for a core.
      if (Atomics.load(given.signal, 0)) return;
      postMessage({ ended: true });
      // Gives the thread's stack back: must be its last call.
      exports.__wbindgen_thread_destroy();
      close();
    } else {
      const handle = kind === 'host' ? engine.interleave_host : engine.interleave_process;
      handle('');
      for (;;) handle(await next());
    }
  } catch (error) {
    fail('panic', error);
  }
}

start();
