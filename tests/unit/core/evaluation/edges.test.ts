import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskEdges } from '../../../../src/core/evaluation/edges.js';
import { encodeRle } from '../../../../src/core/regions/rle.js';

const WIDTH = 7;
const HEIGHT = 5;

const edgesOf = (pixels: readonly number[]) => {
  const lines = maskEdges(encodeRle(Uint8Array.from(pixels), WIDTH, HEIGHT));
  return Array.from({ length: lines.length / 4 }, (_, i) => [...lines.subarray(i * 4, i * 4 + 4)]);
};

describe('maskEdges', () => {
  it('goes around the pixels, in as few lines as that takes', () => {
    const pixels = Array.from({ length: WIDTH * HEIGHT }, (_, i) => {
      const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)];
      return Number(x >= 2 && x < 5 && y >= 1 && y < 3);
    });
    expect(edgesOf(pixels)).toEqual([
      [2, 1, 5, 1],
      [2, 3, 5, 3],
      [2, 1, 2, 3],
      [5, 1, 5, 3],
    ]);
  });

  it('is nothing around nothing', () => {
    expect(edgesOf(Array.from({ length: WIDTH * HEIGHT }, () => 0))).toEqual([]);
  });

  it('is as long as there are neighbours of which one is in and one is out', () => {
    const anyPixels = fc.array(fc.constantFrom(0, 1), {
      minLength: WIDTH * HEIGHT,
      maxLength: WIDTH * HEIGHT,
    });
    fc.assert(
      fc.property(anyPixels, (pixels) => {
        const at = (x: number, y: number) =>
          x >= 0 && y >= 0 && x < WIDTH && y < HEIGHT ? pixels[y * WIDTH + x] : 0;
        let wanted = 0;
        for (let y = 0; y <= HEIGHT; y++) {
          for (let x = 0; x <= WIDTH; x++) {
            wanted += Number(at(x, y) !== at(x - 1, y)) + Number(at(x, y) !== at(x, y - 1));
          }
        }
        const length = edgesOf(pixels).reduce((sum, [x0, y0, x1, y1]) => sum + x1! - x0! + y1! - y0!, 0);
        expect(length).toBe(wanted);
      }),
    );
  });
});
