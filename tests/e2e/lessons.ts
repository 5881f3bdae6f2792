/** Teaching, as tests do it: by the pointer where that is the point, else by the commands that views send. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { fit, toPane, type Point } from '../../src/components/viewer/viewport.js';
import { decodeRle } from '../../src/core/regions/rle.js';
import type { Region } from '../../src/core/types.js';
import { parseSamples, type WalkSamples } from '../../src/workbench/lessons/walk-samples.js';
import type { WorkbenchState } from '../../src/workbench/state.js';

/** The element, as far as it is asked here; what is taught is its own business. */
export interface Host extends HTMLElement {
  readonly workbench: { readonly state: WorkbenchState };
  run(command: string, args?: object): boolean;
}

/** Of the walk-through's photos, CSS pixels. */
export const SIZE = { width: 640, height: 480 };

export const samples = async (): Promise<WalkSamples> =>
  parseSamples(JSON.parse(await readFile('public/samples/lesson/lesson.json', 'utf8')));

/** Where a sample lies. */
export const pathOf = ({ file }: { readonly file: string }): string => `public/samples/lesson/${file}`;

/** Photos are chosen as with the button. */
export async function addPhotos(page: Page, paths: readonly string[]): Promise<void> {
  await page.locator('defect-inspector input.files').setInputFiles([...paths]);
}

export const run = (page: Page, command: string, args?: object): Promise<boolean> =>
  page.evaluate(([id, given]) => document.querySelector<Host>('defect-inspector')!.run(id, given), [
    command,
    args,
  ] as const);

/** Says of a photo what there is to see on it. @param at its place in the order in which photos came */
export const mark = (page: Page, at: number, { counts, ...box }: Region): Promise<boolean> =>
  page.evaluate(
    ([place, rest, runs]) => {
      const host = document.querySelector<Host>('defect-inspector')!;
      const photo = host.workbench.state.photos[place]!.id;
      return host.run('lesson.mark', { photo, region: { ...rest, counts: Uint32Array.from(runs) } });
    },
    [at, box, [...counts]] as const,
  );

/** The photos of the walk-through that are to be learnt from. */
export const taughtSamples = async (): Promise<WalkSamples['photos']> =>
  (await samples()).photos.filter(({ isTaught }) => isTaught);

/** Adds these photos, and says of each what there is to say. */
export async function teachCaps(page: Page): Promise<void> {
  const taught = await taughtSamples();
  await addPhotos(page, taught.map(pathOf));
  await run(page, 'lesson.start', { name: 'Caps' });
  const ids = await page.evaluate(() =>
    document.querySelector<Host>('defect-inspector')!.workbench.state.photos.map(({ id }) => id),
  );
  for (const [i, { isGood, marks }] of taught.entries()) {
    if (isGood) await run(page, 'lesson.good', { ids: [ids[i]] });
    for (const { region } of marks) await mark(page, i, region);
  }
}

/** What is taught, in short. */
export const summary = (page: Page) =>
  page.evaluate(() => {
    const { teaching, photos, totals, library, currentId } =
      document.querySelector<Host>('defect-inspector')!.workbench.state;
    if (!teaching) return undefined;
    const { lesson, learning, isOutdated, classId, tool, next, isSaved } = teaching;
    const teachingOf = (id: number) => lesson.photos.get(id);
    return {
      ...{ name: lesson.name, classes: lesson.classes.map(({ name }) => name), classId, tool, isSaved },
      /** By photo, in their order: `good`, the classes of its marks, or nothing. */
      said: photos.map(({ id }) => {
        const one = teachingOf(id);
        if (!one) return '';
        return one.isGood ? 'good' : one.marks.map((each) => each.classId).join(' ');
      }),
      ...{ kind: learning.kind, isOutdated, choice: library.choice?.kind, next: next.length },
      ...{ done: totals.done, total: totals.total, shown: photos.findIndex(({ id }) => id === currentId) },
    };
  });

/** Until that is so of what is taught; a busy machine takes its time to learn. */
export const until = (page: Page, expected: object): Promise<void> =>
  expect.poll(() => summary(page), { timeout: 120_000, interval: 100 }).toMatchObject(expected);

/** Marks of the photo that is shown: class and area of each, photo pixels. */
export const marks = (page: Page) =>
  page.evaluate(() => {
    const { teaching, currentId } = document.querySelector<Host>('defect-inspector')!.workbench.state;
    const one = teaching?.lesson.photos.get(currentId!);
    if (!one || one.isGood) return [];
    return one.marks.map(({ classId, region: { counts, ...box } }) => ({
      classId,
      ...box,
      area: counts.reduce((sum, count, i) => (i % 2 === 1 ? sum + count : sum), 0),
    }));
  });

/** Until a photo is what is seen: its name changes with the picture, once it is decoded. */
export const isShown = (page: Page, file: string): Promise<void> =>
  page.locator('defect-viewer').getByTitle(file, { exact: true }).waitFor();

/** The name of the photo that is shown. */
export const shownPhoto = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => {
    const { photos, currentId } = document.querySelector<Host>('defect-inspector')!.workbench.state;
    return photos.find(({ id }) => id === currentId)?.name;
  });

export const modelInUse = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => {
    const { model } = document.querySelector<Host>('defect-inspector')!.workbench.state;
    return model.kind === 'ready' ? model.detector.model.name : undefined;
  });

/** Where points of the photo lie on the page, while all of it is in view. */
export async function onPage(page: Page, points: readonly Point[], photo = SIZE): Promise<Point[]> {
  const pane = (await page.locator('defect-viewer canvas').last().boundingBox())!;
  const viewport = fit(photo, pane);
  return points.map((point) => {
    const { x, y } = toPane(viewport, point);
    return { x: pane.x + x, y: pane.y + y };
  });
}

/** Draws with the mouse from point to point of the photo. */
export async function drag(page: Page, points: readonly Point[]): Promise<void> {
  const [first, ...rest] = await onPage(page, points);
  await page.mouse.move(first!.x, first!.y);
  await page.mouse.down();
  for (const { x, y } of rest) await page.mouse.move(x, y);
  await page.mouse.up();
}

/** Paints along the middle of a region, column by column, with the brush that is chosen. */
export const paint = (page: Page, region: Region): Promise<void> => drag(page, middleOf(region));

/** The middle of each of its columns that holds something, every fourth one. */
function middleOf({ x, y, width, height, counts }: Region): Point[] {
  const mask = decodeRle({ size: [height, width], counts: [...counts] });
  return Array.from({ length: Math.ceil(width / 4) }, (_, i) => 4 * i).flatMap((column) => {
    const rows = Array.from({ length: height }, (_, row) => row).filter((row) => mask[row * width + column]);
    const middle = rows[Math.floor(rows.length / 2)];
    return middle === undefined ? [] : [{ x: x + column + 0.5, y: y + middle + 0.5 }];
  });
}
