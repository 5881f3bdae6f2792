import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rleFromPolygon } from '../../../../src/core/regions/polygon.js';
import {
  decodeRle,
  encodeRle,
  rleArea,
  rleBox,
  rleCrop,
  rleFromString,
  rleIou,
  rleToString,
  rleUnion,
  type Rle,
} from '../../../../src/core/regions/rle.js';
import { bits, fixture } from '../helpers.js';

type CompressedRle = { readonly size: Rle['size']; readonly counts: string };

interface Fixture {
  readonly masks: readonly (CompressedRle & {
    readonly runs: readonly number[];
    readonly mask: string;
    readonly area: number;
    readonly box: readonly number[];
  })[];
  readonly overlaps: {
    readonly masks: readonly CompressedRle[];
    readonly crowd: readonly number[];
    readonly iou: readonly (readonly number[])[];
    readonly union: string;
  };
}

const { masks, overlaps } = fixture<Fixture>('rle');

/** A mask with its size; in runs as well as in single pixels. */
const anyMask = fc
  .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }))
  .chain(([width, height]) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      data: fc
        .array(fc.tuple(fc.nat(1), fc.integer({ min: 1, max: 30 })), { minLength: 1, maxLength: 60 })
        .map((runs) => {
          const data = new Uint8Array(width * height);
          let at = 0;
          for (const [value, length] of runs) data.fill(value, at, (at += length));
          return data;
        }),
    }),
  );

/** Two masks of the same size. */
const twoMasks = anyMask.chain(({ width, height, data }) =>
  fc
    .uint8Array({ minLength: data.length, maxLength: data.length, max: 1 })
    .map((other) => ({ width, height, a: data, b: other })),
);

const count = (data: ArrayLike<number>, test: (i: number) => boolean) =>
  Array.from(data).filter((_, i) => test(i)).length;

describe('against pycocotools', () => {
  it.each(masks.map((mask, i) => ({ ...mask, name: `mask ${i}, ${mask.size.join(' x ')}` })))(
    '$name',
    ({ size, counts, runs, mask, area, box }) => {
      const [height, width] = size;
      const pixels = bits(mask, width * height);
      const rle = encodeRle(pixels, width, height);
      expect(rle).toEqual({ size, counts: runs });
      expect(rleToString(rle)).toBe(counts);
      expect(rleFromString(counts, size)).toEqual(rle);
      expect(decodeRle(rle)).toEqual(pixels);
      expect(rleArea(rle)).toBe(area);
      expect(rleBox(rle)).toEqual(box);
    },
  );

  it('overlaps and unites', () => {
    const rles = overlaps.masks.map(({ counts, size }) => rleFromString(counts, size));
    const iou = rles.map((a) => rles.map((b, i) => rleIou(a, b, overlaps.crowd[i] === 1)));
    expect(iou).toEqual(overlaps.iou);
    expect(rleToString(rleUnion(rles, rles[0]!.size))).toBe(overlaps.union);
  });

  interface PolygonCase {
    readonly polygon: readonly number[];
    readonly width: number;
    readonly height: number;
    readonly counts: string;
  }

  it.each(fixture<PolygonCase[]>('polygon').map((test, i) => ({ ...test, name: `polygon ${i}` })))(
    'fills $name',
    ({ polygon, width, height, counts }) => {
      expect(rleFromPolygon(polygon, width, height)).toEqual(rleFromString(counts, [height, width]));
    },
  );
});

