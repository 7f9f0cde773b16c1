// The page's first script, which stands in the page itself: a file would cost a round trip. It chooses the lab, decides, before any
// WebAssembly starts, whether threads can share memory here, and starts the app:
//   isolated already ............................ start
//   a service worker can add the headers ........ install it, load the page again, once
//   neither ..................................... start all the same; what needs shared memory says why it cannot run
// The app finds the decision on <html>: data-memory (shared, separate, none) and data-why. It finds the labs in interleaveLabs, the one to
// show in interleaveLab, and that one's sheet in interleaveSheet; an engine that starts already in interleaveEngine; in a frame without an
// origin, a recorded run in interleaveRecorded.
(() => {
  // Asked for by the app's script, which loads this one as a file where a content security policy refuses it in the page.
  self.interleaveBoot = true;
  const { app, wasm, sandboxed } = document.querySelector('script[data-app]').dataset;
  const labs = JSON.parse(document.querySelector('#labs').textContent);
  const here = (path) => new URL(path, document.baseURI).href;
  const framed = self.parent !== self;

  // In the address, for storage may be refused. Always last, so that the rest of the query stays as it was written.
  const RELOADED = /[?&]isolating$/;
  const reloaded = RELOADED.test(location.search);
  const address = (search) => location.pathname + search + location.hash;
  if (reloaded) history.replaceState(history.state, '', address(location.search.replace(RELOADED, '')));

  /** This script does not hold up the page, and may be done before it. */
  const parsed = new Promise((resolve) => {
    if (document.readyState === 'loading') addEventListener('DOMContentLoaded', resolve, { once: true });
    else resolve();
  });

  const asked = new URLSearchParams(location.search).getAll('lab').pop();
  const lab = labs.find(({ slug }) => slug === asked) ?? labs[0];
  self.interleaveLabs = labs;
  self.interleaveLab = lab;
  if (lab !== labs[0]) {
    document.title = `${lab.question} · Interleave`;
    parsed.then(() => {
      document.querySelector('h1').textContent = lab.question;
      document.querySelector('.lead').textContent = lab.lead;
    });
  }

  function decide() {
    // A frame with the attribute sandbox="allow-scripts" alone has no origin, and then no workers.
    if (self.origin === 'null' || typeof Worker === 'undefined') return start('none', 'sandbox');
    if (self.crossOriginIsolated) {
      // WebKitGTK says that it is isolated, and has nothing to share.
      if (typeof SharedArrayBuffer === 'undefined') return start('separate', 'browser');
      return start('shared', 'isolated');
    }
    if (!self.isSecureContext) return start('separate', 'insecure');
    if (!serviceWorkers()) return start('separate', 'no-service-worker');
    if (reloaded) return start('separate', 'browser');
    if (framed && !isolatesFrames()) return start('separate', 'frame');
    install().then(
      () => location.replace(address(location.search + (location.search ? '&' : '?') + 'isolating')),
      () => start('separate', 'no-service-worker'),
    );
  }

  /** Browsers that refuse it throw, or have none. */
  function serviceWorkers() {
    try {
      return navigator.serviceWorker;
    } catch {
      return undefined;
    }
  }

  /** Only Chromium has Document-Isolation-Policy, since 137; nothing else tells. */
  const isolatesFrames = () =>
    navigator.userAgentData?.brands.some(({ brand, version }) => brand === 'Chromium' && Number(version) >= 137) ?? false;

  /** Resolves when the service worker controls this page. */
  async function install() {
    const container = serviceWorkers();
    const controlled = new Promise((resolve) => container.addEventListener('controllerchange', resolve, { once: true }));
    const registration = await container.register(here('sw.js'));
    if (container.controller) return;
    // One that is active already, as after a forced reload, has to be asked.
    registration.active?.postMessage('claim');
    const failed = new Promise((_, reject) => {
      registration.installing?.addEventListener('statechange', ({ target }) => target.state === 'redundant' && reject());
      setTimeout(reject, 20_000);
    });
    await Promise.race([controlled, failed]);
  }

  /** Keeps page and lab for times without a network. A worker that has just come has not seen what this page fetched before. */
  async function keep() {
    const files = [lab.sheet, `${lab.engine}worker.js`, `${lab.engine}engine_bg.wasm`, lab.programs];
    const container = serviceWorkers();
    const tell = () => container.controller?.postMessage({ keep: files.filter(Boolean) });
    container.addEventListener('controllerchange', tell);
    tell();
    await install();
  }

  function start(memory, why) {
    const root = document.documentElement;
    root.dataset.memory = memory;
    root.dataset.why = why;
    const sheet = add(lab.sheet, 'interleaveSheet');
    if (memory === 'none') {
      // Without an origin, modules and fetch are refused on hosts that send no CORS headers; plain scripts are not.
      const recorded = lab.recorded && add(lab.recorded, 'interleaveRecorded');
      return Promise.all([sheet, recorded, add(sandboxed, 'interleaveStart'), parsed]).then(() => self.interleaveStart()).catch(fail);
    }
    if (!framed && self.isSecureContext) addEventListener('load', () => keep().catch(() => {}));
    // An embed that nobody runs should cost its reader nothing but the page.
    if (!/[?&]embed\b/.test(location.search)) startEngine();
    // Compiled while script and sheet come. A host that does not say that it is WebAssembly is left to the script, which asks again.
    const module = WebAssembly.compileStreaming(fetch(here(wasm))).catch(() => here(wasm));
    Promise.all([import(here(app)), module, sheet, parsed]).then(([{ default: init }, module]) => init({ module_or_path: module })).catch(fail);
  }

  /** Adds a script that sets a global, and resolves when it has, within half a minute: some hosts send a page where there is no script. */
  const add = (path, global) => new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = here(path);
    script.fetchPriority = 'high';
    script.onload = () => (self[global] === undefined ? reject() : resolve());
    script.onerror = reject;
    setTimeout(reject, 30_000);
    document.head.append(script);
  });

  /** Beside the app, which takes it over: two cores, two modules. What the engine says before that is kept. */
  function startEngine() {
    const worker = new Worker(here(lab.engine + 'worker.js'), { type: 'module', name: 'engine' });
    const early = [];
    worker.onmessage = (event) => early.push(event);
    worker.onerror = (event) => (event.preventDefault(), early.push(event));
    const module = WebAssembly.compileStreaming(fetch(here(lab.engine + 'engine_bg.wasm')));
    module.then((module) => worker.postMessage({ kind: 'host', module }), () => {});
    self.interleaveEngine = { worker, early, module };
  }

  /** The app cannot be started: without it nothing else would say so. */
  async function fail(error) {
    await parsed;
    if (isTrap(error)) return report({ error });
    document.querySelector('.late')?.remove();
    const message = 'This lab could not be loaded. Check the connection, then reload the page.';
    alert(message, 'load');
    dispatchEvent(new CustomEvent('interleave:error', { detail: { code: 'load', message } }));
    if (framed) parent.postMessage({ type: 'interleave:error', code: 'load', message }, '*');
  }

  const isTrap = (error) => error instanceof WebAssembly.RuntimeError;

  /** The app cannot go on after a trap of its own, and says nothing itself. */
  function report({ error, reason }) {
    if (isTrap(error ?? reason)) alert('Something in this page broke that should not have. Reload it to go on.', 'trap');
  }

  function alert(text, kind) {
    if (document.querySelector(`.failure.${kind}`)) return;
    const message = document.createElement('p');
    message.className = `failure ${kind}`;
    // The role before the text is in the page, so that it is read out.
    message.setAttribute('role', 'alert');
    document.body.prepend(message);
    message.textContent = text;
  }
  addEventListener('error', report);
  addEventListener('unhandledrejection', report);

  decide();
})();
