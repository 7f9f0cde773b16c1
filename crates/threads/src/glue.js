// What the engine needs of JavaScript: the clock, timers, messages; and on the host the workers.

const WORKER = new URL('worker.js', import.meta.url);
/** The name is the worker's role, for this script and for the browser's tools. A process is the host of its own threads. */
const isHost = self.name === 'engine' || self.name === 'process';

// Bound, and the origin read once: in Chromium, both getters together cost six times as much, at each event of a run.
const ORIGIN_MS = performance.timeOrigin;
export const tickMs = performance.now.bind(performance);
export const epochMs = () => ORIGIN_MS + tickMs();
export const cores = () => navigator.hardwareConcurrency || 1;
export const agent = () => navigator.userAgent;
/** What each thread is given. */
export const stackBytes = () => self.stackBytes;
// A page that is not isolated can make a shared memory, but no worker can be given it. WebKitGTK
// says it is isolated, and has no SharedArrayBuffer.
export const isolated = () => self.crossOriginIsolated === true && typeof SharedArrayBuffer !== 'undefined';
/** A copy: what it is given is a view of the engine's memory, which may be shared. */
export const post = (bytes) => postMessage(bytes.slice());
/** Whether the page has stopped the run, as far as the signal tells: see `initHost`. */
export const signalled = () => self.signal !== undefined && Atomics.load(self.signal, 0) !== 0;
export const timer = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// A turn of the event loop, in which messages are handled. A timer would wait 4 ms.
const turn = new MessageChannel();
const waiting = [];
turn.port1.onmessage = () => waiting.shift()();
export const nextTurn = () =>
  new Promise((resolve) => {
    waiting.push(resolve);
    turn.port2.postMessage(0);
  });

/** Tells the parent that this worker crashed. */
export const reportPanic = (message) => postMessage({ failed: { code: 'panic', message } });

const notLoaded = (event) => ({ failed: { code: 'load', message: event.message || 'a worker could not be loaded' } });

/** How long a worker may take to come up, in milliseconds: its script and its code are there already. */
const PATIENCE_MS = 10_000;
const LATE = {
  code: 'load',
  message: 'a worker did not answer within 10 seconds. If that happens again, reload the page.',
};
/** `coming`, or what it fails with if it takes too long. */
export const inTime = (coming) => Promise.race([coming, new Promise((_, reject) => setTimeout(reject, PATIENCE_MS, LATE))]);

// ---- threads ----

let module, memory;
/** Called on the host once, before anything starts a thread. The address is for the page: see `init_host`. */
export function initHost(itsModule, itsMemory, stackBytes, cancel) {
  module = itsModule;
  memory = itsMemory;
  self.stackBytes = stackBytes;
  if (!isolated()) return;
  // A word, 1 at a stop, for workers that do not share the engine's memory.
  self.signal = new Int32Array(new SharedArrayBuffer(4));
  postMessage({ words: new Int32Array(memory.buffer), cancel: cancel / 4, signal: self.signal });
}

/** Called in a process once, before anything starts a thread there. */
export function initProcess(itsModule, itsMemory, stackBytes) {
  module = itsModule;
  memory = itsMemory;
  self.stackBytes = stackBytes;
}

/** How many workers are coming up. */
let booting = 0;
export const bootingThreads = () => booting;
/** All workers: a browser may collect one that nothing refers to, even while it runs. */
const workers = new Set();
/** What waits on the host for a thread's end, by the thread's ticket. */
const ends = new Map();

/** Creates a worker in this memory, for `body` or to stand by; the promise is kept when it is up. */
const boot = (body) =>
  new Promise((resolve) => {
    const worker = new Worker(WORKER, { type: 'module', name: 'thread' });
    workers.add(worker);
    booting++;
    const late = setTimeout(postMessage, PATIENCE_MS, { failed: LATE });
    worker.onerror = (event) => {
      event.preventDefault();
      postMessage(notLoaded(event));
    };
    worker.onmessage = ({ data }) => {
      if (data.up) {
        clearTimeout(late);
        booting--;
        resolve();
      } else if (data.ended !== undefined) {
        if (!data.stays) workers.delete(worker);
        ends.get(data.ended)?.();
        ends.delete(data.ended);
      } else if (data.failed) {
        postMessage(data);
      } else if (data.errands) {
        self.runErrands();
      } else if (!signalled()) {
        // After a stop nobody waits for a thread that has not begun.
        boot(data.start);
      }
    };
    worker.postMessage({ kind: 'thread', module, memory, signal: self.signal, stack: self.stackBytes, body });
  });

/** Creates a thread; any thread may call it. */
export function createThread(body) {
  if (isHost) boot(body);
  else postMessage({ start: body });
}

