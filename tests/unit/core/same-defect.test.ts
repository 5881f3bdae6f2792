import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intersectRects, type Rect } from '../../../src/core/rect.js';
import { RegionColumns } from '../../../src/core/regions/region-sets.js';
import { sameDefect } from '../../../src/core/same-defect.js';
import type { Region } from '../../../src/core/types.js';
import { bitmaps, regionOf, type Bitmap } from './regions/bitmaps.js';

interface Marked {
  readonly classId: number;
  readonly mask: Region;
}

const marked = ({ x, y, width, height }: Rect, classId = 1): Marked => ({
  classId,
  mask: regionOf({ x, y, width, height, data: new Uint8Array(width * height).fill(1) })!,
});

const drawn: fc.Arbitrary<Marked> = fc
  .record({ bitmap: bitmaps.filter((one) => regionOf(one) !== undefined), classId: fc.nat(1) })
  .map(({ bitmap, classId }) => ({ classId, mask: regionOf(bitmap)! }));

const copyOf = (one: Marked): Marked => ({ ...one, mask: { ...one.mask, counts: one.mask.counts.slice() } });

const keyOf = ({ classId, mask: { x, y, width, height, counts } }: Marked) =>
  String([classId, x, y, width, height, ...counts]);

const several = fc.uniqueArray(drawn, { selector: keyOf, minLength: 1, maxLength: 6 });

describe('the same defect in another result', () => {
  it('is the one with the same region and class, in whatever order they come', () => {
    fc.assert(
      fc.property(several, fc.infiniteStream(fc.nat()), (former, keys) => {
        const now = former
          .map((one) => ({ one: copyOf(one), key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        for (const one of former) {
          expect(keyOf(sameDefect(one, now)!)).toBe(keyOf(one));
          expect(sameDefect(one, former)).toBe(one);
        }
      }),
    );
  });

  it('is another one only where the two share half of the smaller one, or half of both where the class differs', () => {
    fc.assert(
      fc.property(drawn, several, (one, now) => {
        const columns = new RegionColumns(one.mask);
        const likes = now.map((other) => {
          const others = new RegionColumns(other.mask);
          const shared = intersectRects(columns, others) ? columns.sharedArea(others) : 0;
          const isOfClass = other.classId === one.classId;
          const whole = isOfClass ? Math.min(columns.area, others.area) : columns.area + others.area - shared;
          return { other, isSame: shared / whole >= 0.5, isOfClass };
        });
        const same = sameDefect(one, now);
        expect(same !== undefined).toBe(likes.some(({ isSame }) => isSame));
        const found = likes.find(({ other }) => other === same);
        if (found) {
          expect(found.isSame).toBe(true);
          expect(found.isOfClass).toBe(likes.some(({ isSame, isOfClass }) => isSame && isOfClass));
        }
      }),
    );
  });

  it('is found by a part of it, and the part by all of it', () => {
    fc.assert(
      fc.property(
        bitmaps.filter((one) => regionOf(one) !== undefined),
        fc.infiniteStream(fc.boolean()),
        (bitmap, keeps) => {
          const data = bitmap.data.map((value) => (keeps.next().value ? value : 0));
          const part = regionOf({ ...bitmap, data } satisfies Bitmap);
          fc.pre(part !== undefined);
          const [small, large] = [
            { classId: 1, mask: part },
            { classId: 1, mask: regionOf(bitmap)! },
          ];
          const far = marked({ x: 40, y: 0, width: 9, height: 9 });
          expect(sameDefect(small, [far, large])).toBe(large);
          expect(sameDefect(large, [far, small])).toBe(small);
        },
      ),
    );
  });

  it('does not change to a larger defect of another class around it, but to another class of the same region', () => {
    const pit = marked({ x: 4, y: 4, width: 4, height: 4 });
    const stain = marked({ x: 0, y: 0, width: 12, height: 12 }, 2);
    expect(sameDefect(pit, [stain])).toBeUndefined();
    const renamed = marked({ x: 4, y: 4, width: 4, height: 5 }, 2);
    expect(sameDefect(pit, [stain, renamed])).toBe(renamed);
    const half = marked({ x: 4, y: 6, width: 4, height: 4 });
    expect(sameDefect(pit, [stain, renamed, half])).toBe(half);
  });
});
