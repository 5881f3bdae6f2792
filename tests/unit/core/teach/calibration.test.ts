import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../../../../src/core/random.js';
import { calibrate } from '../../../../src/core/calibration.js';
import { fitCalibration } from '../../../../src/core/teach/calibration.js';
import { sigmoid } from '../../../../src/core/logit.js';

const regions = fc.array(
  fc.record({ score: fc.double({ min: 0, max: 1, noNaN: true }), isHit: fc.boolean() }),
  { maxLength: 30 },
);

describe('fitCalibration', () => {
  it('changes nothing where nothing is known', () => {
    expect(fitCalibration([])).toEqual({ slope: 1, offset: 0 });
  });

  it('keeps the order, and 0..1', () => {
    fc.assert(
      fc.property(regions, (all) => {
        const calibration = fitCalibration(all);
        const scores = [0, 1e-4, 0.2, 0.5, 0.7, 0.999, 1].map((score) => calibrate(score, calibration));
        scores.forEach((score, i) => {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
          if (i > 0) expect(score).toBeGreaterThan(scores[i - 1]!);
        });
      }),
    );
  });

  it('finds how often regions of a score are right', () => {
    const random = mulberry32(4);
    const all = Array.from({ length: 4000 }, () => {
      const z = 6 * random() - 1;
      return { score: sigmoid(z), isHit: random() < sigmoid(0.7 * z - 1) };
    });
    const calibration = fitCalibration(all);
    expect(calibration.slope).toBeCloseTo(0.7, 1);
    expect(calibration.offset).toBeCloseTo(-1, 0);
    for (const score of [0.5, 0.9, 0.97]) {
      const near = all.filter((one) => Math.abs(one.score - score) < 0.02);
      const share = near.filter(({ isHit }) => isHit).length / near.length;
      expect(Math.abs(calibrate(score, calibration) - share)).toBeLessThan(0.12);
    }
  });

  it('does not get carried away by a few that are told apart perfectly', () => {
    const calibration = fitCalibration([
      { score: 0.95, isHit: true },
      { score: 0.9, isHit: true },
      { score: 0.6, isHit: false },
    ]);
    expect(calibration.slope).toBeLessThan(3);
    expect(calibrate(0.9, calibration)).toBeGreaterThan(calibrate(0.6, calibration));
  });
});
