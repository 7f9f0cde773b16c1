// The script of every worker of the engine. The first message says what it is to be:
//   {kind: 'host', module}                  the host: creates all others, talks to the page in bytes
//   {kind: 'thread', module, memory, signal, stack, body}
//                                           a thread in the host's memory, with so many bytes of stack; without a body, it stands by for one
//   {kind: 'process', module, signal}       a process: a memory of its own, talks to its parent in bytes, and takes parcels; may have threads
// The signal is for a stop, where memory can be shared.
// A failure is one message to the parent: {failed: {code, message}}.
import * as engine from './engine.js';

const fail = (code, error) => postMessage({ failed: { code, message: String(error?.message ?? error) } });

onmessage = ({ data }) => {
  // The pool's workers have none: wasm-bindgen-rayon's own part of this script listens for them.
  if (!data.kind) return;
  const { kind, module, memory, signal, stack } = data;
  self.signal = signal;
  self.stackBytes = stack;
  let exports;
  try {
    // At once: nobody waits for this worker's event loop.
    exports = engine.initSync({ module, memory, thread_stack_size: memory && stack });
  } catch (error) {
    return fail('memory', error);
  }
  if (kind === 'thread') return attempt(() => thread(data, exports));
  self.hear = engine.interleave_hear;
  self.runErrands = engine.interleave_errands;
  const handle = kind === 'host' ? engine.interleave_host : engine.interleave_process;
  onmessage = ({ data }) =>
    attempt(() => {
      if (data.parcel) answerParcel(data);
      else if (data.dismissed) engine.interleave_dismissed();
      else handle(data);
    });
  attempt(() => handle(new Uint8Array()));
};

function attempt(action) {
  try {
    action();
  } catch (error) {
    fail('panic', error);
  }
}

/** A parcel stays out of the engine's memory: its last byte is read, and a parcel that was given away is given back. */
function answerParcel({ parcel, give }) {
  const last = parcel[parcel.length - 1];
  if (give) postMessage({ last, parcel }, [parcel.buffer]);
  else postMessage({ last });
}

function thread({ body, signal }, exports) {
  postMessage({ up: true });
  for (let stays = true; stays; body = undefined) {
    body ??= engine.interleave_stand_by();
    if (!body) return close();
    const ended = engine.interleave_thread(body);
    // After a stop all stand by until they are dismissed: many workers that end at once would keep the page waiting for a core.
    // Counted before the host learns of the end, or it would create another one.
    stays = Atomics.load(signal, 0) || engine.interleave_stays();
    postMessage({ ended, stays });
  }
  // Gives the thread's stack back: must be its last call.
  exports.__wbindgen_thread_destroy();
  close();
}
