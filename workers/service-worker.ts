/**
 * Makes the page work without a network, and isolates it (for threads) where the host can't send the headers for it.
 * It keeps the page and the runtime; models are kept by the inference worker under their hashes.
 */
import { cleanupOutdatedCaches, precacheAndRoute, addPlugins, type PrecacheEntry } from 'workbox-precaching';
import { CONTENT_SECURITY_POLICY, ISOLATION_HEADERS } from './headers.js';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: (PrecacheEntry | string)[] };

/** The response with the headers that it lacks. What the host sent stays: it knows better. */
function withHeaders(response: Response, wanted: Readonly<Record<string, string>>): Response {
  // Opaque responses and redirects can't be rebuilt.
  if (response.status === 0 || response.type === 'opaqueredirect' || response.redirected) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(wanted)) if (!headers.has(name)) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

addPlugins([
  {
    handlerWillRespond: async ({ response }) =>
      withHeaders(response, { ...ISOLATION_HEADERS, 'content-security-policy': CONTENT_SECURITY_POLICY }),
  },
]);
precacheAndRoute(self.__WB_MANIFEST, {
  // `?model=` and the like address the same page.
  ignoreURLParametersMatching: [/./],
});
cleanupOutdatedCaches();

// Pages and workers that are not precached; everything else, models above all, goes its own way.
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const needsHeaders = request.mode === 'navigate' || request.destination === 'worker';
  if (!needsHeaders || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(fetch(request).then((response) => withHeaders(response, ISOLATION_HEADERS)));
});

// The first visit has a use for it already: it can then go offline.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
