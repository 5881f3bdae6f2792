/**
 * New versions of the page. One is noticed at the start, whenever the page is looked at again, and every hour; it is installed beside
 * the one in use, and taken when somebody says so, or at once in a page that nobody has touched yet.
 */
import { messageSW, type Workbox } from 'workbox-window';
import type { DefectInspectorElement } from '../index.js';
import { text } from '../messages/page-text.js';
import { makeNotice } from './notice.js';

const texts = text.updates;

/** Milliseconds. */
const BETWEEN_LOOKS = 60 * 60 * 1000;

/**
 * @param workbox not registered yet, so that a version which waits already is noticed, too
 * @param touched aborted as soon as somebody has done something with the page
 */
export function followUpdates(
  workbox: Workbox,
  inspector: Pick<DefectInspectorElement, 'isEmpty' | 'append'>,
  touched: AbortSignal,
): void {
  // A drop may be on its way that the element doesn't know yet.
  const isIdle = () => inspector.isEmpty && !touched.aborted;
  let notice: HTMLElement | undefined;
  let isTaken = false;
  /** What was told last counts, whichever worker answers first. */
  let turn = 0;
  const reload = () => location.reload();
  const take = () => {
    isTaken = true;
    workbox.messageSkipWaiting();
  };
  const tell = async (
    worker: ServiceWorker | undefined | null,
    sentence: (said: { readonly version: string }) => string,
    act: () => void,
  ) => {
    const mine = ++turn;
    const version = await versionOf(worker);
    if (mine !== turn) return;
    notice?.remove();
    notice = makeNotice(sentence({ version }), { dismiss: texts.later, action: { name: texts.reload, act } });
    inspector.append(notice);
  };

  workbox.addEventListener('waiting', async ({ sw }) => {
    if (isIdle()) take();
    else await tell(sw, texts.ready, take);
  });
  const workers = navigator.serviceWorker;
  let isControlled = workers.controller !== null;
  workers.addEventListener('controllerchange', () => {
    const isUpdate = isControlled;
    isControlled = true;
    // The first visit's page is taken over by the version that it is of.
    if (!isUpdate) return;
    // This page, or another one, has taken a new version: a reload gives it.
    if (isTaken || isIdle()) reload();
    else tell(workers.controller, texts.inUse, reload).catch(() => undefined);
  });
  // Fails where there is no network: the next look may find one.
  const look = () => void workbox.update().catch(() => undefined);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) look();
  });
  setInterval(look, BETWEEN_LOOKS);
}

/** What the version calls itself; '' where it doesn't say in time. */
async function versionOf(worker: ServiceWorker | undefined | null): Promise<string> {
  if (!worker) return '';
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, 2000, undefined));
  const answer: Promise<unknown> = messageSW(worker, { type: 'GET_VERSION' }).catch(() => undefined);
  const version = await Promise.race([answer, late]);
  return typeof version === 'string' ? version : '';
}
