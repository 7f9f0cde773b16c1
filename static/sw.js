// The service worker. It gives every response of this site the headers that isolate a page, so that threads can share memory on
// hosts that send none, and keeps the site for times without a network: the page at once, a lab from its first use on.
//
// The build puts three lines before this one: BUILD, a name for this version; FILES, all that the page is made of; and LAB_FILES, all
// that labs are made of.

const PREFIX = `interleave ${registration.scope} `;
const CACHE = PREFIX + BUILD;
const PAGE = new URL('./', registration.scope).href;

const HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  // For frames on pages of other sites, in Chromium.
  'Document-Isolation-Policy': 'isolate-and-require-corp',
};

addEventListener('install', (event) => {
  skipWaiting();
  // Storage may be refused, as in private windows: threads need none.
  event.waitUntil(keep([PAGE, ...FILES]).catch(() => {}));
  event.waitUntil(usedBefore().then(keep).catch(() => {}));
});

addEventListener('activate', (event) => event.waitUntil(Promise.all([clients.claim(), forget().catch(() => {})])));

addEventListener('message', (event) => {
  if (event.data === 'claim') event.waitUntil(clients.claim());
  // A page that was there before this worker says which lab it shows. Another version's files are none of ours.
  else event.waitUntil(keep(event.data.keep.filter((path) => LAB_FILES.includes(path))).catch(() => {}));
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const foreign = new URL(request.url).origin !== location.origin;
  // Developer tools ask for what only they may.
  const strange = request.cache === 'only-if-cached' && request.mode !== 'same-origin';
  if (request.method !== 'GET' || foreign || strange) return;
  event.respondWith((request.mode === 'navigate' ? page(request) : file(event)).then(isolated));
});

/** Keeps all of these files, or none. */
async function keep(paths) {
  const cache = await caches.open(CACHE);
  const kept = await Promise.all(paths.map((path) => cache.match(path)));
  const missing = paths.filter((_, at) => !kept[at]);
  // What has a hash in its name is what the browser has already, if it has it.
  const mode = (path) => (/[0-9a-f]{12}/.test(path) ? 'default' : 'no-cache');
  const responses = await Promise.all(
    missing.map(async (path) => {
      const response = await fetch(path, { cache: mode(path) });
      if (!isFile(response, path)) throw new Error(`${path} is missing`);
      // Read at once: browsers have few connections to a host, and one whose answer nobody reads is not free for the next file.
      return new Response(await response.blob(), response);
    }),
  );
  await Promise.all(responses.map((response, at) => cache.put(missing[at], response)));
}

/** Some hosts answer with a page, and without an error, where there is no file. */
const isFile = ({ ok, headers }, path) => ok && /^text\/html/.test(headers.get('Content-Type')) === (path === PAGE);

/** This version's files of the labs of which an older one has kept some. */
async function usedBefore() {
  const stem = (path) => path.replace(/-[0-9a-f]{16}\b.*/, '');
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  const kept = await Promise.all(old.map(async (name) => (await caches.open(name)).keys()));
  const stems = new Set(kept.flat().map(({ url }) => stem(pathOf(url))));
  return LAB_FILES.filter((path) => stems.has(stem(path)));
}

const pathOf = (url) => url.slice(PAGE.length);

/** Pages of the version before may still be open: what they are made of is kept until the next update. */
async function forget() {
  const own = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(own.slice(0, -1).map((name) => caches.delete(name)));
}

/** From the network, so that a new version is seen at once; a kept page names only files that are kept with it. */
async function page(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = new URL(request.url).pathname === new URL(PAGE).pathname && (await find(PAGE));
    if (kept) return kept;
    throw error;
  }
}

/** Files' names change with their content: what is kept cannot be out of date. */
async function file(event) {
  const kept = await find(event.request);
  if (kept) return kept;
  const response = await fetch(event.request);
  const path = pathOf(event.request.url);
  if (LAB_FILES.includes(path) && isFile(response, path)) {
    const copy = response.clone();
    const keeping = caches.open(CACHE).then((cache) => cache.put(path, copy));
    event.waitUntil(keeping.catch(() => {}));
  }
  return response;
}

const find = async (request) => {
  try {
    return (await (await caches.open(CACHE)).match(request)) ?? (await caches.match(request));
  } catch {
    return undefined;
  }
};

function isolated(response) {
  // What the page may not look into cannot be copied.
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
