import { expect, test, vi } from 'vitest';
import { CasePhotos } from '../../../src/components/evaluation/case-photos.js';
import type { photoPicture } from '../../../src/components/shared/pictures.js';
import type { Evaluated, Picture } from '../../../src/workbench/evaluation/state.js';

const EVALUATED = { model: { classes: [] } } as unknown as Evaluated;
const PICTURE: Picture = {
  file: new File([''], 'a.jpg'),
  outlines: { width: 6000, height: 4000, truths: [], detections: [] },
};

/** Photos, how many were decoded, and which of those were closed. */
function photos() {
  const closed: number[] = [];
  let made = 0;
  const make = (async () => {
    const number = ++made;
    const bitmap = { close: () => closed.push(number) } as unknown as ImageBitmap;
    return { bitmap, width: 6000, height: 4000 };
  }) satisfies typeof photoPicture;
  return { photos: new CasePhotos(make), closed, made: () => made };
}

test('a photo is decoded once, also where it is asked for again while it is decoded', async () => {
  const { photos: cases, closed, made } = photos();
  const load = vi.fn(async () => PICTURE);
  const [crop, whole] = await Promise.all([cases.open(EVALUATED, 3, load), cases.open(EVALUATED, 3, load)]);
  expect(crop).toMatchObject({ ...PICTURE, classes: [], whole: { x: 0, y: 0, width: 6000, step: 2 } });
  expect(whole).toBe(crop);
  expect(await cases.open(EVALUATED, 3, load)).toBe(crop);
  expect([made(), load.mock.calls.length, closed]).toEqual([1, 1, []]);
});

test('it can be painted as soon as it is there, and is closed when there is another one or none', async () => {
  const { photos: cases, closed } = photos();
  const load = async () => PICTURE;
  const painted = cases.open(EVALUATED, 3, load).then(() => [...closed]);
  await cases.open({ ...EVALUATED }, 3, load);
  expect(await painted).toEqual([]);
  await vi.waitFor(() => expect(closed.length).toBe(1));
  cases.close();
  await vi.waitFor(() => expect(closed.length).toBe(2));
});

test('one that could not be had is asked for anew', async () => {
  const { photos: cases, made } = photos();
  expect(await cases.open(EVALUATED, 3, async () => undefined)).toBeUndefined();
  expect(
    await cases.open(EVALUATED, 3, () => Promise.reject(new Error('The worker ended.'))),
  ).toBeUndefined();
  expect(await cases.open(EVALUATED, 3, async () => PICTURE)).toMatchObject({ file: PICTURE.file });
  expect(made()).toBe(1);
});
