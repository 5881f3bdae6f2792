/** Files to hand to the page, as a person would. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Locator, Page } from 'playwright-core';

export interface NamedFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export async function sample(file = 'ball-screw-pitting.jpg'): Promise<NamedFile> {
  return { name: basename(file), mimeType: 'image/jpeg', buffer: await readFile(`public/samples/${file}`) };
}

/**
 * So many photos that look the same, `part-0.jpg` and so on. Results are kept by content; what follows a JPEG's end makes
 * another photo of it.
 *
 * @param count at most 256
 */
export const copiesOf = ({ buffer, ...rest }: NamedFile, count: number): NamedFile[] =>
  Array.from({ length: count }, (_, i) => ({
    ...rest,
    name: `part-${i}.jpg`,
    buffer: Buffer.concat([buffer, Buffer.from([i])]),
  }));

/** A photo whose head is in order and whose end is missing. */
export async function truncated(): Promise<NamedFile> {
  const { buffer, ...rest } = await sample();
  return { ...rest, name: 'truncated.jpg', buffer: buffer.subarray(0, 20_000) };
}

export const textFile: NamedFile = {
  name: 'notes.txt',
  mimeType: 'text/plain',
  buffer: Buffer.from('Part 17: see the photo.'),
};

/** Drops files somewhere on the page. */
export async function drop(page: Page, files: readonly NamedFile[]): Promise<void> {
  const plain = files.map(({ name, mimeType, buffer }) => ({
    name,
    mimeType,
    base64: buffer.toString('base64'),
  }));
  const transfer = await page.evaluateHandle((list) => {
    const data = new DataTransfer();
    for (const { name, mimeType, base64 } of list) {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      data.items.add(new File([bytes], name, { type: mimeType }));
    }
    return data;
  }, plain);
  await page.locator('body').dispatchEvent('drop', { dataTransfer: transfer });
}

/** The table's rows, one per visible defect. */
export const defectRows = (page: Page): Locator =>
  page.getByRole('grid', { name: 'Defects' }).locator('tbody tr');

/** The photos in the queue. */
export const photos = (page: Page): Locator =>
  page.getByRole('list', { name: 'Photos' }).getByRole('listitem');

/** Waits until the service worker has all of the page, and answers its requests. */
export const untilKept = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    while (active?.state !== 'activated') await new Promise((resolve) => setTimeout(resolve, 50));
  });
