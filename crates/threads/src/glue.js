// What the engine needs of JavaScript: the clock, timers, messages; and on the host the workers.

const WORKER = new URL('worker.js', import.meta.url);
/** The name is the worker's role, for this script and for the browser's tools. */
const isHost = self.name === 'engine';

// Bound, and the origin read once: in Chromium, both getters together cost six times as much, at each event of a run.
const ORIGIN_MS = performance.timeOrigin;
export const tickMs = performance.now.bind(performance);
export const epochMs = () => ORIGIN_MS + tickMs();
export const cores = () => navigator.hardwareConcurrency || 1;
export const agent = () => navigator.userAgent;
/** What `worker.js` gives each thread. */
export const stackBytes = () => self.stackBytes;
// A page that is not isolated can make a shared memory, but no worker can be given it. WebKitGTK
// says it is isolated, and has no SharedArrayBuffer.
export const isolated = () => self.crossOriginIsolated === true && typeof SharedArrayBuffer !== 'undefined';
/** A copy: what it is given is a view of the engine's memory, which may be shared. */
export const post = (bytes) => postMessage(bytes.slice());
// What a process has of the signal: see `initHost`.
export const signalled = () => self.signal !== undefined && Atomics.load(self.signal, 0) !== 0;
export const countProcess = (by) => {
  if (self.signal && self.name === 'process') Atomics.add(self.signal, 1, by);
};
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

// ---- threads ----

let module, memory;
/** Where memory can be shared, two words for workers that do not share the engine's: 1 at a stop, and how many processes are at work. */
let signal;
/** Called on the host once, before anything starts a thread. The addresses are for the page: see `init_host`. */
export function initHost(itsModule, itsMemory, cancel, atWork) {
  module = itsModule;
  memory = itsMemory;
  if (!isolated()) return;
  signal = new Int32Array(new SharedArrayBuffer(8));
  postMessage({ words: new Int32Array(memory.buffer), cancel: cancel / 4, atWork: atWork / 4, signal });
}

/** Workers that load. */
const booting = new Set();
/** All others: a browser may collect a worker that nothing refers to, even while it runs. */
const running = new Set();
/** What waits on the host for a thread's end, by the thread's ticket. */
const ends = new Map();

/** Creates a worker in this memory, for `body` or to stand by; the promise is kept when it is up. */
const boot = (body) =>
  new Promise((resolve) => {
    const worker = new Worker(WORKER, { type: 'module', name: 'thread' });
    booting.add(worker);
    worker.onerror = (event) => {
      event.preventDefault();
      postMessage(notLoaded(event));
    };
    worker.onmessage = ({ data }) => {
      if (data.up) {
        booting.delete(worker);
        running.add(worker);
        resolve();
      } else if (data.ended !== undefined) {
        running.delete(worker);
        ends.get(data.ended)?.();
        ends.delete(data.ended);
      } else if (data.start) {
        boot(data.start);
      } else if (data.failed) {
        postMessage(data);
      }
    };
    worker.postMessage({ kind: 'thread', module, memory, signal, body });
  });

/** Creates a thread; any thread may call it. */
export function createThread(body) {
  if (isHost) boot(body);
  else postMessage({ start: body });
}

/** On the host: kept when the thread with this ticket has ended. */
export const threadEnd = (ticket) => new Promise((resolve) => ends.set(ticket, resolve));

/** On the host: creates workers that stand by; kept when they do. */
export const createStandby = (count) => Promise.all(Array.from({ length: count }, () => boot()));

/** After a stop: gives up workers that have not begun. */
export function giveUpBooting() {
  for (const worker of booting) worker.terminate();
  booting.clear();
}

// ---- processes ----

/** Workers that each have a memory of their own. */
export class ProcessGroup {
  #workers = [];
  #inbox = [];
  #arrived = () => {};
  #parcel;

  start() {
    const from = this.#workers.length;
    const worker = new Worker(WORKER, { type: 'module', name: 'process' });
    const deliver = (message) => {
      this.#inbox.push({ from, ms: epochMs(), ...message });
      this.#arrived();
    };
    let gone = false;
    // Its event loop would go on after a crash, in a memory that nobody can rely on; and a crash shows twice, as its own last word and as
    // an error.
    const fail = (message) => {
      if (gone) return;
      gone = true;
      worker.terminate();
      deliver(message);
    };
    worker.onmessage = ({ data }) => {
      if (data.failed) fail(data);
      else if (!gone) deliver(data instanceof Uint8Array ? { bytes: data } : data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      fail(notLoaded(event));
    };
    worker.postMessage({ kind: 'process', module, signal });
    this.#workers.push(worker);
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
    for (const worker of this.#workers) worker.terminate();
  }
}

export const messageFrom = (message) => message.from;
export const messageBytes = (message) => message.bytes;
export const messageMs = (message) => message.ms;
export const failureCode = (failure) => String(failure.code);
export const failureMessage = (failure) => String(failure.message);
