import { describe, expect, it } from 'vitest';
import type { CellGrid, TurnedView } from '../../../../src/core/teach/cells.js';
import { examplesOf } from '../../../../src/core/teach/examples.js';
import { poolOf } from '../../../../src/core/teach/pool.js';
import { BACKGROUND, MARKED, labelsOf } from '../../../../src/core/teach/photo-rows.js';
import { CLASSES, DIMS, drawnDefect, drawnPhoto } from './drawn-lesson.js';

const photo = drawnPhoto(5, { defects: [drawnDefect(5, 1)] });
const view = photo.views[0]!;
const { width, height } = view.cells;
const turn = { isMirrored: true, isUpsideDown: false };
const grid: CellGrid = {
  ...{ x: view.x, y: view.y, width: view.width, height: view.height, step: view.step },
  ...{ cells: { width, height }, turn },
};
/** Where a cell lies in the mirrored photo. */
const mirrored = (cell: number) => cell - (cell % width) + width - 1 - (cell % width);

describe('the examples of a turned photo', () => {
  it('are all marked cells and a quarter of the others, the same with the same seed', () => {
    const labels = labelsOf({ views: [grid], marks: photo.marks });
    const [places] = examplesOf({ views: [grid], marks: photo.marks }, 3);
    const count = (label: number) => places!.filter((cell) => labels[cell] === label).length;
    const all = (label: number) => labels.filter((one) => one === label).length;
    expect(count(MARKED)).toBe(all(MARKED));
    expect(count(BACKGROUND)).toBe(Math.ceil(all(BACKGROUND) / 4));
    expect([...places!]).toEqual([...places!].sort((a, b) => a - b));
    expect(examplesOf({ views: [grid], marks: photo.marks }, 3)).toEqual([places]);
    expect(examplesOf({ views: [grid], marks: photo.marks }, 4)).not.toEqual([places]);
  });

  it('lie where the marks do once they are mirrored', () => {
    const own = labelsOf(photo);
    const turned = labelsOf({ views: [grid], marks: photo.marks });
    own.forEach((label, cell) => expect(turned[mirrored(cell)]).toBe(label));
  });

  it('are learnt from as the photo is', () => {
    const places = examplesOf({ views: [grid], marks: photo.marks }, 3)[0]!;
    const values = new Uint16Array(places.length * DIMS);
    places.forEach((cell, i) => {
      const from = mirrored(cell) * DIMS;
      values.set(view.cells.values.subarray(from, from + DIMS), i * DIMS);
    });
    const turned: TurnedView = { ...grid, turn, dims: DIMS, places, values };
    const once = poolOf({ classes: CLASSES, photos: [photo] }, 1);
    const twice = poolOf({ classes: CLASSES, photos: [{ ...photo, turned: [[turned]] }] }, 1);
    /** The first number is that in which the class shows. */
    const marked = (pool: typeof once) =>
      [...pool.targets.keys()]
        .filter((row) => pool.targets[row] === MARKED)
        .map((row) => pool.samples.values[row * DIMS + 1]!)
        .sort((a, b) => a - b);
    expect(marked(twice)).toEqual([...marked(once), ...marked(once)].sort((a, b) => a - b));
    expect(twice.samples.rows).toBeGreaterThan(once.samples.rows);
    expect(new Set(twice.owners)).toEqual(new Set([0]));
  });
});
