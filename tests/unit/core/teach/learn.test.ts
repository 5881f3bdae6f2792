import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mulberry32, shuffled } from '../../../../src/core/random.js';
import { fromBfloat16 } from '../../../../src/core/teach/bfloat16.js';
import { learn } from '../../../../src/core/teach/learn.js';
import type { Learnt, LearnOptions } from '../../../../src/core/teach/learnt.js';
import type { Lesson, LessonPhoto } from '../../../../src/core/teach/lesson.js';
import { novelty } from '../../../../src/core/novelty.js';
import {
  CLASSES,
  DIMS,
  drawnDefect,
  drawnLesson,
  drawnPhoto,
  findRegions,
  isIn,
  regionOf,
} from './drawn-lesson.js';
import { seeds } from './drawn-samples.js';

function learnt(lesson: Lesson, options: Partial<LearnOptions> = {}): Learnt {
  const steps = learn(lesson, { findRegions, ...options });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** What the head says of each cell of a photo, from the words of its description: per class. */
function mapOf({ head }: Learnt, { views }: LessonPhoto): number[][] {
  const { cells } = views[0]!;
  return Array.from({ length: cells.width * cells.height }, (_, cell) => {
    const values = fromBfloat16(cells.values.subarray(cell * DIMS, (cell + 1) * DIMS));
    const linear = (weights: Float32Array, bias: number, from = 0) =>
      values.reduce((sum, value, k) => sum + value * weights[from + k]!, bias);
    const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
    if (head.kind === 'memory') {
      let nearest = Infinity;
      for (let i = 0; i < head.cells.length; i += DIMS) {
        nearest = Math.min(
          nearest,
          values.reduce((sum, value, k) => sum + (value - head.cells[i + k]!) ** 2, 0),
        );
      }
      return [sigmoid(head.slope * Math.sqrt(nearest) + head.offset)];
    }
    const defect = sigmoid(linear(head.defect.weights, head.defect.bias));
    const { classes } = head;
    if (!classes) return [defect];
    const logits = Array.from(classes.biases, (bias, c) => linear(classes.weights, bias, c * DIMS));
    return logits.map((z) => defect * Math.exp(z - Math.max(...logits)));
  });
}

describe('learning marks', () => {
  it('finds again what is unlike the rest, and nothing else', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const result = learnt(drawnLesson(seed));
        expect(result.figures).toMatchObject({ marked: 4, good: 6, falseAlarms: 0, folds: 5 });
        // Of one draw in twenty a defect is ranked first in its photo, and yet lies under the level that suits the others best.
        expect(result.figures.found).toBeGreaterThanOrEqual(3);
        expect(result.figures.imageAUROC).toBe(1);
        expect(result.figures.pixelAP).toBeGreaterThan(0.95);
        const defect = drawnDefect(seed + 7, 1);
        const photo = drawnPhoto(seed + 5000, { defects: [defect] });
        mapOf(result, photo).forEach(([score], cell) => {
          const [column, row] = [cell % 14, Math.floor(cell / 14)];
          const isDefect =
            column >= defect.column &&
            column < defect.column + defect.width &&
            row >= defect.row &&
            row < defect.row + defect.height;
          if (score! >= 0.5 !== isDefect) expect(score).toBeCloseTo(0.5, 0);
        });
        expect(result.doubts).toEqual([]);
      }),
      { numRuns: 4 },
    );
  });

  it('tells classes apart', () => {
    const result = learnt(drawnLesson(3, { classes: CLASSES }));
    expect(result.classIds).toEqual([1, 3]);
    CLASSES.forEach(({ id }, plane) => {
      const photo = drawnPhoto(900 + id, { defects: [drawnDefect(4, id)] });
      const best = mapOf(result, photo).reduce((a, b) => (Math.max(...a) > Math.max(...b) ? a : b));
      expect(best[plane]).toBe(Math.max(...best));
      expect(best[1 - plane]).toBeLessThan(0.2);
    });
  });

  it('says where defects are found again as another class: one look, marked now as this and now as that', () => {
    const { photos } = drawnLesson(14, { marked: 6 });
    const mixed = photos.map((photo, i) => ({
      ...photo,
      marks: photo.marks.map((mark) => ({ ...mark, classId: CLASSES[i % 2]!.id })),
    }));
    const { figures, doubts } = learnt({ classes: CLASSES, photos: mixed });
    expect(figures.found).toBe(6);
    const doubt = doubts.find(({ reason }) => reason === 'taken-for-another-class');
    expect(doubt?.params).toEqual({ found: 6, misnamed: expect.any(Number) as number });
    // Of a class that no other photo shows, nothing else can be expected.
    const alone = mixed.map((photo, i) => ({
      ...photo,
      marks: photo.marks.map((mark) => ({
        ...mark,
        classId: CLASSES[i === mixed.findIndex(({ marks }) => marks.length > 0) ? 0 : 1]!.id,
      })),
    }));
    const reasons = learnt({ classes: CLASSES, photos: alone }).doubts.map(({ reason }) => reason);
    expect(reasons).toContain('class-in-one-photo');
    expect(reasons).not.toContain('taken-for-another-class');
    expect(learnt({ classes: CLASSES, photos }).doubts).not.toContainEqual(
      expect.objectContaining({ reason: 'taken-for-another-class' }),
    );
  });

  it('is the same whatever order the photos come in, and whatever they are called', () => {
    const lesson = drawnLesson(11, { classes: CLASSES, strength: 3 });
    const first = learnt(lesson);
    fc.assert(
      fc.property(seeds, (seed) => {
        const photos = shuffled(lesson.photos, mulberry32(seed)).map((photo, i) => ({
          ...photo,
          name: `${i}`,
        }));
        expect(learnt({ ...lesson, photos })).toEqual(first);
      }),
      { numRuns: 2 },
    );
  });

  it('is the same with the same seed', () => {
    const lesson = drawnLesson(12, { strength: 3 });
    expect(learnt(lesson, { seed: 5 })).toEqual(learnt(lesson, { seed: 5 }));
  });

  it('sees a photo in tiles as in one view', () => {
    const lesson = drawnLesson(21);
    const halved = lesson.photos.map((photo): LessonPhoto => {
      const view = photo.views[0]!;
      const half = view.cells.values.length / 2;
      const views = [0, 1].map((i) => ({
        ...view,
        y: (i * view.height) / 2,
        height: view.height / 2,
        cells: {
          ...view.cells,
          height: view.cells.height / 2,
          values: view.cells.values.slice(i * half, (i + 1) * half),
        },
      }));
      return { ...photo, views };
    });
    const { figures, threshold } = learnt({ ...lesson, photos: halved });
    expect(figures).toMatchObject({ found: 4, falseAlarms: 0, imageAUROC: 1 });
    expect(threshold).toBeGreaterThan(0);
  });

  it('outlines what each of its few marks shows alone', () => {
    const kinds = [...CLASSES, { id: 5, name: 'stain' }];
    // All kinds have a little in common, by which one is found that was never seen, and each has more of its own.
    const defective = (seed: number, id: number) => {
      const defect = drawnDefect(seed, id);
      const marks = [{ classId: id, region: regionOf(defect) }];
      return {
        defect,
        photo: drawnPhoto(seed, { defects: [defect, { ...defect, classId: 7, strength: 4 }], marks }),
      };
    };
    const agreements = Array.from({ length: 5 }, (_, i) => {
      const seed = 10_000 * i;
      const good = Array.from({ length: 5 }, (_, k) => drawnPhoto(seed + k));
      const marked = kinds.map(({ id }) => defective(seed + 100 * id, id).photo);
      const result = learnt({ classes: kinds, photos: [...good, ...marked] });
      let [shared, united] = [0, 0];
      for (const { id } of kinds) {
        const { defect, photo } = defective(seed + 6000 + id, id);
        mapOf(result, photo).forEach((scores, cell) => {
          const isFound = Math.max(...scores) >= 0.5;
          const isDefect = isIn(defect, cell % 14, Math.floor(cell / 14));
          if (isFound && isDefect) shared++;
          if (isFound || isDefect) united++;
        });
      }
      return shared / united;
    });
    expect(agreements.reduce((a, b) => a + b) / 5).toBeGreaterThan(0.75);
  });

  it('leaves one out at a time under ten', () => {
    expect(learnt(drawnLesson(2, { good: 4, marked: 3 })).figures.folds).toBe(7);
  });

  it('reports more where a missed photo costs more', () => {
    const lesson = drawnLesson(31, { good: 12, marked: 8, strength: 2.2 });
    const [rare, dear] = [0.2, 50].map((costRatio) => learnt(lesson, { costRatio }));
    expect(dear!.threshold).toBeLessThan(rare!.threshold);
    expect(dear!.figures.found).toBeGreaterThanOrEqual(rare!.figures.found);
    expect(dear!.figures.falseAlarms).toBeGreaterThan(rare!.figures.falseAlarms);
  });

  it('counts what copies of a photo show once', () => {
    // It is called good, and shows what is marked elsewhere.
    const odd = { ...drawnPhoto(500, { defects: [drawnDefect(500, 1)] }), isGood: true, marks: [] };
    const { photos, classes } = drawnLesson(32);
    const copies = Array.from({ length: 5 }, (_, i) => ({ ...odd, name: `${i}.png` }));
    const { figures } = learnt({ classes, photos: [...photos, ...copies] });
    expect(figures).toMatchObject({ marked: 4, good: 7, falseAlarms: 1 });
    const alone = learnt({
      classes: [],
      photos: [...drawnLesson(41, { good: 4, marked: 0 }).photos, ...copies],
    });
    expect(alone).toMatchObject({ falseAlarmShare: 1 / 6, figures: { good: 5 } });
    expect(alone.figures.falseAlarms).toBeLessThanOrEqual(1);
  });

  it('promises nothing where marks look like the rest', () => {
    const result = learnt(drawnLesson(8, { good: 8, marked: 6, strength: 0 }));
    expect(result.figures.imageAUROC).toBeLessThan(0.9);
    expect(result.figures.found).toBeLessThan(4);
  });

  it('tests nothing where there is one marked photo, and says so', () => {
    const { figures, doubts, head } = learnt(drawnLesson(9, { marked: 1 }));
    expect(figures).toEqual({ marked: 1, good: 6, found: 0, falseAlarms: 0, folds: 7 });
    expect(doubts).toEqual([
      { reason: 'class-in-one-photo', params: { name: 'dent' } },
      { reason: 'few-photos', params: { marked: 1, good: 6 } },
    ]);
    const photo = drawnPhoto(77, { defects: [drawnDefect(9, 1)] });
    expect(Math.max(...mapOf({ head } as Learnt, photo).flat())).toBeGreaterThan(0.9);
  });
});

