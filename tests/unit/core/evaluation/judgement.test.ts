import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankClass } from '../../../../src/core/evaluation/average-precision.js';
import { classCounts, confusion, NOTHING } from '../../../../src/core/evaluation/confusion.js';
import { pointAt, precisionRecall } from '../../../../src/core/evaluation/curve.js';
import { applyThresholds, measurePrecision } from '../../../../src/core/evaluation/figures.js';
import { judge } from '../../../../src/core/evaluation/judgement.js';
import { matchGreedily } from '../../../../src/core/evaluation/matching.js';
import { partFigures, partScores, rejectedAt } from '../../../../src/core/evaluation/parts.js';
import { anyImage, anyImages, CLASSES, image, MODEL } from './helpers.js';

const all = () => true;

describe('matchGreedily', () => {
  it('gives the best detection the truth that it overlaps most', () => {
    expect(
      matchGreedily(
        [
          [0.6, 0.8],
          [0.9, 0.85],
        ],
        2,
        0.5,
      ),
    ).toEqual([1, 0]);
    expect(
      matchGreedily(
        [
          [0.6, 0.4],
          [0.9, 0.3],
        ],
        2,
        0.5,
      ),
    ).toEqual([0, -1]);
  });

  it('puts what fits nothing else on an ignored truth, as often as needed', () => {
    expect(
      matchGreedily(
        [
          [0.7, 0.9],
          [0.8, 0.9],
          [0, 0.6],
        ],
        1,
        0.5,
      ),
    ).toEqual([0, 1, 1]);
  });

  it('takes no counted truth twice and none below the threshold', () => {
    fc.assert(
      fc.property(anyImage, fc.integer({ min: 1, max: 10 }), ({ overlaps, truths }, tenths) => {
        const counted = truths.filter(({ isIgnored }) => !isIgnored).length;
        const matches = matchGreedily(overlaps, counted, tenths / 10);
        const taken = matches.filter((match) => match >= 0 && match < counted);
        expect(new Set(taken).size).toBe(taken.length);
        matches.forEach((match, i) => {
          if (match >= 0) expect(overlaps[i]![match]).toBeGreaterThanOrEqual(tenths / 10);
        });
      }),
    );
  });
});

describe('judge', () => {
  it('tells found, confused and missed defects, and false alarms', () => {
    const { truths, detections } = judge(
      image(
        [[1], [1], [2]],
        [
          [1, 0.9, [0.7]],
          [2, 0.8, [0.2, 0.6]],
          [1, 0.7, [0.9]],
          [1, 0.1, [0, 0, 0.9]],
        ],
      ),
      (i) => i < 3,
    );
    expect(truths).toEqual([
      { outcome: 'found', detection: 0 },
      { outcome: 'confused', detection: 1 },
      { outcome: 'missed' },
    ]);
    // The third one lies on a defect that is found already.
    expect(detections.map(({ outcome }) => outcome)).toEqual(['hit', 'confused', 'false-alarm', 'below']);
  });

  it('lets the right class go before a better score of a wrong one', () => {
    const { truths } = judge(
      image(
        [[1]],
        [
          [2, 0.9, [0.95]],
          [1, 0.4, [0.5]],
        ],
      ),
      all,
    );
    expect(truths).toEqual([{ outcome: 'found', detection: 1 }]);
  });

  it('excuses detections of all classes on a region that is left out', () => {
    const { truths, detections } = judge(
      image(
        [[0, true]],
        [
          [1, 0.9, [0.8]],
          [2, 0.9, [0.8]],
        ],
      ),
      all,
    );
    expect(truths).toEqual([{ outcome: 'ignored' }]);
    expect(detections.map(({ outcome }) => outcome)).toEqual(['ignored', 'ignored']);
  });

  it('pairs one to one', () => {
    fc.assert(
      fc.property(anyImage, (one) => {
        const { truths, detections } = judge(one, all);
        truths.forEach(({ detection }, i) => {
          if (detection !== undefined) expect(detections[detection]!.truth).toBe(i);
        });
        detections.forEach(({ truth }, i) => {
          if (truth !== undefined) expect(truths[truth]!.detection).toBe(i);
        });
      }),
    );
  });

  it('finds at a threshold exactly what the curve says', () => {
    fc.assert(
      fc.property(anyImages, fc.integer({ min: 0, max: 20 }), (images, step) => {
        const threshold = step / 20;
        const { counts } = applyThresholds(images, MODEL, { threshold }, false);
        for (const { id } of CLASSES) {
          const curve = precisionRecall(rankClass(images, id, 0.5));
          if (curve.truths === 0) continue;
          const { found, falseAlarms, mistaken } = counts.get(id)!;
          const point = pointAt(curve, threshold);
          expect(found).toBe(point?.hits ?? 0);
          expect(falseAlarms + mistaken).toBe(point?.falseAlarms ?? 0);
        }
      }),
    );
  });
});

