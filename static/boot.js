// The page's first script, which stands in the page itself: a file would cost a round trip. It chooses the lab, decides, before any
// WebAssembly starts, whether threads can share memory here, and starts the app:
//   isolated already ............................ start
//   a service worker can add the headers ........ install it, load the page again, once
//   neither ..................................... start all the same; what needs shared memory says why it cannot run
// What cannot be loaded, it says, on the page and as interleave:error.
// And it sees to what stands around the lab, which the build wrote: marks the lab, puts in its lesson, tells the app what is pressed there.
// An embed has none of it.
// The app finds the decision on <html>: data-memory (shared, separate, none) and data-why. It finds the labs in interleaveLabs, the one to
// show in interleaveLab, and that one's sheet in interleaveSheet; the query in interleaveQuery, where something of it was packed; an engine that starts already in interleaveEngine; in a frame without an
// origin, a recorded run in interleaveRecorded; in interleaveRefused, where `looks.js` was asked for, what that could not use.
(() => {
  // Asked for by the app's script, which loads this one as a file where a content security policy refuses it in the page.
  self.interleaveBoot = true;
  const { app, wasm, sandboxed, looks, editor } = document.querySelector('script[data-app]').dataset;
  const labs = JSON.parse(document.querySelector('#labs').textContent);
  const here = (path) => new URL(path, document.baseURI).href;
  const framed = self.parent !== self;
  /** How long the service worker may take to come, and then the app, in milliseconds: a slow connection is none that has broken. */
  const [INSTALLING_MS, LOADING_MS] = [10_000, 30_000];
  const within = (ms, promise) => Promise.race([promise, new Promise((_, reject) => setTimeout(reject, ms))]);

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

  const query = new URLSearchParams(location.search);
  const given = (name) => query.getAll(name).pop();
  const lab = labs.find(({ slug }) => slug === given('lab')) ?? labs[0];
  self.interleaveLabs = labs;
  self.interleaveLab = lab;

  /** Texts may be packed, which the app has to know as they are: without what unpacks them, a reader would get another program. */
  async function unpacked() {
    if (!/=(~|%7E)/i.test(location.search)) return;
    await add(editor, 'interleaveUnpack');
    self.interleaveQuery = await self.interleaveUnpack(query);
  }

  const root = document.documentElement;
  const find = (css) => document.querySelector(css);
  const COLOURS = ['auto', 'light', 'dark'];
  // As the app reads them.
  const flag = (name) => ![undefined, '0', 'false'].includes(given(name));
  const embed = flag('embed');
  /** A lab with a board opens with that part of it; the rest comes once it runs. */
  const engine = (!flag('autorun') && lab.board) || lab.engine;
  root.toggleAttribute('data-embed', embed);
  root.toggleAttribute('data-start', !given('lab'));
  root.dataset.theme = COLOURS.includes(given('theme')) ? given('theme') : 'auto';
  if (given('lab')) document.title = `${lab.question} – Interleave`;
  parsed.then(() => {
    if (lab !== labs[0]) {
      find('h1').textContent = lab.question;
      find('.lead').textContent = lab.lead;
    }
    if (embed) document.querySelectorAll('.course').forEach((part) => part.remove());
    else arrange();
  });

  /** What stands around the lab, for the lab that is shown. */
  function arrange() {
    const at = labs.indexOf(lab);
    for (const link of document.querySelectorAll('.bar li a, .map a')) {
      if (link.search === `?lab=${lab.slug}`) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    for (const [way, other] of [['prev', labs[at - 1]], ['next', labs[at + 1]]]) {
      const link = find(`.turns [rel=${way}]`);
      link.hidden = !other;
      link.href = `?lab=${other?.slug}`;
      link.lastElementChild.textContent = other?.question;
    }
    keepColours();
    find('.theme').addEventListener('click', () => {
      const { theme } = root.dataset;
      root.dataset.theme = COLOURS[(COLOURS.indexOf(theme) + 1) % COLOURS.length];
      keepColours();
      tell({ type: 'interleave:theme', theme: root.dataset.theme });
    });
    // Run is the next thing to press, and where it is, is the figure.
    find('.lesson').addEventListener('click', ({ target: { dataset } }) => {
      if (dataset.query) tell({ type: 'interleave:apply', query: dataset.query }, () => find('#run')?.focus());
    });
  }

  /** The other labs have the colours that were chosen here. */
  function keepColours() {
    const { theme } = root.dataset;
    for (const link of document.querySelectorAll('.course [href^="?"]')) {
      const address = new URL(link.href);
      if (theme === 'auto') address.searchParams.delete('theme');
      else address.searchParams.set('theme', theme);
      link.href = address.search || '?';
    }
  }

  /** Says something to the app, once it is there. */
  const tell = (message, then) => started.then(() => (postMessage(message, '*'), then?.()));

  /** The lesson comes with the lab's sheet. */
  const teach = () => parsed.then(() => {
    const lesson = find('.lesson');
    if (lesson) lesson.innerHTML = self.interleaveLesson;
  });

  function decide() {
    // A frame with the attribute sandbox="allow-scripts" alone has no origin, and then no workers.
    if (self.origin === 'null' || typeof Worker === 'undefined') return start('none', 'sandbox');
    if (self.crossOriginIsolated) {
      // WebKitGTK says that it is isolated, and has nothing to share.
      if (typeof SharedArrayBuffer === 'undefined') return start('separate', 'browser');
      return start('shared', 'isolated');
    }
    // Android's WebView isolates no page, and no frame: all of an app is one process.
    if (/; wv\)/.test(navigator.userAgent)) return start('separate', 'app');
    if (!self.isSecureContext) return start('separate', 'insecure');
    if (!serviceWorkers()) return start('separate', 'no-service-worker');
    if (framed && (reloaded || !isolatesFrames())) return start('separate', 'frame');
    if (reloaded) return start('separate', 'browser');
    return within(INSTALLING_MS, install()).then(
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

  /** Only Chromium has Document-Isolation-Policy: on desktops since 137, on Android since 146. Nothing else tells. */
  function isolatesFrames() {
    const { brands, platform } = navigator.userAgentData ?? { brands: [] };
    const since = platform === 'Android' ? 146 : 137;
    return brands.some(({ brand, version }) => brand === 'Chromium' && Number(version) >= since);
  }

  /** Resolves when the service worker controls this page. */
  async function install() {
    const container = serviceWorkers();
    const controlled = new Promise((resolve) => container.addEventListener('controllerchange', resolve, { once: true }));
    const registration = await container.register(here('sw.js'));
    if (container.controller) return;
    // One that is active already, as after a forced reload, has to be asked.
    registration.active?.postMessage('claim');
    await controlled;
  }

  /** Keeps page and lab for times without a network. */
  async function keep() {
    const files = [lab.sheet, `${engine}worker.js`, `${engine}engine_bg.wasm`, lab.programs];
    const container = serviceWorkers();
    const tell = () => container.controller?.postMessage({ keep: files.filter(Boolean) });
    // One that has just come has not seen what this page fetched before.
    container.addEventListener('controllerchange', tell);
    tell();
    await install();
  }

  async function start(memory, why) {
    root.dataset.memory = memory;
    root.dataset.why = why;
    const late = setTimeout(fail, LOADING_MS);
    try {
      await dressed;
      await (memory === 'none' ? startPlain() : startModules());
      // It may have come after all.
      find('.failure.load')?.remove();
    } catch (error) {
      fail(error);
    }
    clearTimeout(late);
  }

  /** Without an origin, modules and fetch are refused on hosts that send no CORS headers; plain scripts are not. */
  async function startPlain() {
    const recorded = lab.recorded && add(lab.recorded, 'interleaveRecorded');
    await Promise.all([add(lab.sheet, 'interleaveSheet').then(teach), recorded, add(sandboxed, 'interleaveStart'), parsed, unpacked()]);
    await self.interleaveStart();
  }

  async function startModules() {
    if (!framed && self.isSecureContext) addEventListener('load', () => keep().catch(() => {}));
    const sheet = add(lab.sheet, 'interleaveSheet').then(teach);
    // Compiled while script and sheet come.
    const module = compile(wasm);
    // An embed that nobody runs should cost its reader nothing but the page.
    if (!embed) startEngine();
    const [{ default: init }, module_or_path] = await Promise.all([import(here(app)), module, sheet, parsed, unpacked()]);
    await init({ module_or_path });
  }

  /** Adds a script that sets a global, and resolves when it has, within half a minute: some hosts send a page where there is no script. */
  const add = (path, global, blocking) => new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = here(path);
    script.fetchPriority = 'high';
    if (blocking) script.setAttribute('blocking', blocking);
    script.onload = () => (self[global] === undefined ? reject() : resolve());
    script.onerror = reject;
    setTimeout(reject, 30_000);
    document.head.append(script);
  });

  /** While it comes, where the host says that it is WebAssembly; not all do. */
  async function compile(path) {
    const response = await fetch(here(path));
    if (!response.ok) throw new Error(response.status);
    const told = response.headers.get('Content-Type')?.startsWith('application/wasm');
    return told ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
  }

  /** Beside the app, which takes it over: two cores, two modules. What the engine says before that is kept. */
  function startEngine() {
    let worker;
    try {
      worker = new Worker(here(engine + 'worker.js'), { type: 'module', name: 'engine' });
    } catch {
      // The app tries it again, and says what is wrong.
      return;
    }
    const early = [];
    worker.onmessage = (event) => early.push(event);
    worker.onerror = (event) => (event.preventDefault(), early.push(event));
    const module = compile(engine + 'engine_bg.wasm');
    module.then((module) => worker.postMessage({ kind: 'host', module }), () => {});
    self.interleaveEngine = { worker, early, module };
  }

  /** What the page's content security policy has refused last. */
  let refused;
  addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective }) => {
    refused = `${blockedURI} (${effectiveDirective})`;
  });

  /** The app cannot be started: without it nothing else would say so. */
  async function fail(error) {
    await parsed;
    if (isTrap(error)) return report({ error });
    // What a policy refuses is told in a task of its own.
    await new Promise((resolve) => setTimeout(resolve));
    find('.late')?.remove();
    say('load', `This lab could not be loaded. ${advice(error)}`);
  }

  function advice(error) {
    if (!self.WebAssembly) return 'This browser has no WebAssembly, or it is switched off here: allow it, or use another browser.';
    if (refused) return `The content security policy of this site refuses ${refused}. Whoever runs the site has to allow it.`;
    if (error?.name === 'CompileError') {
      return 'The server has sent something else, or this browser is too old for it: reload the page, or use another browser.';
    }
    return 'Check the connection, then reload the page.';
  }

  const isTrap = (error) => error?.name === 'RuntimeError';

  /** The app cannot go on after a trap of its own, and says nothing itself. */
  function report({ error, reason }) {
    if (isTrap(error ?? reason)) say('panic', 'Something in this page broke that should not have. Reload it to go on.');
  }

  /** On the page, and to all who listen: the window, and the page around this one. */
  function say(code, message) {
    if (find(`.failure.${code}`)) return;
    const words = document.createElement('p');
    words.className = `failure ${code}`;
    // The role before the text is in the page, so that it is read out.
    words.setAttribute('role', 'alert');
    document.body.prepend(words);
    words.textContent = message;
    dispatchEvent(new CustomEvent('interleave:error', { detail: { code, message } }));
    if (framed) parent.postMessage({ type: 'interleave:error', code, message }, '*');
  }
  addEventListener('error', report);
  addEventListener('unhandledrejection', report);

  /** Colours and a font of another page: nobody should see the page without them first. */
  const dressed = ['accent', 'ground', 'text', 'font'].some(given) && add(looks, 'interleaveRefused', 'render').catch(() => {});

  const started = Promise.resolve(decide());
})();
