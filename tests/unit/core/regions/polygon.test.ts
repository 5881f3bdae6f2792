import { describe, expect, it } from 'vitest';
import { IntricateOutlineError, rleFromPolygon } from '../../../../src/core/regions/polygon.js';
import { decodeRle } from '../../../../src/core/regions/rle.js';
import { circle } from '../../../../src/datasets/outline.js';

const [WIDTH, HEIGHT] = [1280, 853];

/** Milliseconds of this process alone. */
function spent(work: () => void): number {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1000;
}

const areaOf = (polygon: readonly number[]) =>
  decodeRle(rleFromPolygon(polygon, WIDTH, HEIGHT)).reduce((sum, value) => sum + value, 0);

describe('an outline takes time for what lies on the photo alone', () => {
  it.each([
    ['a rectangle of a billion pixels on a side', [-1e9, -1e9, 1e9, -1e9, 1e9, 1e9, -1e9, 1e9]],
    ['a circle of a billion pixels', circle(0, 0, 1e9)],
    ['a triangle whose corners lie further than numbers are exact', [-1e15, -1e15, 1e15, -1e15, 0, 1e15]],
  ])('%s covers the photo', (_, polygon) => {
    let area = 0;
    expect(spent(() => (area = areaOf(polygon)))).toBeLessThan(1000);
    expect(area).toBe(WIDTH * HEIGHT);
  });

  it.each([
    ['a circle beside the photo', circle(3e9, 3e9, 1e9)],
    ['a rectangle left of it', [-2e9, 0, -1e9, 0, -1e9, 800, -2e9, 800]],
  ])('%s covers nothing', (_, polygon) => {
    let area = 1;
    expect(spent(() => (area = areaOf(polygon)))).toBeLessThan(1000);
    expect(area).toBe(0);
  });
});

describe('an outline that goes to and fro', () => {
  const zigzag = (turns: number) =>
    Array.from({ length: turns }, (_, i) => [i % 2 ? WIDTH : 0, (i * HEIGHT) / turns]).flat();

  it('over all of the photo five thousand times is filled at once', () => {
    expect(spent(() => rleFromPolygon(zigzag(5000), WIDTH, HEIGHT))).toBeLessThan(2000);
  });

  it('ten thousand times is refused at once', () => {
    const work = () =>
      expect(() => rleFromPolygon(zigzag(10_000), WIDTH, HEIGHT)).toThrow(IntricateOutlineError);
    expect(spent(work)).toBeLessThan(1000);
  });
});
