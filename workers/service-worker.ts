/**
 * Makes the page work without a network, and isolates it (for threads) where the host can't send the headers for it.
 * It keeps the page and the runtime; models are kept by the inference worker under their hashes.
 */
import { PrecacheController, type PrecacheEntry } from 'workbox-precaching';
import { CONTENT_SECURITY_POLICY, ISOLATION_HEADERS } from './headers.js';
import { KeptFiles } from './kept-files.js';

/** The build adds each file's SHA-256, hex. */
type Entry = PrecacheEntry & { readonly sha256: string };

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: unknown };

const entries = self.__WB_MANIFEST as Entry[];
const precache = new PrecacheController();
precache.addToCacheList(entries);
const kept = new KeptFiles(
  precache.strategy.cacheName,
  new Map(entries.map(({ url, sha256 }) => [precache.getCacheKeyForURL(url)!, sha256])),
);
/** Where the parts are whose names carry a hash. */
const ASSETS = new URL('./assets/', self.location.href).pathname;

/** The response with the headers that it lacks. What the host sent stays: it knows better. */
function withHeaders(response: Response, wanted: Readonly<Record<string, string>>): Response {
  // Opaque responses and redirects can't be rebuilt.
  if (response.status === 0 || response.type === 'opaqueredirect' || response.redirected) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(wanted)) if (!headers.has(name)) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

/** Under which the file is kept; undefined where it isn't. `?model=` and the like address the same page. */
function keyOf({ url, method }: Request): string | undefined {
  if (method !== 'GET') return undefined;
  const { origin, pathname } = new URL(url);
  return precache.getCacheKeyForURL(origin + pathname.replace(/\/$/, '/index.html'));
}

/** What pages ask for: `Workbox` of workbox-window knows the first two. */
type Asked = 'SKIP_WAITING' | 'GET_VERSION' | 'PAGE_STARTED';

// A new version waits until a page takes it, or until all pages of the former one are closed.
self.addEventListener('install', (event) => event.waitUntil(precache.install(event)));
self.addEventListener('message', (event) => {
  const { type } = (event.data ?? {}) as { readonly type?: Asked };
  if (type === 'SKIP_WAITING') event.waitUntil(self.skipWaiting());
  if (type === 'GET_VERSION') event.ports[0]?.postMessage(import.meta.env.VITE_VERSION);
  if (type === 'PAGE_STARTED') event.waitUntil(dropFormer());
});

/**
 * Pages of a former version still ask for its parts: they are kept while any other page is open. So is what another version, which
 * waits, has brought.
 */
async function dropFormer(): Promise<void> {
  const { installing, waiting } = self.registration;
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (pages.length === 1 && !installing && !waiting) await kept.dropFormer();
}

self.addEventListener('activate', () => {
  // The first visit has a use for it already: it can then go offline. Nothing waits for that: Firefox says that a page is
  // claimed when all of its threads have answered, which those of the runtime don't while they have nothing to do; until then,
  // no request of the page would be answered.
  self.clients.claim().catch(() => {
    // The next visit has it.
  });
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const key = keyOf(request);
  if (key !== undefined) {
    const headers = { ...ISOLATION_HEADERS, 'content-security-policy': CONTENT_SECURITY_POLICY };
    event.respondWith(kept.answer(event, key).then((response) => withHeaders(response, headers)));
    return;
  }
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin || request.method !== 'GET') return;
  // A part of a former version, which the host may not have any more.
  if (pathname.startsWith(ASSETS)) {
    const answer = kept.former(request.url).then((former) => former ?? fetch(request));
    event.respondWith(answer.then((response) => withHeaders(response, ISOLATION_HEADERS)));
    return;
  }
  // Pages and workers that are not kept; everything else, models above all, goes its own way.
  if (request.mode !== 'navigate' && request.destination !== 'worker') return;
  event.respondWith(fetch(request).then((response) => withHeaders(response, ISOLATION_HEADERS)));
});
