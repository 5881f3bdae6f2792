import { describe, expect, it } from 'vitest';
import { fromBfloat16 } from '../../../../../src/core/teach/bfloat16.js';
import { readCells } from '../../../../../src/core/families/taught/cell-view.js';

const fit = { scale: 0.5, width: 30, height: 14, paddedWidth: 32, paddedHeight: 16 };
const view = { x: 40, y: 20, width: 60, height: 28, fit };
const cellsOf = (dims: number[], data: Float32Array) => ({ cells: { type: 'float32' as const, dims, data } });

describe('the cells of a view', () => {
  it('lie one after the other, each with all of its numbers', () => {
    const data = Float32Array.from({ length: 3 * 2 * 4 }, (_, i) => i);
    const { cells, mean, ...where } = readCells(cellsOf([1, 3, 2, 4], data), view, 8);
    expect(where).toEqual({ x: 40, y: 20, width: 60, height: 28, step: 16 });
    expect(cells).toMatchObject({ width: 4, height: 2, dims: 3 });
    expect([...fromBfloat16(cells.values.subarray(5 * 3, 6 * 3))]).toEqual([5, 13, 21]);
    expect([...mean]).toEqual([3.5, 11.5, 19.5]);
  });

  it('are refused where there are others than the view has, or no numbers', () => {
    const unusable = expect.objectContaining({ code: 'model-unsupported' });
    expect(() => readCells(cellsOf([1, 3, 4, 2], new Float32Array(24)), view, 8)).toThrow(unusable);
    expect(() => readCells(cellsOf([1, 1, 2, 4], new Float32Array(8).fill(NaN)), view, 8)).toThrow(unusable);
    expect(() => readCells({}, view, 8)).toThrow(unusable);
  });
});
