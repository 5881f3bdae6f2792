import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestLevel } from '../../../../src/core/teach/level.js';

const cells = fc.array(
  fc.record({
    logit: fc.integer({ min: -4, max: 4 }),
    share: fc.constantFrom(0, 0, 0.3, 1),
    area: fc.constantFrom(1, 2),
  }),
  { minLength: 1, maxLength: 20 },
);

describe('bestLevel', () => {
  it('has the highest intersection over union that any level has', () => {
    fc.assert(
      fc.property(cells, (all) => {
        const level = bestLevel(
          Float64Array.from(all, ({ logit }) => logit),
          Float64Array.from(all, ({ share, area }) => share * area),
          Float64Array.from(all, ({ area }) => area),
        );
        const iou = (at: number) => {
          let [common, union] = [0, 0];
          for (const { logit, share, area } of all) {
            common += logit >= at ? share * area : 0;
            union += logit >= at ? area : share * area;
          }
          return common / union;
        };
        if (all.every(({ share }) => share === 0)) {
          expect(level).toBeUndefined();
          return;
        }
        const best = Math.max(...[-4, -3, -2, -1, 0, 1, 2, 3, 4].map(iou));
        expect(iou(level!)).toBeCloseTo(best, 12);
      }),
    );
  });

  it('lies half way between two cells', () => {
    expect(bestLevel(Float64Array.of(3, 1, -2), Float64Array.of(1, 1, 0), Float64Array.of(1, 1, 1))).toBe(
      -0.5,
    );
  });
});
