import { Workbox } from 'workbox-window';
import { trustedScript } from '../detector/trusted-types.js';
import type { DefectInspectorElement } from '../index.js';
import { sayHostFaults } from './host-faults.js';
import { followUpdates } from './updates.js';

const RELOADED = 'defect-inspector:reloaded-for-isolation';

/** How long the page may take to have its model, ms, before what it doesn't need at once is kept all the same. */
const AT_REST = 30_000;

/** What a person does with a page. Files may be on their way to it while they are only dragged. */
const TOUCHES = ['pointerdown', 'keydown', 'input', 'paste', 'dragenter', 'drop'] as const;

/**
 * Keeps the page for offline use. Where the host can't send the headers that threads need, the service worker adds
 * them from the next page view on: that view is brought about once, and never after the page was touched: what was
 * dropped, drawn or chosen there would be lost.
 */
export async function registerServiceWorker(inspector: DefectInspectorElement): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const touched = whenTouched(inspector);
  const atRest = whenAtRest(inspector);
  sayHostFaults(inspector);
  const worker = await startWorker(inspector, touched);
  if (!worker) return;
  const hasModel = await atRest;
  worker.postMessage({ type: 'PAGE_AT_REST' });
  // A page within one that isn't isolated can't be, either. Without the model, the reload would load it a second time.
  if (crossOriginIsolated || window !== window.top || touched.aborted || !hasModel) return;
  if (isFirstTry()) location.reload();
}

/** Undefined where the browser or the host has none: the page works all the same, but not offline. */
async function startWorker(
  inspector: DefectInspectorElement,
  touched: AbortSignal,
): Promise<ServiceWorker | undefined> {
  try {
    const script = new URL('./service-worker.js', document.baseURI).href;
    const workbox = new Workbox(trustedScript(script));
    followUpdates(workbox, inspector, touched);
    await workbox.register({ immediate: true });
    const { active } = await navigator.serviceWorker.ready;
    // It can then drop what no page needs any more.
    navigator.serviceWorker.controller?.postMessage({ type: 'PAGE_STARTED', part: import.meta.url });
    return active ?? undefined;
  } catch {
    return undefined;
  }
}

/** When the page has its model (true), or has had the time for it. */
function whenAtRest(inspector: DefectInspectorElement): Promise<boolean> {
  return new Promise((resolve) => {
    inspector.addEventListener('defect-model', () => resolve(true), { once: true });
    setTimeout(resolve, AT_REST, false);
  });
}

/** Aborted as soon as somebody has done something with the page, or a program has added a photo. */
function whenTouched(inspector: DefectInspectorElement): AbortSignal {
  const touched = new AbortController();
  const touch = () => touched.abort();
  const options = { capture: true, passive: true, signal: touched.signal };
  for (const type of TOUCHES) window.addEventListener(type, touch, options);
  inspector.addEventListener('defect-photo', touch, options);
  return touched.signal;
}

/** Whether this session hasn't reloaded yet; without storage a loop can't be ruled out. */
function isFirstTry(): boolean {
  try {
    if (sessionStorage.getItem(RELOADED)) return false;
    sessionStorage.setItem(RELOADED, 'yes');
    return true;
  } catch {
    return false;
  }
}
