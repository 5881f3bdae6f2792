/**
 * Makes the page work without a network, and isolates it (for threads) where the host can't send the headers for it.
 * It keeps the page, the runtime and the samples; models are kept by the inference worker under their hashes.
 */
import type { HostFault, HostFaults } from '../src/model/host-fault.js';
import { CONTENT_SECURITY_POLICY, ISOLATION_HEADERS } from './headers.js';
import type { BuiltFile } from './judge-answer.js';
import { KeptFiles } from './kept-files.js';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: unknown };

const { registration, clients } = self;
const FOLDER = new URL('./', self.location.href).href;
/** Where the parts are whose names carry a hash. */
const ASSETS = `${FOLDER}assets/`;
/** How long after a navigation the kept files are looked through, ms, where the page hasn't asked for it: its own wants come first. */
const BEFORE_MENDING = 15_000;

const kept = new KeptFiles({
  // As all versions have called it.
  cacheName: `workbox-precache-v2-${registration.scope}`,
  folder: FOLDER,
  files: self.__WB_MANIFEST as BuiltFile[],
  tell,
});

let isInstalling = false;
/** Milliseconds since 1970. */
let lastMended = 0;

/** The response with the headers that it lacks. What the host sent stays: it knows better. */
function withHeaders(response: Response, wanted: Readonly<Record<string, string>>): Response {
  // Opaque responses and redirects can't be rebuilt.
  if (response.status === 0 || response.type === 'opaqueredirect' || response.redirected) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(wanted)) if (!headers.has(name)) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

/** The file that is meant: `?model=` and the like address the same page, and so does what hosts make of pages' names. */
function addressOf(url: string): string {
  const { origin, pathname } = new URL(url);
  const address = origin + pathname;
  if (address.endsWith('/')) return `${address}index.html`;
  return kept.has(`${address}.html`) ? `${address}.html` : address;
}

/** What pages ask for: `Workbox` of workbox-window knows the first two. */
type Asked =
  | { readonly type: 'SKIP_WAITING' | 'GET_VERSION' }
  /** `part`: the address of a script that the page is made of. */
  | { readonly type: 'PAGE_STARTED'; readonly part: string }
  | { readonly type: 'PAGE_AT_REST' };

// A new version waits until a page takes it, or until all pages of the former one are closed.
self.addEventListener('install', (event) => {
  isInstalling = true;
  event.waitUntil(kept.install().finally(() => (isInstalling = false)));
});
self.addEventListener('message', (event) => {
  const asked = (event.data ?? {}) as Partial<Asked>;
  if (asked.type === 'SKIP_WAITING') event.waitUntil(self.skipWaiting());
  if (asked.type === 'GET_VERSION') event.ports[0]?.postMessage(import.meta.env.VITE_VERSION);
  if (asked.type === 'PAGE_STARTED' && asked.part) {
    event.waitUntil(dropFormer(event.source, asked.part));
  }
  if (asked.type === 'PAGE_AT_REST') event.waitUntil(mend());
});

/**
 * Pages of a former version still ask for its parts: they are kept unless the page that has started is of this version, and the only one.
 * So is what another version, which waits, has brought.
 */
async function dropFormer(source: ExtendableMessageEvent['source'], part: string): Promise<void> {
  if (!(source instanceof Client) || !kept.has(part)) return;
  await kept.dropFormer(async () => {
    const pages = await clients.matchAll({ type: 'window', includeUncontrolled: true });
    return isUpdating() || pages.some(({ id }) => id !== source.id);
  });
}

const isUpdating = (): boolean => registration.installing !== null || registration.waiting !== null;

/** A host that has another version by now gives other files, and is right. */
async function tell(faults: readonly HostFault[]): Promise<void> {
  if (!isInstalling) {
    await registration.update().catch(() => undefined);
    if (isUpdating()) return;
  }
  const message: HostFaults = { type: 'HOST_FAULTS', faults };
  for (const page of await clients.matchAll({ type: 'window', includeUncontrolled: true })) {
    page.postMessage(message);
  }
}

self.addEventListener('activate', () => {
  // The first visit has a use for it already: it can then go offline. Nothing waits for that: Firefox says that a page is
  // claimed when all of its threads have answered, which those of the runtime don't while they have nothing to do; until then,
  // no request of the page would be answered.
  clients.claim().catch(() => {
    // The next visit has it.
  });
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { mode, destination, method, url } = request;
  if (method !== 'GET' || !url.startsWith(`${self.location.origin}/`)) return;
  // A page that is too broken to say when it is at rest is mended all the same.
  if (mode === 'navigate') event.waitUntil(mendLater());
  const answer = kept.answer(event, addressOf(url));
  if (answer) {
    const headers = { ...ISOLATION_HEADERS, 'content-security-policy': CONTENT_SECURITY_POLICY };
    event.respondWith(answer.then((response) => withHeaders(response, headers)));
    return;
  }
  // A part of a former version, which the host may not have any more.
  if (url.startsWith(ASSETS)) {
    const former = kept.former(url).then((found) => found ?? fetch(request));
    event.respondWith(former.then((response) => withHeaders(response, ISOLATION_HEADERS)));
    return;
  }
  // Pages and workers that are not kept; everything else, models above all, goes its own way.
  if (mode !== 'navigate' && destination !== 'worker') return;
  event.respondWith(fetch(request).then((response) => withHeaders(response, ISOLATION_HEADERS)));
});

function mend(): Promise<void> {
  lastMended = Date.now();
  return kept.mend();
}

async function mendLater(): Promise<void> {
  const navigated = Date.now();
  await new Promise((resolve) => setTimeout(resolve, BEFORE_MENDING));
  if (lastMended < navigated) await mend();
}
