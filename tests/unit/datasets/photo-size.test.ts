import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Ledger } from '../../../src/datasets/ledger.js';
import { ofStatedSize, sizeCause } from '../../../src/datasets/photo-size.js';
import { readDataset } from '../../../src/datasets/read-dataset.js';
import type { SourceFile } from '../../../src/datasets/types.js';
import { file, source } from './sources.js';

const be16 = (value: number) => [(value >> 8) & 255, value & 255];
const segment = (marker: number, body: readonly number[]) => [
  0xff,
  marker,
  ...be16(body.length + 2),
  ...body,
];
const ascii = (text: string) => Array.from(text, (one) => one.charCodeAt(0));

/** An EXIF block with an orientation and a preview so large that the size comes after the first 4 kB. */
const exif = (orientation: number) => [
  ...ascii('Exif\0\0MM\0*'),
  ...[0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, ...be16(orientation), 0, 0, 0, 0, 0, 0],
  ...new Array<number>(8000).fill(0),
];

/** As much of a JPEG as says how large it is. */
const jpeg = (path: string, width: number, height: number, orientation = 1): SourceFile => {
  const frame = segment(0xc0, [8, ...be16(height), ...be16(width), 3, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1]);
  const bytes = [0xff, 0xd8, ...segment(0xe1, exif(orientation)), ...frame];
  const blob = new Blob([Uint8Array.from(bytes)]);
  return { path, size: blob.size, blob: async () => blob };
};

const photos = [
  jpeg('as-annotated.jpg', 30, 20),
  jpeg('upright.jpg', 20, 30, 6),
  jpeg('turned.jpg', 30, 20, 6),
  jpeg('smaller.jpg', 15, 10),
  jpeg('other.jpg', 33, 20),
  file('damaged.jpg', 'x'),
];
const listed = [
  ['left-out-by-size', { cause: 'turned' }, ['turned.jpg (20 × 30, annotated 30 × 20)']],
  ['left-out-by-size', { cause: 'resized' }, ['smaller.jpg (15 × 10, annotated 30 × 20)']],
  ['left-out-by-size', { cause: 'unknown' }, ['other.jpg (33 × 20, annotated 30 × 20)']],
];

describe('photos of another size than their annotations are for', () => {
  it('are left out of COCO’s before anything is run, with the cause', async () => {
    const images = photos.map(({ path }, id) => ({ id, file_name: path, width: 30, height: 20 }));
    const outline = { image_id: 2, category_id: 1, segmentation: [[1, 1, 5, 1, 5, 5]] };
    const json = { images, annotations: [outline], categories: [{ id: 1, name: 'pit' }] };
    const dataset = await readDataset(source(...photos, file('x.json', json)));
    // Of its only photo nothing is left.
    expect(dataset.classes).toEqual([]);
    expect(dataset.images.map((image) => image.file.path)).toEqual([
      'as-annotated.jpg',
      'upright.jpg',
      // Whoever inspects it says what is wrong with it.
      'damaged.jpg',
    ]);
    expect(dataset.problems.map((one) => [one.reason, 'params' in one && one.params, one.examples])).toEqual(
      listed,
    );
  });

  it('and of LabelMe’s', async () => {
    const json = photos.map(({ path }) =>
      file(path.replace('.jpg', '.json'), { imagePath: path, shapes: [], imageWidth: 30, imageHeight: 20 }),
    );
    const dataset = await readDataset(source(...photos, ...json));
    expect(dataset.images).toHaveLength(3);
    expect(dataset.problems.map((one) => [one.reason, 'params' in one && one.params, one.examples])).toEqual(
      listed,
    );
  });

  it.each([
    [{ width: 20, height: 30 }, 'turned'],
    [{ width: 1280, height: 853 }, 'resized'],
    [{ width: 10, height: 7 }, 'resized'],
    [{ width: 20, height: 20 }, 'unknown'],
  ])('%j: %s', (photo, cause) => {
    expect(sizeCause(photo, { width: 30, height: 20 })).toBe(cause);
  });
});

describe('photos that are turned by EXIF', () => {
  const outline = (width: number, height: number) => ({
    shapes: [
      {
        label: 'pit',
        shape_type: 'polygon',
        points: [
          [1, 1],
          [9, 1],
          [9, 9],
        ],
      },
    ],
    imageWidth: width,
    imageHeight: height,
  });
  const reasons = async (...files: SourceFile[]) =>
    (await readDataset(source(...files))).problems.map(({ reason, examples }) => [reason, ...examples]);

  it('are said to be, where no size tells what their outlines are for', async () => {
    const label = '0 0.1 0.1 0.5 0.1 0.5 0.5';
    const names = file('classes.txt', 'pit');
    const photos = [
      jpeg('a.jpg', 30, 20),
      jpeg('b.jpg', 30, 20, 6),
      jpeg('c.jpg', 30, 30, 3),
      jpeg('d.jpg', 9, 9, 6),
    ];
    const labels = [
      file('a.txt', label),
      file('b.txt', label),
      file('c.txt', label),
      file('labels/d.txt', ''),
    ];
    expect(await reasons(...photos, ...labels, names)).toEqual([['turned-by-exif', 'b.jpg', 'c.jpg']]);
  });

  it('also those that a size is stated of which is the same either way', async () => {
    const photos = [
      jpeg('a.jpg', 20, 30, 6),
      jpeg('b.jpg', 30, 30, 6),
      jpeg('c.jpg', 30, 20, 3),
      jpeg('d.jpg', 30, 20),
    ];
    const json = ['a', 'b', 'c', 'd'].map((name) =>
      file(`${name}.json`, { ...outline(30, name === 'b' ? 30 : 20), imagePath: `${name}.jpg` }),
    );
    expect(await reasons(...photos, ...json)).toEqual([['turned-by-exif', 'b.jpg', 'c.jpg']]);
  });
});

it('never counts more photos than there are', async () => {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 200));
  onTestFinished(() => void vi.restoreAllMocks());
  const images = Array.from({ length: 33 }, (_, i) => ({ file: file(`${i}.png`), truths: [] }));
  const steps: number[] = [];
  await ofStatedSize(images, new Ledger(), { onProgress: (done) => steps.push(done) });
  expect(steps).toEqual([32, 33]);
});
