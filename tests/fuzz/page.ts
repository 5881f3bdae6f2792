/** The same broken pictures, through the built page in a headless Chromium: `npx vite build` goes before. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { InspectorError, type ErrorData } from '../../src/core/errors.js';
import type { DefectInspectorElement } from '../../src/index.js';
import { launchBrowser, openPage } from '../../scripts/inspect-page.js';
import { serveSite } from '../../scripts/site.js';
import { COLOUR_MODEL, generate, isCut, type PictureCase } from './pictures.js';

export { generate };

/** What came of a picture, as plain data. */
type Answer = { readonly found: number; readonly isFlagged: boolean } | { readonly error: ErrorData };

let opened: Promise<Page> | undefined;
/** What the page has thrown beside its answers. */
const thrown: string[] = [];

export async function examine(one: PictureCase): Promise<string> {
  const page = await (opened ??= open());
  const answer = await inspect(page, one.broken, one.format);
  const [beside] = thrown.splice(0);
  if (beside !== undefined) throw new Error(`thrown beside the answer: ${beside}`);
  if ('error' in answer) throw new InspectorError(answer.error);
  if (answer.isFlagged) return 'found in part, and said so';
  if (isCut(one)) {
    const whole = await inspect(page, one.intact, one.format);
    const all = 'found' in whole ? whole.found : 0;
    if (answer.found < all)
      throw new Error(`${answer.found} of ${all} defects in a picture that is cut short`);
  }
  if (answer.found > 0) return 'defects found';
  if (!(await canBeRead(one))) throw new Error('nothing found in a picture that another decoder refuses');
  return 'nothing found';
}

async function open(): Promise<Page> {
  const site = await serveSite();
  const page = await openPage(await launchBrowser(), site.url);
  page.on('pageerror', (error) => thrown.push(error.message));
  page.on('crash', () => thrown.push('the page has crashed'));
  const model = (await readFile(COLOUR_MODEL)).toString('base64');
  await page.evaluate(async (base64) => {
    const element = document.querySelector<DefectInspectorElement>('defect-inspector')!;
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const ready = new Promise<void>((resolve) => {
      element.addEventListener('defect-model', ({ detail }) => {
        if (detail.classes.length === 2) resolve();
      });
    });
    element.run('model.file', { file: new File([bytes], 'colours.onnx') });
    await ready;
  }, model);
  return page;
}

async function inspect(page: Page, picture: Uint8Array, format: string): Promise<Answer> {
  return page.evaluate(
    async ({ base64, name }) => {
      const element = document.querySelector<DefectInspectorElement>('defect-inspector')!;
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const pending = element.inspect(new File([bytes], name));
      // The debugger's protocol drops a promise that nothing but itself refers to.
      Object.assign(globalThis, { pending });
      try {
        const { detections, image } = await pending;
        return {
          found: detections.length,
          isFlagged: 'isIncomplete' in image && image.isIncomplete === true,
        };
      } catch (error) {
        return { error: (error as InspectorError).data };
      } finally {
        element.clear();
      }
    },
    { base64: Buffer.from(picture).toString('base64'), name: `broken.${format}` },
  );
}

/** Whether libvips reads all of it. It reads no BMP. */
async function canBeRead({ format, broken }: PictureCase): Promise<boolean> {
  if (format === 'bmp') return true;
  return sharp(broken, { failOn: 'error' })
    .stats()
    .then(
      () => true,
      () => false,
    );
}
