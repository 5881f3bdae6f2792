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

self.addEventListener('install', (event) => event.waitUntil(precache.install(event)));
self.addEventListener('activate', (event) => {
  event.waitUntil(kept.dropFormer());
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
  // Pages and workers that are not kept; everything else, models above all, goes its own way.
  const needsHeaders = request.mode === 'navigate' || request.destination === 'worker';
  if (!needsHeaders || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(fetch(request).then((response) => withHeaders(response, ISOLATION_HEADERS)));
});
