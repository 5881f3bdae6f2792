import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logit } from '../../../../src/core/logit.js';
import { markNext } from '../../../../src/core/teach/mark-next.js';
import type { ScoreMap } from '../../../../src/core/regions/score-map.js';

/** Five cells by one, four photo pixels each, from (10, 20) on. */
const mapOf = (...planes: readonly (readonly number[])[]): ScoreMap => ({
  x: 10,
  y: 20,
  step: 4,
  width: 5,
  height: 1,
  classes: planes.length,
  data: Float32Array.from(planes.flat()),
});

const AS_IT_IS = { slope: 1, offset: 0 };

describe('markNext', () => {
  it('points at the peak that lies nearest to the threshold', () => {
    const sure = mapOf([0.01, 0.02, 0.01, 0.99, 0.1]);
    const unsure = mapOf([0.1, 0.99, 0.2, 0.1, 0.6]);
    const [first, second] = markNext([[sure], [unsure]], { threshold: 0.5, calibration: AS_IT_IS });
    expect(first).toMatchObject({ photo: 1, x: 10 + 4.5 * 4, y: 22 });
    expect(first!.distance).toBeCloseTo(logit(0.6), 5);
    expect(second).toMatchObject({ photo: 0, x: 10 + 1.5 * 4 });
  });

  it('takes the higher of two classes', () => {
    const [first] = markNext([[mapOf([0.45, 0.1, 0.1, 0.1, 0.3], [0.1, 0.99, 0.1, 0.1, 0.2])]], {
      threshold: 0.5,
      calibration: AS_IT_IS,
    });
    expect(first).toMatchObject({ x: 10 + 4.5 * 4 });
  });

  it('measures by calibrated scores, as the threshold is one of them', () => {
    const map = mapOf([0.8, 0.1, 0.5, 0.1, 0.3]);
    const calibration = { slope: 1, offset: -logit(0.8) };
    expect(markNext([[map]], { threshold: 0.5, calibration })[0]).toMatchObject({ x: 10 + 0.5 * 4 });
    expect(markNext([[map]], { threshold: 0.5, calibration: AS_IT_IS })[0]).toMatchObject({
      x: 10 + 2.5 * 4,
    });
  });

  it('proposes at most five photos, one place in each, the least sure first', () => {
    const maps = fc.array(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }),
      {
        maxLength: 9,
      },
    );
    fc.assert(
      fc.property(maps, (photos) => {
        const found = markNext(
          photos.map((scores) => [mapOf(scores)]),
          { threshold: 0.4, calibration: AS_IT_IS },
        );
        expect(found).toHaveLength(Math.min(5, photos.length));
        expect(new Set(found.map(({ photo }) => photo)).size).toBe(found.length);
        const distances = found.map(({ distance }) => distance);
        expect(distances).toEqual([...distances].sort((a, b) => a - b));
      }),
    );
  });
});
