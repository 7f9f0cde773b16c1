// A worker that starts another one when it is told to, and says how many milliseconds that one took to begin.
onmessage = () => {
  const askedMs = performance.timeOrigin + performance.now();
  const worker = new Worker(new URL('bare.js', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data: beganMs }) => {
    worker.terminate();
    postMessage(beganMs - askedMs);
  };
};