describe('confusion', () => {
  it('counts every counted truth and every shown detection once', () => {
    fc.assert(
      fc.property(anyImages, (images) => {
        const judgements = images.map((one) => judge(one, all));
        const cells = confusion(images, judgements);
        const cases = cells.flatMap((cell) => cell.cases);
        const truths = images.flatMap((one) => one.truths.filter(({ isIgnored }) => !isIgnored));
        const detections = judgements.flatMap((one) =>
          one.detections.filter(({ outcome }) => outcome !== 'ignored'),
        );
        expect(cases.filter(({ truth }) => truth !== undefined)).toHaveLength(truths.length);
        expect(cases.filter(({ detection }) => detection !== undefined)).toHaveLength(detections.length);
      }),
    );
  });

  it('says which was taken for which', () => {
    const images = [
      image(
        [[1], [2], [2]],
        [
          [1, 0.9, [0.7]],
          [1, 0.8, [0, 0.7]],
          [2, 0.7],
        ],
      ),
      image([], [[1, 0.6]]),
    ];
    const cells = confusion(
      images,
      images.map((one) => judge(one, all)),
    );
    const count = (predicted: number, actual: number) =>
      cells.find((cell) => cell.predicted === predicted && cell.actual === actual)?.cases.length ?? 0;
    expect([count(1, 1), count(1, 2), count(NOTHING, 2), count(2, NOTHING), count(1, NOTHING)]).toEqual([
      1, 1, 1, 1, 1,
    ]);
    expect(classCounts(cells, 1)).toEqual({
      truths: 1,
      found: 1,
      confused: 0,
      missed: 0,
      falseAlarms: 1,
      mistaken: 1,
    });
    expect(classCounts(cells, 2)).toMatchObject({ truths: 2, found: 0, confused: 1, missed: 1 });
  });
});

describe('any defect', () => {
  it('shows by each class’s own threshold, and matches whatever the class', () => {
    const images = [
      image(
        [[1]],
        [
          [2, 0.6, [0.9]],
          [1, 0.5, [0.6]],
        ],
      ),
    ];
    const own = { [MODEL.hash]: { 1: 0.4, 2: 0.7 } };
    const { judgements } = applyThresholds(images, MODEL, { threshold: 'auto', own }, true);
    expect(judgements[0]!.detections.map(({ outcome }) => outcome)).toEqual(['below', 'hit']);
  });

  it('confuses nothing', () => {
    fc.assert(
      fc.property(anyImages, (images) => {
        const { cells } = applyThresholds(images, MODEL, { threshold: 0 }, true);
        for (const { predicted, actual } of cells)
          expect([predicted, actual].every((id) => id <= 0)).toBe(true);
      }),
    );
  });
});

describe('partFigures', () => {
  it('tells escapes, luck, overkill and what is left out', () => {
    const images = [
      image([[1]], [[1, 0.9, [0.8]]]),
      image([[1]], [[1, 0.1, [0.8]]]),
      image([[1]], [[1, 0.9]]),
      image(
        [],
        [
          [1, 0.9],
          [2, 0.8],
          [2, 0.1],
        ],
      ),
      image([], []),
      image([[0, true]], [[1, 0.9]]),
    ];
    const judgements = images.map((one) => judge(one, (i) => one.detections[i]!.score >= 0.5));
    expect(partFigures(images, judgements)).toEqual({
      defective: [0, 1, 2],
      escaped: [1],
      byLuck: [2],
      good: [3, 4],
      overkill: [3],
      falseAlarmsOnGood: 2,
      leftOut: [5],
    });
  });

  it('gives the scores that one threshold for all classes decides by', () => {
    fc.assert(
      fc.property(anyImages, fc.integer({ min: 1, max: 20 }), (images, twentieths) => {
        const threshold = twentieths / 20;
        const judgements = images.map((one) => judge(one, (i) => one.detections[i]!.score >= threshold));
        const parts = partFigures(images, judgements);
        const { defective, good } = partScores(images, parts);
        expect(defective.length - rejectedAt(defective, threshold)).toBe(parts.escaped.length);
        expect(rejectedAt(good, threshold)).toBe(parts.overkill.length);
      }),
    );
  });

  it('puts every image in one place', () => {
    fc.assert(
      fc.property(anyImages, (images) => {
        const { defective, good, leftOut } = partFigures(
          images,
          images.map((one) => judge(one, all)),
        );
        expect([...defective, ...good, ...leftOut].sort((a, b) => a - b)).toEqual([...images.keys()]);
      }),
    );
  });
});

describe('a photo in tiles with more than a hundred defects of one class', () => {
  const count = 150;
  const many = image(
    Array.from({ length: count }, () => [1]),
    Array.from({ length: count }, (_, i) => [
      1,
      1 - i / 1000,
      Array.from({ length: count }, (_, truth) => Number(truth === i)),
    ]),
  );

  it('has all of them found', () => {
    const { truths, detections } = judge(many, all);
    expect(truths.every(({ outcome }) => outcome === 'found')).toBe(true);
    expect(detections.every(({ outcome }) => outcome === 'hit')).toBe(true);
  });

  it('has them all in its figures, too', () => {
    expect(measurePrecision([many], CLASSES).AP50).toBe(1);
    expect(rankClass([many], 1, 0.5).ranked).toHaveLength(count);
  });
});
