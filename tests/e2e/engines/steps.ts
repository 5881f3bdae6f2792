/** What a person does with the page, once for all engines. Every step rests on roles, tags and the element's own face. */
import type { NamedFile } from '../files.js';
import type { EngineDriver } from './driver.js';
import { plain, prepare } from './page-tools.js';

/** A detection as far as engines are compared by it. */
export interface Found {
  readonly className: string;
  readonly score: number;
  readonly box: readonly number[];
  /** Empty where the network gave none. */
  readonly networkBox: readonly number[];
  readonly area: number;
}

export interface FoundOnPhoto {
  readonly name: string;
  readonly detections: readonly Found[];
}

export async function open(driver: EngineDriver, url: string): Promise<void> {
  await driver.goto(url);
  await prepare(driver);
}

export async function reload(driver: EngineDriver): Promise<void> {
  await driver.reload();
  await prepare(driver);
}

/** Drops files somewhere on the page. */
export async function drop(driver: EngineDriver, files: readonly NamedFile[]): Promise<void> {
  await driver.run((given) => tools.drop(given), files.map(plain));
}

/** Drops photos on an empty page and waits for what is found on all of them. */
export async function inspect(driver: EngineDriver, photos: readonly NamedFile[]): Promise<FoundOnPhoto[]> {
  await drop(driver, photos);
  return driver.run(async (count) => {
    const element = document.querySelector('defect-inspector')!;
    await tools.until('all results', () => element.inspections.length === count);
    return element.inspections.map(({ image, detections }) => ({
      name: image.name,
      detections: detections.map(({ className, score, box, networkBox, area }) => ({
        className,
        score,
        box: Array.from(box),
        networkBox: Array.from(networkBox ?? []),
        area,
      })),
    }));
  }, photos.length);
}

/** How many rows the table has, once there are so many. */
export async function untilRows(driver: EngineDriver, count: number): Promise<void> {
  await driver.run(async (wanted) => {
    const rows = () => tools.all('[role="grid"] tbody tr').length;
    await tools
      .until(`${wanted} rows`, () => rows() === wanted)
      .catch((cause: unknown) => Promise.reject(new Error(`${String(cause)} There are ${rows()}.`)));
  }, count);
}

export const visibleRows = (driver: EngineDriver): Promise<number> =>
  driver.run(
    () => tools.until('a row', () => tools.all('[role="grid"] tbody tr').length || undefined),
    undefined,
  );

/** Moves the slider by the keyboard; gives the threshold that the element has then. */
export async function slideTo(driver: EngineDriver, end: 'Home' | 'End'): Promise<number | 'auto'> {
  await driver.run(() => {
    const sliders = tools.all('input[type="range"]') as HTMLInputElement[];
    sliders.find(({ labels }) => labels?.[0]?.textContent === 'Confidence')!.focus();
  }, undefined);
  await driver.press(end);
  return driver.run(() => document.querySelector('defect-inspector')!.threshold, undefined);
}

/** Clicks a row, counted from 0; gives which rows are selected then. */
export async function selectRow(driver: EngineDriver, row: number): Promise<readonly boolean[]> {
  await driver.click((at) => tools.all('[role="grid"] tbody tr')[at]!, row);
  return driver.run(
    () =>
      tools.until('a selection', () => {
        const selected = tools
          .all('[role="grid"] tbody tr')
          .map((one) => one.getAttribute('aria-selected') === 'true');
        return selected.includes(true) && selected;
      }),
    undefined,
  );
}

export const exported = (driver: EngineDriver, format: 'csv' | 'json' | 'coco'): Promise<string> =>
  driver.run(async (wanted) => {
    const blob = await document.querySelector('defect-inspector')!.export(wanted);
    return blob.text();
  }, format);

/** Opens the dialog about models; gives what it lists. */
export async function listedModels(driver: EngineDriver): Promise<readonly string[]> {
  await driver.click(() => tools.all('button[title="Models"]')[0]!, undefined);
  return driver.run(
    () =>
      tools.until('listed models', () => {
        const items = tools
          .all('dialog[open] li')
          .map((item) => item.textContent.replace(/\s+/g, ' ').trim());
        return items.length > 0 && items;
      }),
    undefined,
  );
}

export async function closeDialog(driver: EngineDriver): Promise<void> {
  await driver.press('Escape');
  await driver.run(() => tools.until('no dialog', () => tools.all('dialog[open]').length === 0), undefined);
}

/** Drops an annotated ZIP and evaluates the model on it; gives the AP50 that is shown. */
export async function evaluatedAP50(driver: EngineDriver, zip: NamedFile): Promise<string> {
  await drop(driver, [zip]);
  const start = /^\s*Inspect \d+ photos?\s*$/;
  await driver.run(
    (pattern) =>
      tools.until('the offer to inspect', () =>
        tools.all('dialog[open] button').some(({ textContent }) => new RegExp(pattern).test(textContent)),
      ),
    start.source,
  );
  await driver.click(
    (pattern) =>
      tools.all('dialog[open] button').find(({ textContent }) => new RegExp(pattern).test(textContent))!,
    start.source,
  );
  return driver.run(
    () =>
      tools.until('the figures', () => {
        const title = tools.all('dt').find(({ textContent }) => textContent.trim().startsWith('AP50'));
        return title?.nextElementSibling?.textContent.trim().split(/\s/)[0];
      }),
    undefined,
  );
}

/**
 * Waits until the page is kept for offline use; false where the session has no service workers or refuses to register one.
 * @throws {Error} when the page isn't kept after a minute
 */
export const isKept = (driver: EngineDriver): Promise<boolean> =>
  driver.run(async () => {
    if (!('serviceWorker' in navigator)) return false;
    // The page registers it, and tells nobody when it is refused; its policy lets nobody else ask.
    let registration: ServiceWorkerRegistration | undefined;
    for (let i = 0; i < 80 && !registration; i++) {
      registration = await navigator.serviceWorker.getRegistration().catch(() => undefined);
      if (!registration) await new Promise((resolve) => setTimeout(resolve, 250));
    }
    if (!registration) return false;
    const { installing, waiting, active } = registration;
    const worker = installing ?? waiting ?? active;
    // `ready` is a little early: Firefox loses a reload that meets a worker that is still activating.
    await tools.until('the service worker', () => worker?.state === 'activated');
    return true;
  }, undefined);
