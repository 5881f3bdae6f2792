import { Workbox } from 'workbox-window';
import type { DefectInspectorElement } from '../index.js';

const RELOADED = 'defect-inspector:reloaded-for-isolation';

/**
 * Keeps the page for offline use. Where the host can't send the headers that threads need, the service worker adds
 * them from the next page view on: that view is brought about once, and never after a photo was added.
 *
 * An update that is found while the page is open is installed beside the version in use and takes over when the last page
 * of that is closed: until then every part of it that a page may still ask for stays where it is.
 */
export async function registerServiceWorker(inspector: DefectInspectorElement): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const photoAdded = new AbortController();
  inspector.addEventListener('defect-photo', () => photoAdded.abort(), { once: true });
  try {
    await new Workbox('./service-worker.js').register({ immediate: true });
    await navigator.serviceWorker.ready;
  } catch {
    // This fails in private windows and on some hosts: the page works all the same, but not offline.
    return;
  }
  if (crossOriginIsolated || photoAdded.signal.aborted || !isFirstTry()) return;
  // Wait for the model, so that the reload finds everything in the caches instead of loading it twice.
  inspector.addEventListener(
    'defect-model',
    () => {
      if (inspector.inspections.length === 0) location.reload();
    },
    { once: true, signal: photoAdded.signal },
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
