/** Annotated photos, broken in some way, and what the page's own reader makes of them. */
import { segmentationRle } from '../../../src/core/evaluation/coco.js';
import { IntricateOutlineError } from '../../../src/core/regions/polygon.js';
import { toSegmentation } from '../../../src/datasets/outline.js';
import { readDataset } from '../../../src/datasets/read-dataset.js';
import type { Source } from '../../../src/datasets/types.js';
import type { Random } from './random.js';

export interface DatasetCase {
  readonly name: string;
  /** Text or bytes by path. */
  readonly files: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>;
  /** Photos that have an annotation, whatever has become of it: none of them may be called good. */
  readonly annotated: readonly string[];
}

export const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16);

const sourceOf = ({ name, files }: DatasetCase): Source => ({
  name,
  files: Object.entries(files).map(([path, content]) => {
    const blob = new Blob([content]);
    return { path, size: blob.size, blob: async () => blob };
  }),
});

/** Reads it and draws every outline, as an evaluation does. @throws {Error} where an annotated photo is called good */
export async function examineSource(source: Source, annotated: readonly string[]): Promise<string> {
  const { images } = await readDataset(source);
  for (const { file, size, truths } of images) {
    const path = file.path.normalize('NFC');
    if (truths.length === 0 && annotated.some((one) => one.normalize('NFC') === path)) {
      throw new Error(`${path} is annotated and called good`);
    }
    const { width, height } = size && size.width * size.height < 4e6 ? size : { width: 640, height: 480 };
    for (const { outline } of truths) {
      try {
        segmentationRle({ segmentation: toSegmentation(outline, width, height) }, { width, height });
      } catch (error) {
        // The photo is left out, which its run says.
        if (!(error instanceof IntricateOutlineError) && !(error instanceof RangeError)) throw error;
        if (/call stack|array length|string length/i.test(error.message)) throw error;
      }
    }
  }
  return 'dataset';
}

/** As `examineSource` does, of a folder. */
export const examineFolder = (one: DatasetCase): Promise<string> =>
  examineSource(sourceOf(one), one.annotated);

/** What files hold in the place of a number, a text or a list. */
export const strange = (random: Random): unknown =>
  random.pick([
    null,
    true,
    -1,
    0,
    1e9,
    -1e9,
    1e308,
    4294967294,
    0.5,
    '',
    '1',
    'x'.repeat(70_000),
    'a/'.repeat(5000),
    '../../..',
    '__proto__',
    'Pr%C3%BCfling.jpg',
    [],
    {},
    [[]],
    [[1, 2]],
    { length: 4294967295 },
    Array.from({ length: 400 }, () => [null]),
  ]);

/** The same value with a few places inside it replaced or left out. */
export function broken(value: unknown, random: Random, share: number): unknown {
  if (random.chance(share)) return strange(random);
  if (Array.isArray(value)) return value.map((one) => broken(one, random, share));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(() => !random.chance(share))
      .map(([key, one]) => [key, broken(one, random, share)]),
  );
}

/** A text cut off, changed in a few characters, nested deeply, or as it is. */
export function brokenText(text: string, random: Random): string {
  switch (random.int(0, 7)) {
    case 0:
      return text.slice(0, random.int(0, text.length));
    case 1: {
      const at = random.int(0, text.length);
      return `${text.slice(0, at)}${random.pick(['NaN', '\0', '"', '{', ']', '\ufeff', ',,'])}${text.slice(at + random.int(0, 4))}`;
    }
    case 2:
      return '['.repeat(300_000) + text;
    default:
      return text;
  }
}

/** Closed outlines of every sort, some of which no sane tool writes. */
export function polygon(random: Random, far: number): number[] {
  const corners = random.pick([1, 2, 3, 4, 4, 4, 7, 2000]);
  return Array.from({ length: 2 * corners }, () => Math.round((random.next() * 1.2 - 0.1) * far * 100) / 100);
}
