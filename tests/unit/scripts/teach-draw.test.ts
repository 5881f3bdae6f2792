import { describe, expect, it } from 'vitest';
import { drawLesson, type Draw, type DrawnPhoto } from '../../../scripts/teach-draw.js';
import type { CocoDataset } from '../../../src/core/evaluation/coco.js';

/** Photos 1..30: every third has a pit, every fifth a crack, 7 and 14 only a crowd of pits, 11 only a stain. */
const DATASET: CocoDataset = {
  // Not in the order of their ids.
  images: Array.from({ length: 30 }, (_, i) => {
    const id = 30 - i;
    return { id, width: 10, height: 10, file_name: `${id}.png` };
  }),
  categories: [
    { id: 1, name: 'pit' },
    { id: 2, name: 'crack' },
    { id: 3, name: 'stain' },
    { id: 4, name: 'never' },
  ],
  annotations: Array.from({ length: 30 }, (_, i) => i + 1).flatMap((image_id) => [
    ...(image_id % 3 === 0 ? [{ image_id, category_id: 1 }] : []),
    ...(image_id % 5 === 0 ? [{ image_id, category_id: 2 }] : []),
    ...(image_id % 7 === 0 && image_id < 20 ? [{ image_id, category_id: 1, iscrowd: 1 as const }] : []),
    ...(image_id === 11 ? [{ image_id, category_id: 3 }] : []),
  ]),
};

const draw = (options: Partial<Parameters<typeof drawLesson>[2]> = {}): Draw =>
  drawLesson(DATASET, DATASET, { classes: ['pit', 'crack'], marked: 2, good: 3, seed: 1, ...options });
const ids = (photos: readonly DrawnPhoto[]) => photos.map(({ image }) => image.id);

describe('a drawn lesson', () => {
  it('has so many defective photos of each class, none twice, and good ones', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const { marked, good, classes } = draw({ seed });
      expect(classes.map(({ name }) => name)).toEqual(['pit', 'crack']);
      expect(new Set(ids([...marked, ...good])).size).toBe(7);
      expect(
        ids(marked)
          .slice(0, 2)
          .every((id) => id % 3 === 0),
      ).toBe(true);
      expect(
        ids(marked)
          .slice(2)
          .every((id) => id % 5 === 0),
      ).toBe(true);
      expect(ids(good).some((id) => id % 3 === 0 || id % 5 === 0 || [7, 11, 14].includes(id))).toBe(false);
    }
  });

  it('is the same for one seed, whatever the order of the images, and another for another', () => {
    const turned = { ...DATASET, images: DATASET.images.toReversed() };
    expect(drawLesson(turned, turned, { classes: ['pit', 'crack'], marked: 2, good: 3, seed: 1 })).toEqual(
      draw(),
    );
    expect(ids(draw({ seed: 2 }).marked)).not.toEqual(ids(draw().marked));
  });

  it('is judged by all other good and defective photos', () => {
    const { marked, good, test } = draw();
    const left = new Set(ids([...marked, ...good]));
    const expected = DATASET.images
      .map(({ id }) => id)
      .filter((id) => ![7, 11, 14].includes(id) && !left.has(id));
    expect(ids(test).toSorted((a, b) => a - b)).toEqual(expected.toSorted((a, b) => a - b));
  });

  it('takes all classes that occur where none is named, and only those', () => {
    expect(draw({ classes: undefined, marked: 1 }).classes.map(({ name }) => name)).toEqual([
      'pit',
      'crack',
      'stain',
    ]);
    expect(() => draw({ classes: ['dent'] })).toThrow('There is no class dent.');
    expect(() => draw({ marked: 8 })).toThrow(/There are \d photos with crack, not 8\./);
  });
});
