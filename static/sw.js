// The service worker. It gives the page, and the workers that the page starts, the headers that isolate them, so that threads can share
// memory on hosts that send none. And it keeps this site for times without a network: each file from its first use on, the whole page
// after each visit. Whatever else is in its scope, such as the rest of a site at whose root the page stands, it leaves alone.
//
// The build puts three lines before this one: BUILD, a name for this version, which its page has in it; PAGE_FILES, all that the page is
// made of; and LAB_FILES, all that labs are made of. Both say of each file, by its path, the SHA-256 of its content, in base64.

const SCOPE = new URL(registration.scope).pathname;
const PREFIX = `interleave ${registration.scope} `;
const CACHE = PREFIX + BUILD;
const PAGE = './';
const FILES = { ...PAGE_FILES, ...LAB_FILES };

/** How long a page request may take where there is a kept page instead, and any file that is fetched to be kept: in milliseconds. */
const PATIENCE = { page: 4_000, file: 60_000 };

const HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  // For frames on pages of other sites, in Chromium.
  'Document-Isolation-Policy': 'isolate-and-require-corp',
};
/** Values of these that isolate nothing. Any other of a host's own is as strict or stricter, and stays. */
const LAX = /^(unsafe-none|same-origin-allow-popups|none)\b/;
/** What this site's files are called in any version: an old page may still be open, a new one may have come before its worker. */
const HASHED = /^(engine\/)?[a-z-]+-[0-9a-f]{8,16}[./_]/;

// Keeping comes later, page by page: a file that is missing today must not keep threads from the reader, nor be given up.
addEventListener('install', () => skipWaiting());

addEventListener('activate', (event) => event.waitUntil(clients.claim()));

addEventListener('message', (event) => {
  const { data } = event;
  if (data === 'claim') event.waitUntil(clients.claim());
  // Storage may be refused, as in private windows: threads need none.
  else if (Array.isArray(data?.keep)) event.waitUntil(keepAll(data.keep).catch(() => {}));
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const path = pathOf(request.url);
  // Developer tools ask for what only they may.
  const strange = request.cache === 'only-if-cached' && request.mode !== 'same-origin';
  if (request.method !== 'GET' || path === undefined || strange) return;
  if (request.mode === 'navigate') {
    if (path === '' || path === 'index.html') event.respondWith(page(request).then(isolated));
  } else if (path in FILES || HASHED.test(path)) {
    const response = file(event, path);
    event.respondWith(path.startsWith('engine/') ? response.then(isolated) : response);
  }
});

/** The path below this site; nothing for what is elsewhere. */
function pathOf(address) {
  const { origin, pathname } = new URL(address);
  return origin === location.origin && pathname.startsWith(SCOPE) ? pathname.slice(SCOPE.length) : undefined;
}

/** From the network, so that a new version is seen at once; a kept page if the network fails, or takes its time. */
async function page(request) {
  const answer = fetch(request);
  answer.catch(() => {});
  const kept = await find(PAGE);
  if (!kept) return answer;
  try {
    const response = await within(PATIENCE.page, answer.then(whole));
    return response.status >= 500 ? kept : response;
  } catch {
    return kept;
  }
}

/** A response that has come to its end. */
const whole = async (response) => (response.ok ? new Response(await response.blob(), response) : response);

function within(patience, promise) {
  return Promise.race([promise, new Promise((_, reject) => setTimeout(reject, patience))]);
}

/** Files' names change with their content: what is kept cannot be out of date. */
async function file(event, path) {
  const kept = await find(path);
  if (kept) return kept;
  let response = await fetch(event.request);
  if (!(path in FILES)) return response;
  // A browser may have kept for long what a host has sent by mistake under a name with a hash.
  if (!isFile(response)) response = await fetch(event.request, { cache: 'reload' });
  if (response.ok) event.waitUntil(keep(path, response.clone()).catch(() => {}));
  return response;
}

/** Some hosts answer with a page, and without an error, where there is no file. */
const isFile = ({ ok, headers }) => ok && !/^text\/html/.test(headers.get('Content-Type'));

/** Keeps the whole page, and these files of labs. What fails now is tried again at the next visit. */
async function keepAll(files) {
  const used = [...files, ...(await usedBefore())].filter((path) => path in LAB_FILES);
  const labs = Promise.allSettled(used.map(get));
  const parts = await Promise.allSettled(Object.keys(PAGE_FILES).map(get));
  // A kept page names only files that are kept with it.
  if (parts.every(({ status }) => status === 'fulfilled')) await keepPage();
  await labs;
}

/** Fetches a file of this version and keeps it, if it is not kept. What the browser has already is good, if it is the right file. */
async function get(path) {
  if (await caches.match(path, { cacheName: CACHE })) return;
  const ask = async (cache) => keep(path, await fetch(path, { cache, signal: AbortSignal.timeout(PATIENCE.file) }));
  await ask('default').catch(() => ask('reload'));
}

/** Keeps what a host has sent for a file of this version, if it is that file. */
async function keep(path, response) {
  const bytes = await response.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  if (btoa(String.fromCharCode(...digest)) !== FILES[path]) throw new Error(`${path} is another file`);
  await put(path, bytes, response);
}

/** Keeps the page, if the host has this version of it: it may be in the middle of an update. */
async function keepPage() {
  if (await caches.match(PAGE, { cacheName: CACHE })) return;
  const response = await fetch(PAGE, { cache: 'no-cache', signal: AbortSignal.timeout(PATIENCE.file) });
  const text = await response.text();
  if (!response.ok || !text.includes(BUILD)) return;
  await put(PAGE, text, response);
  // Pages of the version before may still be open: what they are made of is kept until the next update.
  await Promise.all((await versions()).slice(2).map((name) => caches.delete(name)));
}

async function put(path, body, { headers: sent }) {
  const headers = new Headers(sent);
  // A kept file is the answer to every request for it.
  headers.delete('Vary');
  await (await caches.open(CACHE)).put(path, new Response(body, { headers }));
}

/** This version's files of the labs of which an older one has kept some. */
async function usedBefore() {
  const stem = (path) => path.replace(/-[0-9a-f]{8,16}\b.*/, '');
  const kept = await Promise.all((await versions()).map(async (name) => (await caches.open(name)).keys()));
  const stems = new Set(kept.flat().map(({ url }) => stem(pathOf(url))));
  return Object.keys(LAB_FILES).filter((path) => stems.has(stem(path)));
}

/** What is kept, of the newest version that has it. */
async function find(path) {
  try {
    for (const cacheName of await versions()) {
      const kept = await caches.match(path, { cacheName });
      if (kept) return kept;
    }
  } catch {
    // Storage is refused.
  }
  return undefined;
}

/** The names under which versions of this site are kept: this one's first, then from the newest to the oldest. */
async function versions() {
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  return [CACHE, ...others.reverse()];
}

function isolated(response) {
  // What the page may not look into cannot be copied.
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(HEADERS)) {
    if (LAX.test(headers.get(name) ?? 'none')) headers.set(name, value);
  }
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
