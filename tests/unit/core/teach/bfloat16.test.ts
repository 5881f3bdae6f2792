import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromBfloat16, toBfloat16 } from '../../../../src/core/teach/bfloat16.js';

const floats = fc.float32Array({ min: -1e6, max: 1e6, noNaN: true, maxLength: 20 });

it('keeps numbers to within a 256th, in their order', () => {
  fc.assert(
    fc.property(floats, (values) => {
      const back = fromBfloat16(toBfloat16(values.toSorted()));
      values.toSorted().forEach((value, i) => {
        expect(Math.abs(back[i]! - value)).toBeLessThanOrEqual(Math.abs(value) / 256 + 1e-38);
        if (i > 0) expect(back[i]).toBeGreaterThanOrEqual(back[i - 1]!);
      });
    }),
  );
});

it('takes a part of a buffer, and keeps what was kept once', () => {
  const kept = toBfloat16(Float32Array.of(9, 1.5, -0.1, 1 / 3).subarray(1));
  expect([...fromBfloat16(kept)]).toEqual([1.5, -0.10009765625, 0.333984375]);
  expect(toBfloat16(fromBfloat16(kept))).toEqual(kept);
});
