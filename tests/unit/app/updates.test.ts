import { afterEach, expect, it, vi } from 'vitest';
import type { Workbox } from 'workbox-window';
import { followUpdates } from '../../../src/app/updates.js';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('looks for a new version every hour, and when somebody comes back to the page', async () => {
  vi.useFakeTimers();
  const page = Object.assign(new EventTarget(), { hidden: false });
  vi.stubGlobal('document', page);
  vi.stubGlobal('navigator', { serviceWorker: Object.assign(new EventTarget(), { controller: null }) });
  // The network may be gone for one look: the next one is made all the same.
  const update = vi.fn(() => Promise.reject(new TypeError('Failed to fetch')));
  const workbox = Object.assign(new EventTarget(), { update }) as unknown as Workbox;
  const inspector = { isEmpty: true, append: vi.fn() };
  followUpdates(workbox, inspector, new AbortController().signal);
  await vi.advanceTimersByTimeAsync(3_599_000);
  expect(update).toHaveBeenCalledTimes(0);
  await vi.advanceTimersByTimeAsync(1000);
  expect(update).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(update).toHaveBeenCalledTimes(2);
  page.dispatchEvent(new Event('visibilitychange'));
  expect(update).toHaveBeenCalledTimes(3);
  page.hidden = true;
  page.dispatchEvent(new Event('visibilitychange'));
  expect(update).toHaveBeenCalledTimes(3);
});
