// What the engine is measured beside: bare workers and messages, workerpool, Comlink. Names are those of the bench's sources.
// workerpool is no module: the page loads it.
import * as Comlink from './engine/peers/comlink.mjs';

const cores = navigator.hardwareConcurrency;
/** In the engine's folder, so that the browser keeps these scripts as it keeps the engine's. */
const PEERS = new URL('engine/peers/', import.meta.url);
const ECHO = new URL('echo.js', PEERS);

const repeats = (full, quick) => (quick ? Math.max(3, full / 4) : full);
const message = (worker) => new Promise((resolve) => worker.addEventListener('message', resolve, { once: true }));

/** One series: `sample` is called once to warm up, then for each repeat. */
async function series(name, count, sample) {
  await sample();
  const samples = [];
  for (let i = 0; i < count; i++) samples.push(await sample());
  return { name, samples };
}

async function timedUs(body) {
  const start = performance.now();
  await body();
  return (performance.now() - start) * 1000;
}

async function withWorkers(count, body) {
  const workers = Array.from({ length: count }, () => new Worker(ECHO, { type: 'module' }));
  await Promise.all(workers.map(message));
  try {
    return await body(workers);
  } finally {
    for (const worker of workers) worker.terminate();
  }
}

/** Milliseconds from `new Worker` to the worker's first instruction. As a thread of the engine, it is started by a worker. */
export async function worker_start(quick) {
  const starter = new Worker(new URL('starter.js', PEERS), { type: 'module' });
  const start = () => {
    const answer = message(starter);
    starter.postMessage('start');
    return answer.then(({ data }) => data);
  };
  try {
    return [await series('bare worker', repeats(20, quick), start)];
  } finally {
    starter.terminate();
  }
}

/** Microseconds for a message to a worker and back. */
export const message_round_trip = (quick) =>
  withWorkers(1, async ([worker]) => [
    await series('postMessage', repeats(20, quick), async () => {
      const TRIPS = 500;
      const us = await timedUs(async () => {
        for (let i = 0; i < TRIPS; i++) {
          const answer = message(worker);
          worker.postMessage(i);
          await answer;
        }
      });
      return us / TRIPS;
    }),
  ]);

/** Microseconds for each of many empty tasks, all handed over at once to as many workers as there are cores. */
export async function peer_tasks(quick) {
  const count = repeats(12, quick);
  const bare = await withWorkers(cores, (workers) =>
    series('bare postMessage', count, async () => {
      const TASKS = 10_000;
      const us = await timedUs(
        () =>
          new Promise((resolve) => {
            let left = TASKS;
            for (const worker of workers) worker.onmessage = () => --left || resolve();
            for (let i = 0; i < TASKS; i++) workers[i % workers.length].postMessage(i);
          }),
      );
      return us / TASKS;
    }),
  );
  const proxies = Array.from({ length: cores }, () => {
    const worker = new Worker(new URL('comlink-worker.js', PEERS), { type: 'module' });
    return { worker, empty: Comlink.wrap(worker) };
  });
  const comlink = await series('Comlink', count, async () => {
    const TASKS = 5_000;
    const us = await timedUs(() => Promise.all(Array.from({ length: TASKS }, (_, i) => proxies[i % cores].empty(i))));
    return us / TASKS;
  });
  for (const { worker } of proxies) worker.terminate();
  const pool = workerpool.pool(new URL('workerpool-worker.js', PEERS).href, {
    minWorkers: cores,
    maxWorkers: cores,
    workerType: 'web',
  });
  const pooled = await series('workerpool', count, async () => {
    const TASKS = 2_000;
    const us = await timedUs(() => Promise.all(Array.from({ length: TASKS }, (_, i) => pool.exec('empty', [i]))));
    return us / TASKS;
  });
  await pool.terminate();
  return [bare, comlink, pooled];
}
