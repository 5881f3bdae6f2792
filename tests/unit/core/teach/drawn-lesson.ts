/** Lessons drawn as cells, without a network: what is like what is known. */
import { mulberry32 } from '../../../../src/core/random.js';
import { toBfloat16 } from '../../../../src/core/teach/bfloat16.js';
import type { CellView } from '../../../../src/core/teach/cells.js';
import type { Lesson, LessonPhoto, Mark } from '../../../../src/core/teach/lesson.js';
import type { ScoreMap } from '../../../../src/core/regions/score-map.js';
import type { FindRegions, FoundRegion } from '../../../../src/core/teach/touching.js';
import { RegionBuilder } from '../../../../src/core/regions/region.js';
import type { Region } from '../../../../src/core/types.js';
import { normal } from './drawn-samples.js';

export const DIMS = 8;
/** Photo pixels per cell. */
export const STEP = 4;
/** In cells. */
const COLUMNS = 14;
const ROWS = 12;
export const WIDTH = COLUMNS * STEP;
export const HEIGHT = ROWS * STEP;

/** A defect: a rectangle of cells, that looks by its class as much unlike the rest as `strength` says. */
export interface Defect {
  readonly classId: number;
  readonly column: number;
  readonly row: number;
  readonly width: number;
  readonly height: number;
  readonly strength?: number;
}

export interface PhotoOptions {
  readonly defects?: readonly Defect[];
  /** Defects are marked by default. */
  readonly marks?: readonly Mark[];
  readonly isGood?: boolean;
  /** Added to every number of every cell, as by another light. */
  readonly light?: number;
}

export const rectangle = (x: number, y: number, width: number, height: number): Region => ({
  x,
  y,
  width,
  height,
  counts: Uint32Array.of(0, width * height),
});

export const regionOf = ({ column, row, width, height }: Defect): Region =>
  rectangle(column * STEP, row * STEP, width * STEP, height * STEP);

export const isIn = (one: Defect, column: number, row: number) =>
  column >= one.column && column < one.column + one.width && row >= one.row && row < one.row + one.height;

export function drawnPhoto(
  seed: number,
  { defects = [], marks, isGood = defects.length === 0, light = 0 }: PhotoOptions = {},
): LessonPhoto {
  const draw = normal(mulberry32(seed));
  const values = new Float32Array(COLUMNS * ROWS * DIMS);
  const mean = new Float32Array(DIMS);
  for (let cell = 0; cell < COLUMNS * ROWS; cell++) {
    const here = defects.filter((one) => isIn(one, cell % COLUMNS, Math.floor(cell / COLUMNS)));
    for (let k = 0; k < DIMS; k++) {
      // A class shows in a number of its own.
      const shift = here.reduce((sum, { classId, strength = 8 }) => sum + (classId === k ? strength : 0), 0);
      values[cell * DIMS + k] = draw() + light + shift;
      mean[k]! += values[cell * DIMS + k]! / (COLUMNS * ROWS);
    }
  }
  const view: CellView = {
    x: 0,
    y: 0,
    width: WIDTH,
    height: HEIGHT,
    step: STEP,
    cells: { width: COLUMNS, height: ROWS, dims: DIMS, values: toBfloat16(values) },
    mean,
  };
  return {
    name: `photo-${seed}.png`,
    width: WIDTH,
    height: HEIGHT,
    isGood,
    marks: marks ?? defects.map((one) => ({ classId: one.classId, region: regionOf(one) })),
    views: [view],
  };
}

/** A defect somewhere. */
export function drawnDefect(seed: number, classId: number, strength?: number): Defect {
  const random = mulberry32(seed + 1000 * classId);
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  const [width, height] = [whole(2, 4), whole(2, 4)];
  const place = { column: whole(0, COLUMNS - width), row: whole(0, ROWS - height) };
  return { classId, ...place, width, height, ...(strength !== undefined && { strength }) };
}

export const CLASSES = [
  { id: 1, name: 'dent' },
  { id: 3, name: 'scratch' },
];

/** So many good photos, and so many with a defect of each of the classes. */
export function drawnLesson(
  seed: number,
  { good = 6, marked = 4, classes = CLASSES.slice(0, 1), strength }: LessonOptions = {},
): Lesson {
  const photos = Array.from({ length: good }, (_, i) => drawnPhoto(seed + i));
  for (const { id } of classes) {
    for (let i = 0; i < marked; i++) {
      const own = seed + 100 * id + i;
      photos.push(drawnPhoto(own, { defects: [drawnDefect(own, id, strength)] }));
    }
  }
  return { classes, photos };
}

export interface LessonOptions {
  readonly good?: number;
  readonly marked?: number;
  readonly classes?: Lesson['classes'];
  readonly strength?: number;
}

/** Cells that touch, as whole rectangles, each with the class that has most of it. */
export const findRegions: FindRegions = (maps) => maps.flatMap(regionsOf);

function regionsOf(map: ScoreMap): FoundRegion[] {
  const { width, height, classes, data } = map;
  const count = width * height;
  const of = (cell: number) => Array.from({ length: classes }, (_, plane) => data[plane * count + cell]!);
  const left = new Set(Array.from({ length: count }, (_, i) => i).filter((i) => Math.max(...of(i)) >= 0.5));
  const found: FoundRegion[] = [];
  for (const start of left) {
    const cells: number[] = [];
    const waiting = [start];
    left.delete(start);
    for (let cell = waiting.pop(); cell !== undefined; cell = waiting.pop()) {
      cells.push(cell);
      for (const by of [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1]) {
        const isBeside = Math.abs(((cell + by + width) % width) - (cell % width)) <= 1;
        if (isBeside && left.delete(cell + by)) waiting.push(cell + by);
      }
    }
    const sums = Array.from({ length: classes }, (_, plane) =>
      cells.reduce((sum, cell) => sum + of(cell)[plane]!, 0),
    );
    const score = Math.max(...cells.flatMap(of));
    found.push({ plane: sums.indexOf(Math.max(...sums)), score, region: pixelsOf(map, cells) });
  }
  return found;
}

function pixelsOf({ x, y, step, width }: ScoreMap, cells: readonly number[]): Region {
  const builder = new RegionBuilder();
  const byColumn = [...cells].sort((a, b) => (a % width) - (b % width) || a - b);
  for (const column of new Set(byColumn.map((cell) => cell % width))) {
    const rows = byColumn.filter((cell) => cell % width === column).map((cell) => Math.floor(cell / width));
    for (let i = 0; i < step; i++) {
      for (const row of rows) builder.add(x + column * step + i, y + row * step, y + (row + 1) * step);
    }
  }
  return builder.build()!;
}