describe('encodeRle and decodeRle', () => {
  it('come back to the same mask, as runs and as text', () => {
    fc.assert(
      fc.property(anyMask, ({ width, height, data }) => {
        const rle = encodeRle(data, width, height);
        expect(rle.counts.slice(1).every((run) => run > 0)).toBe(true);
        expect(decodeRle(rle)).toEqual(data);
        expect(rleFromString(rleToString(rle), rle.size)).toEqual(rle);
      }),
    );
  });

  it('keeps runs of any length that a photo can have', () => {
    const run = fc.integer({ min: 1, max: 2 ** 29 });
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 8 }), (counts) => {
        expect(rleFromString(rleToString({ counts }), [1, 1]).counts).toEqual(counts);
      }),
    );
  });

  it('refuses text that is none', () => {
    expect(() => rleFromString('1 2', [2, 2])).toThrow(RangeError);
    expect(() => rleFromString('é', [2, 2])).toThrow(RangeError);
    expect(() => rleFromString('`', [2, 2])).toThrow('cut off');
    expect(() => rleFromString('oooooooooo1', [2, 2])).toThrow(RangeError);
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          rleFromString(text, [4, 4]);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });

  it('refuses runs that do not fill the mask', () => {
    expect(() => decodeRle({ size: [2, 2], counts: [1, 2] })).toThrow(RangeError);
    expect(() => decodeRle({ size: [2, 2], counts: [1, 2, 2] })).toThrow(RangeError);
  });
});

/** A mask and a box of it. */
const maskAndBox = anyMask.chain((mask) =>
  fc.tuple(fc.nat(mask.width - 1), fc.nat(mask.height - 1)).chain(([x, y]) =>
    fc.record({
      mask: fc.constant(mask),
      box: fc.tuple(
        fc.constant(x),
        fc.constant(y),
        fc.integer({ min: 1, max: mask.width - x }),
        fc.integer({ min: 1, max: mask.height - y }),
      ),
    }),
  ),
);

describe('rleCrop', () => {
  it('keeps the pixels within a box', () => {
    fc.assert(
      fc.property(maskAndBox, ({ mask: { width, height, data }, box: [x, y, boxWidth, boxHeight] }) => {
        const inside = new Uint8Array(boxWidth * boxHeight).map(
          (_, i) => data[(y + Math.floor(i / boxWidth)) * width + x + (i % boxWidth)]!,
        );
        const cropped = rleCrop(encodeRle(data, width, height), [x, y, boxWidth, boxHeight]);
        expect(cropped).toEqual(encodeRle(inside, boxWidth, boxHeight));
      }),
    );
  });

  it('refuses a box that reaches beyond the mask', () => {
    const rle = encodeRle(new Uint8Array(6), 3, 2);
    for (const box of [
      [-1, 0, 1, 1],
      [0, -1, 1, 1],
      [1, 0, 3, 1],
      [0, 0, 1, 3],
    ]) {
      expect(() => rleCrop(rle, box)).toThrow(RangeError);
    }
  });
});

describe('area, box, overlap and union on runs', () => {
  it('equal what the pixels say', () => {
    fc.assert(
      fc.property(twoMasks, ({ width, height, a, b }) => {
        const [rleA, rleB] = [encodeRle(a, width, height), encodeRle(b, width, height)];
        expect(rleArea(rleA)).toBe(count(a, (i) => a[i] === 1));

        const inside = Array.from(a.keys()).filter((i) => a[i] === 1);
        const columns = inside.map((i) => i % width);
        const rows = inside.map((i) => Math.floor(i / width));
        const [x, y] = [Math.min(...columns), Math.min(...rows)];
        expect(rleBox(rleA)).toEqual(
          inside.length > 0 ? [x, y, Math.max(...columns) - x + 1, Math.max(...rows) - y + 1] : [0, 0, 0, 0],
        );

        const both = count(a, (i) => a[i] === 1 && b[i] === 1);
        const any = count(a, (i) => a[i] === 1 || b[i] === 1);
        expect(rleIou(rleA, rleB)).toBe(both === 0 ? 0 : both / any);
        expect(rleIou(rleA, rleB, true)).toBe(both === 0 ? 0 : both / rleArea(rleA));

        const union = a.map((value, i) => value | b[i]!);
        expect(rleUnion([rleA, rleB], rleA.size)).toEqual(encodeRle(union, width, height));
      }),
    );
  });

  it('unite nothing to an empty mask', () => {
    expect(rleUnion([], [3, 4])).toEqual({ size: [3, 4], counts: [12] });
  });

  it('refuse masks of different size', () => {
    const [a, b] = [encodeRle(new Uint8Array(6), 2, 3), encodeRle(new Uint8Array(6), 3, 2)];
    expect(() => rleIou(a, b)).toThrow(RangeError);
    expect(() => rleUnion([a], b.size)).toThrow(RangeError);
  });
});
