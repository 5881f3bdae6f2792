import { Workbox } from 'workbox-window';
import { trustedScript } from '../detector/trusted-types.js';
import type { DefectInspectorElement } from '../index.js';
import { followUpdates, reportStart } from './updates.js';

const RELOADED = 'defect-inspector:reloaded-for-isolation';

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
  try {
    const script = new URL('./service-worker.js', document.baseURI).href;
    const workbox = new Workbox(trustedScript(script));
    followUpdates(workbox, inspector, touched);
    await workbox.register({ immediate: true });
    await navigator.serviceWorker.ready;
    reportStart();
  } catch {
    // This fails in private windows and on some hosts: the page works all the same, but not offline.
    return;
  }
  if (crossOriginIsolated || touched.aborted || !isFirstTry()) return;
  // Wait for the model, so that the reload finds everything in the caches instead of loading it twice.
  inspector.addEventListener('defect-model', () => location.reload(), { once: true, signal: touched });
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