describe('learning good photos alone', () => {
  const lesson = drawnLesson(40, { good: 4, marked: 0 });

  it('finds what is unlike them', () => {
    const result = learnt(lesson);
    expect(result).toMatchObject({
      classIds: [],
      threshold: 0.5,
      falseAlarmShare: 1 / 5,
      figures: { marked: 0, good: 4, found: 0, folds: 4 },
    });
    expect(result.figures.falseAlarms).toBeLessThan(2);
    expect(result.figures).not.toHaveProperty('pixelAP');
    expect(Math.max(...mapOf(result, drawnPhoto(999)).flat())).toBeLessThan(0.6);
    const bad = mapOf(result, drawnPhoto(998, { defects: [drawnDefect(3, 1)] }));
    expect(Math.max(...bad.flat())).toBeGreaterThan(0.6);
    // Remembered cells are as good as can be.
    const known = Math.min(...mapOf(result, lesson.photos[0]!).flat());
    expect(known).toBeCloseTo(0.05, 6);
  });

  it('is the same whatever order the photos come in', () => {
    expect(learnt({ ...lesson, photos: [...lesson.photos].reverse() })).toEqual(learnt(lesson));
  });
});

describe('learning', () => {
  it('says how far it is, and does nothing more once nobody asks', () => {
    let asked = 0;
    const steps = learn(drawnLesson(5), {
      findRegions: (...args) => {
        asked++;
        return findRegions(...args);
      },
    });
    const first = [steps.next(), steps.next(), steps.next()].map(({ value }) => value);
    expect(first).toEqual([
      { done: 0, total: 13 },
      { done: 1, total: 13 },
      { done: 2, total: 13 },
    ]);
    expect(asked).toBe(0);
    expect([...steps].at(-1)).toEqual({ done: 12, total: 13 });
    expect(asked).toBe(120);
  });

  it('knows a photo that looks like none of the lesson', () => {
    const lesson = drawnLesson(6);
    const reference = learnt(lesson).novelty!;
    expect(novelty(drawnPhoto(700).views[0]!.mean, reference)).toBeLessThan(1);
    expect(novelty(drawnPhoto(701, { light: 2 }).views[0]!.mean, reference)).toBeGreaterThan(2);
  });
});
