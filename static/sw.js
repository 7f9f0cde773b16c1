// The service worker. It gives every response of this site the headers that isolate a page, so that threads can share memory on
// hosts that send none, and keeps the site for times without a network.
//
// The build puts two lines before this one: BUILD, a name for this version, and FILES, all that the page is made of.

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
  event.waitUntil(keep().catch(() => {}));
});

addEventListener('activate', (event) => event.waitUntil(Promise.all([clients.claim(), forget().catch(() => {})])));

addEventListener('message', (event) => {
  if (event.data === 'claim') event.waitUntil(clients.claim());
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const foreign = new URL(request.url).origin !== location.origin;
  // Developer tools ask for what only they may.
  const strange = request.cache === 'only-if-cached' && request.mode !== 'same-origin';
  if (request.method !== 'GET' || foreign || strange) return;
  event.respondWith((request.mode === 'navigate' ? page(request) : file(request)).then(isolated));
});

async function keep() {
  const cache = await caches.open(CACHE);
  // What has a hash in its name is what the browser has already, if it has it.
  const mode = (path) => (/[0-9a-f]{12}/.test(path) ? 'default' : 'no-cache');
  await cache.addAll([PAGE, ...FILES].map((path) => new Request(path, { cache: mode(path) })));
}

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
const file = async (request) => (await find(request)) ?? fetch(request);

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
