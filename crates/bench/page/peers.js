// What the engine is measured beside: bare workers and messages, workerpool, Comlink. Names are those of the bench's sources.
// workerpool is no module: the page loads it.
import * as Comlink from './peers/comlink.mjs';

const cores = navigator.hardwareConcurrency;
const ECHO = new URL('peers/echo.js', import.meta.url);

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

/** Milliseconds from `new Worker` to its first message. */
export const worker_start = async (quick) => [
  await series('bare Worker', repeats(20, quick), async () => {
    const start = performance.now();
    const worker = new Worker(ECHO, { type: 'module' });
    await message(worker);
    const ms = performance.now() - start;
    worker.terminate();
    return ms;
  }),
];

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
    const worker = new Worker(new URL('peers/comlink-worker.js', import.meta.url), { type: 'module' });
    return { worker, empty: Comlink.wrap(worker) };
  });
  const comlink = await series('Comlink', count, async () => {
    const TASKS = 5_000;
    const us = await timedUs(() => Promise.all(Array.from({ length: TASKS }, (_, i) => proxies[i % cores].empty(i))));
    return us / TASKS;
  });
  for (const { worker } of proxies) worker.terminate();
  const pool = workerpool.pool(new URL('peers/workerpool-worker.js', import.meta.url).href, {
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
