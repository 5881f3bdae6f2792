/** The pictures of the walk-through and what is said of them, as `python -m training synthesize --samples` writes them. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { decodeRle, rleFromString } from '../../../src/core/regions/rle.js';
import { parseSamples } from '../../../src/workbench/lessons/walk-samples.js';

const FOLDER = 'public/samples/lesson';

interface Manifest {
  readonly classes: readonly { readonly id: number; readonly name: string }[];
  readonly photos: readonly {
    readonly file: string;
    readonly width: number;
    readonly height: number;
    readonly good: boolean;
    readonly role: 'lesson' | 'try';
    readonly marks: readonly {
      readonly classId: number;
      readonly region: {
        readonly x: number;
        readonly y: number;
        readonly width: number;
        readonly height: number;
        readonly counts: string;
      };
    }[];
  }[];
}

const manifest = JSON.parse(readFileSync(join(FOLDER, 'lesson.json'), 'utf8')) as Manifest;
const { classes, photos } = manifest;
const defective = photos.filter(({ good }) => !good);

it('has good and defective photos, four for each of three classes', () => {
  expect(classes.map(({ id }) => id)).toEqual([1, 2, 3]);
  expect(photos.filter(({ good }) => good)).toHaveLength(12);
  for (const { id } of classes) {
    const marked = defective.filter(({ marks }) => marks.some(({ classId }) => classId === id));
    expect(marked.map(({ role }) => role).sort()).toEqual(['lesson', 'lesson', 'try', 'try']);
  }
  const lesson = photos.filter(({ role }) => role === 'lesson');
  expect(lesson.map(({ good }) => good)).toEqual([...Array(5).fill(true), ...Array(6).fill(false)]);
});

it('is what the walk-through reads', () => {
  const read = parseSamples(manifest);
  expect(read.part).toBe('anodised cap');
  expect(read.photos.map(({ isTaught }) => isTaught)).toEqual(photos.map(({ role }) => role === 'lesson'));
  expect(read.photos.map(({ isGood }) => isGood)).toEqual(photos.map(({ good }) => good));
});

it('has marks of 1 to 15 % of the longer side on defective photos alone, within the photo', () => {
  for (const { good, marks, width, height } of photos) {
    expect(marks).toHaveLength(good ? 0 : 1);
    for (const { region } of marks) {
      expect(Math.max(region.width, region.height)).toBeGreaterThan(0.01 * width);
      expect(Math.max(region.width, region.height)).toBeLessThan(0.15 * width);
      expect(region.x + region.width).toBeLessThanOrEqual(width);
      expect(region.y + region.height).toBeLessThanOrEqual(height);
      // The runs fill the box, and touch each of its sides.
      const mask = decodeRle(rleFromString(region.counts, [region.height, region.width]));
      const set = [...mask.keys()].filter((i) => mask[i]);
      const columns = set.map((i) => i % region.width);
      const rows = set.map((i) => Math.floor(i / region.width));
      expect([Math.min(...columns), Math.max(...columns)]).toEqual([0, region.width - 1]);
      expect([Math.min(...rows), Math.max(...rows)]).toEqual([0, region.height - 1]);
    }
  }
});

it('is all there is in its folder, and small', () => {
  const files = readdirSync(FOLDER);
  expect(files.sort()).toEqual(['lesson.json', ...photos.map(({ file }) => file)].sort());
  const bytes = files.map((file) => statSync(join(FOLDER, file)).size);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(700_000);
});
