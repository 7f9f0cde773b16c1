// The pool is started, and waited for, in a worker: the page's own thread may not block.
import init, { initThreadPool, mandelbrot } from './engine.js';

await init();
await initThreadPool(navigator.hardwareConcurrency);
postMessage(mandelbrot(320, 320));
