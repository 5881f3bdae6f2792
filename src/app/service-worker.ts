import type { DefectInspectorElement } from '../index.js';

const RELOADED = 'defect-inspector:reloaded-for-isolation';

/**
 * Keeps the page for offline use. Where the host can't send the headers that threads need, the service worker adds
 * them from the next page view on: that view is brought about once, and never after a photo was added.
 */
export async function registerServiceWorker(inspector: DefectInspectorElement): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  let isUntouched = true;
  inspector.addEventListener('defect-photo', () => (isUntouched = false), { once: true });
  try {
    await navigator.serviceWorker.register('./service-worker.js');
    await navigator.serviceWorker.ready;
  } catch {
    // Private windows and odd hosts: the page works, only not offline.
    return;
  }
  if (crossOriginIsolated || !isUntouched || !isFirstTry()) return;
  // Wait for the model, so that the reload finds everything in the caches instead of loading it twice.
  inspector.addEventListener(
    'defect-model',
    () => {
      if (isUntouched && inspector.inspections.length === 0) location.reload();
    },
    { once: true },
  );
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
