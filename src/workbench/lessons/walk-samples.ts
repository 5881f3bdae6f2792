/** The photos of a walk-through, as their list says. */
import { rleFromString } from '../../core/regions/rle.js';
import type { Region } from '../../core/types.js';

export interface SamplePhoto {
  /** Address, relative to the list. */
  readonly file: string;
  readonly isGood: boolean;
  /** Whether it is learnt from; else it is for trying what was learnt. */
  readonly isTaught: boolean;
  readonly marks: readonly { readonly classId: number; readonly region: Region }[];
}

export interface WalkSamples {
  /** What the parts are called: `anodised cap`. */
  readonly part: string;
  readonly classes: readonly { readonly id: number; readonly name: string }[];
  readonly photos: readonly SamplePhoto[];
}

/** @throws {TypeError} where it is no such list */
export function parseSamples(value: unknown): WalkSamples {
  const { part, classes, photos } = record(value);
  const list = {
    part: text(part).replaceAll('-', ' '),
    classes: array(classes).map((one) => {
      const { id, name } = record(one);
      return { id: number(id), name: text(name) };
    }),
    photos: array(photos).map((one) => {
      const { file, good, role, marks } = record(one);
      return {
        file: text(file),
        isGood: good === true,
        isTaught: role === 'lesson',
        marks: array(marks).map(parseMark),
      };
    }),
  };
  const known = new Set(list.classes.map(({ id }) => id));
  const taught = list.photos.filter(({ isTaught }) => isTaught);
  if (!taught.some(({ isGood }) => isGood)) throw new TypeError('There is no good photo to learn from.');
  for (const { isGood, marks } of taught)
    if (!isGood && !marks.some(({ classId }) => known.has(classId)))
      throw new TypeError('A photo to learn from is neither good nor marked.');
  return list;
}

function parseMark(value: unknown): SamplePhoto['marks'][number] {
  const mark = record(value);
  const region = record(mark.region);
  const [x, y, width, height] = [region.x, region.y, region.width, region.height].map(number) as [
    number,
    number,
    number,
    number,
  ];
  const { counts } = rleFromString(text(region.counts), [height, width]);
  return {
    classId: number(mark.classId),
    region: { x, y, width, height, counts: Uint32Array.from(counts) },
  };
}

function record(value: unknown): Partial<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new TypeError('An object is missing.');
  return value;
}

function array(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('A list is missing.');
  return value;
}

function text(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new TypeError('A text is missing.');
  return value;
}

function number(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new TypeError('A number is missing.');
  return value;
}
