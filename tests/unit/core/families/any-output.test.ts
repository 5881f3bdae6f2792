/** Whatever a network gives: it is refused with a reason, or becomes detections that can be relied on. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InspectorError } from '../../../../src/core/errors.js';
import { defectInspectorNetwork } from '../../../../src/core/families/defect-inspector/family.js';
import type { NamedTensors, Network } from '../../../../src/core/families/family.js';
import { taughtNetwork } from '../../../../src/core/families/taught/family.js';
import { torchvisionNetwork } from '../../../../src/core/families/torchvision/family.js';
import { ultralyticsNetwork } from '../../../../src/core/families/ultralytics/family.js';
import { regionArea } from '../../../../src/core/regions/region.js';
import { modelOf, readDetections } from '../helpers.js';

const SIDE = 32;

const value = fc.oneof(
  { weight: 12, arbitrary: fc.float({ min: 0, max: 1, noNaN: true }) },
  { weight: 6, arbitrary: fc.float({ min: -10, max: 60, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, 1492, -24828) },
);
const floats = (...dims: number[]) => floatsOf(value, dims);
const floatsOf = (value: fc.Arbitrary<number>, dims: number[]) => {
  const length = dims.reduce((product, side) => product * side, 1);
  return fc
    .array(value, { minLength: length, maxLength: length })
    .map((numbers) => ({ type: 'float32' as const, dims, data: Float32Array.from(numbers) }));
};
const labels = (count: number) =>
  fc
    .array(fc.integer({ min: -1, max: 5 }), { minLength: count, maxLength: count })
    .map((numbers) => ({ type: 'int32' as const, dims: [count], data: Int32Array.from(numbers) }));

const count = fc.integer({ min: 0, max: 3 });

const families: readonly (readonly [string, Network, fc.Arbitrary<NamedTensors>])[] = [
  [
    'defect-inspector',
    defectInspectorNetwork(modelOf()),
    count.chain((n) =>
      fc.record({ boxes: floats(n, 4), scores: floats(n), labels: labels(n), masks: floats(n, 3, 3) }),
    ),
  ],
  [
    'taught',
    taughtNetwork(modelOf(), { cell: 8 }),
    fc.record({
      map: fc.oneof(floats(3, 4, 4), floatsOf(fc.float({ min: 0, max: 1, noNaN: true }), [3, 4, 4])),
    }),
  ],
  [
    'torchvision',
    torchvisionNetwork(
      {
        input: 'image',
        batched: false,
        outputs: { boxes: 'boxes', scores: 'scores', labels: 'labels', masks: 'masks' },
      },
      modelOf(),
    ),
    count.chain((n) =>
      fc.record({
        boxes: floats(n, 4),
        scores: floats(n),
        labels: labels(n),
        masks: floats(n, 1, SIDE, SIDE),
      }),
    ),
  ],
  [
    'ultralytics',
    ultralyticsNetwork(
      { input: 'images', outputs: { predictions: 'predictions', prototypes: 'prototypes' }, classCount: 3 },
      modelOf(),
    ),
    fc
      .constantFrom([9, 7], [4, 8], [6, 10], [5, 6])
      .chain(([rows, columns]) =>
        fc.record({ predictions: floats(1, rows, columns), prototypes: floats(1, 2, 4, 4) }),
      ),
  ],
];

describe.each(families)('%s', (_, network, outputs) => {
  it('gives finite detections within the photo, or a reason', () => {
    let read = 0;
    fc.assert(
      fc.property(outputs, (tensors) => {
        let result;
        try {
          result = readDetections(network, tensors, { scale: 1, width: SIDE, height: SIDE });
        } catch (error) {
          expect(error).toBeInstanceOf(InspectorError);
          expect(error).toMatchObject({ code: 'model-unsupported' });
          return;
        }
        read++;
        for (const { score, classId, box, mask, contours, area } of result.detections) {
          expect(score).toBeGreaterThanOrEqual(0.05);
          expect(score).toBeLessThanOrEqual(1);
          expect([1, 2, 3]).toContain(classId);
          expect(Math.min(box[0], box[1])).toBeGreaterThanOrEqual(0);
          expect(Math.max(box[0] + box[2], box[1] + box[3])).toBeLessThanOrEqual(SIDE);
          expect(area).toBe(regionArea(mask));
          expect(area).toBeGreaterThan(0);
          expect(contours.length).toBeGreaterThan(0);
          expect(contours.every((ring) => ring.every(Number.isFinite))).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
    // Neither all nor none may be refused, or the property says nothing.
    expect(read).toBeGreaterThan(20);
  });
});