/** On the host: kept when the thread with this ticket has ended. */
export const threadEnd = (ticket) => new Promise((resolve) => ends.set(ticket, resolve));

/** All that were created to stand by. */
const standby = [];
/** On the host: creates workers that stand by; kept when they do, and those that were created before. */
export const createStandby = (count) => {
  for (let i = 0; i < count; i++) standby.push(boot());
  return Promise.all(standby);
};

// ---- processes ----

/**
 * A worker with a memory of its own. `deliver` gets what it says, and at last {failed} if it fails.
 */
function bootProcess(deliver) {
  const worker = new Worker(WORKER, { type: 'module', name: 'process' });
  let gone = false;
  // Its event loop would go on after a crash, in a memory that nobody can rely on; and a crash shows twice, as its own last word and as
  // an error.
  const fail = (message) => {
    if (gone) return;
    gone = true;
    worker.terminate();
    deliver(message);
  };
  worker.late = setTimeout(fail, PATIENCE_MS, { failed: LATE });
  worker.onmessage = ({ data }) => {
    clearTimeout(worker.late);
    if (data.failed) fail(data);
    else if (!gone) deliver(data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    fail(notLoaded(event));
  };
  worker.postMessage({ kind: 'process', module, signal: self.signal });
  return worker;
}

function endProcess(worker) {
  clearTimeout(worker.late);
  worker.terminate();
}

/** Processes that talk with threads of this memory, by number: what they say is for `self.hear`. */
const peers = new Map();
export const startPeer = (id) => peers.set(id, bootProcess((data) => self.hear(id, data.failed ? [] : data, data.failed)));
export const tellPeer = (id, bytes) => peers.get(id)?.postMessage(bytes.slice());
/** How long a process is left alone, in milliseconds, so that its threads end before it does: as with the host's. */
const FAREWELL_MS = 500;
export function endPeer(id) {
  const worker = peers.get(id);
  worker.postMessage({ dismissed: true });
  setTimeout(endProcess, FAREWELL_MS, worker);
  peers.delete(id);
}
/** Lets the host run errands, which only it can; any thread may call it. */
export function callHost() {
  if (isHost) self.runErrands();
  else postMessage({ errands: true });
}

/** Workers that each have a memory of their own. */
export class ProcessGroup {
  #workers = [];
  #inbox = [];
  #arrived = () => {};
  #parcel;

  start() {
    const from = this.#workers.length;
    const deliver = (data) => {
      this.#inbox.push({ from, ms: epochMs(), ...(data instanceof Uint8Array ? { bytes: data } : data) });
      this.#arrived();
    };
    this.#workers.push(bootProcess(deliver));
  }

  send(to, bytes) {
    this.#workers[to].postMessage(bytes.slice());
  }

  /**
   * The next message: {from, ms} with {bytes}, or of a parcel's answer with {last} and the parcel if it was given away; undefined after
   * `timeoutMs`; rejected with {from, code, message} if a process failed.
   */
  async receive(timeoutMs) {
    if (!this.#inbox.length) {
      await new Promise((resolve) => {
        const timeout = setTimeout(resolve, timeoutMs);
        this.#arrived = () => {
          clearTimeout(timeout);
          resolve();
        };
      });
    }
    const message = this.#inbox.shift();
    if (message?.failed) throw { from: message.from, ...message.failed };
    return message;
  }

  /**
   * Writes a parcel of `size` bytes anew and sends it to process `to`, `count` times, each after the answer to the one before: copied, or given
   * away until the answer gives it back. How long all took, in milliseconds; rejected as `receive` is.
   */
  async exchange(to, size, count, give, timeoutMs) {
    const fail = (code, error) => ({ from: to, code, message: String(error?.message ?? error) });
    const worker = this.#workers[to];
    try {
      // Written to once, so that no page of it is new to the system while time is taken.
      if (this.#parcel?.length !== size) this.#parcel = new Uint8Array(size).fill(1);
    } catch (error) {
      throw fail('memory', error);
    }
    const startMs = tickMs();
    for (let trip = 0; trip < count; trip++) {
      const mark = trip & 255;
      const parcel = this.#parcel.fill(mark);
      try {
        worker.postMessage({ parcel, give }, give ? [parcel.buffer] : []);
      } catch (error) {
        throw fail('memory', error);
      }
      const answer = await this.receive(timeoutMs);
      if (answer?.last !== mark) throw fail('engine', 'a process did not get what it was sent');
      if (give) this.#parcel = answer.parcel;
    }
    return tickMs() - startMs;
  }

  terminate() {
    this.#workers.forEach(endProcess);
  }
}

export const messageFrom = (message) => message.from;
export const messageBytes = (message) => message.bytes;
export const messageMs = (message) => message.ms;
export const failureCode = (failure) => String(failure.code);
export const failureMessage = (failure) => String(failure.message);
