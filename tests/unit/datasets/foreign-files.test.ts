/** Files as other people and other tools make them: what failed once, each with what is right. */
import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { segmentationRle } from '../../../src/core/evaluation/coco.js';
import { rleArea } from '../../../src/core/regions/rle.js';
import type { DatasetError } from '../../../src/datasets/errors.js';
import { folderSource } from '../../../src/datasets/folder.js';
import { toSegmentation } from '../../../src/datasets/outline.js';
import { openPhoto } from '../../../src/datasets/photo.js';
import { readDataset } from '../../../src/datasets/read-dataset.js';
import type { SourceFile } from '../../../src/datasets/types.js';
import { pngWith } from '../../png-builder.js';
import { file, source, SQUARE } from './sources.js';

const JPEG = '\xff\xd8\xff\xe0';
const line = '0 0.1 0.125 0.5 0.125 0.5 0.625 0.1 0.625';

/** Per photo how many defects it has, by its path. */
async function read(...files: readonly SourceFile[]): Promise<Record<string, number>> {
  const { images } = await readDataset(source(...files));
  return Object.fromEntries(images.map((image) => [image.file.path, image.truths.length]));
}

/** Why what was left out was left out, and the first file or name of each. */
async function reasons(...files: readonly SourceFile[]): Promise<string[]> {
  const dataset = await readDataset(source(...files)).catch((error: unknown) => error as DatasetError);
  const problems = 'data' in dataset ? (dataset.data.because ?? []) : dataset.problems;
  return problems.map(({ reason, examples }) => `${reason}: ${examples[0] ?? ''}`);
}

const failure = (...files: readonly SourceFile[]): Promise<DatasetError> =>
  readDataset(source(...files)).then(
    () => Promise.reject(new Error('It was read.')),
    (error: unknown) => error as DatasetError,
  );

const coco = (images: readonly object[], annotations: unknown = [], more: object = {}) => ({
  images,
  annotations,
  categories: [{ id: 1, name: 'pit' }],
  ...more,
});
const image = (id: number | string, file_name: string) => ({ id, file_name });
const pit = (image_id: unknown, more: object = {}) => ({
  id: 7,
  image_id,
  category_id: 1,
  segmentation: [SQUARE],
  ...more,
});

describe('COCO of other tools', () => {
  it.each([
    ['1', 1],
    [1, '1'],
    ['a', 'a'],
  ])('matches the id %j with %j', async (id, image_id) => {
    const json = coco([image(id, 'a.png'), image(9, 'b.png')], [pit(image_id)]);
    expect(await read(file('a.png'), file('b.png'), file('x.json', json))).toEqual({
      'a.png': 1,
      'b.png': 0,
    });
  });

  it.each([[pit(99)], [null], [{}], [[]], ['a'], [pit(null)], [pit({})]])(
    'calls no photo good while it may be that of the annotation %j',
    async (stray) => {
      const json = coco([image(1, 'a.png'), image(2, 'b.png')], [pit(1), stray]);
      const files = [file('a.png'), file('b.png'), file('x.json', json)];
      expect(await read(...files)).toEqual({ 'a.png': 1 });
      expect((await reasons(...files)).sort()).toEqual([
        'maybe-annotated: b.png',
        expect.stringMatching(/^stray-annotation: /),
      ]);
    },
  );

  it('is not held up by names of 60 kB, which no file has', async () => {
    const long = 'x/'.repeat(30_000);
    const images = Array.from({ length: 200 }, (_, i) => image(i + 2, `${long}${i}.png`));
    const json = coco([image(1, 'a.png'), ...images], [pit(1)]);
    const before = process.cpuUsage();
    expect(await read(file('a.png'), file('x.json', json))).toEqual({ 'a.png': 1 });
    expect(process.cpuUsage(before).user).toBeLessThan(3e6);
  });

  it('takes no fractions for pixels', async () => {
    const small = [0.2, 0.2, 0.4, 0.2, 0.4, 0.4];
    const json = coco([image(1, 'a.png'), image(2, 'b.png')], [pit(1, { segmentation: [small] })]);
    const files = [file('a.png'), file('b.png'), file('x.json', json)];
    expect(await read(...files)).toEqual({ 'b.png': 0 });
    expect(await reasons(...files)).toEqual(['outline-fractions: a.png']);
  });

  it.each([[undefined], [null], ['none'], [{}]])(
    'evaluates nothing where annotations are %j',
    async (annotations) => {
      const json = { ...coco([image(1, 'a.png')]), annotations };
      expect(await failure(file('a.png'), file('x.json', json))).toMatchObject({
        code: 'dataset-unusable',
        data: { reason: 'holds-no-annotations' },
      });
    },
  );

  it('takes entries of one photo together', async () => {
    const json = coco([image(1, 'a.png'), image(2, 'a.png'), image(3, 'b.png')], [pit(2)]);
    expect(await read(file('a.png'), file('b.png'), file('x.json', json))).toEqual({
      'a.png': 1,
      'b.png': 0,
    });
  });

  it('leaves out photos that share an id, and one of two sizes', async () => {
    const json = coco(
      [
        image(1, 'a.png'),
        image(1, 'b.png'),
        { ...image(2, 'c.png'), width: 5, height: 5 },
        { ...image(3, 'c.png'), width: 6, height: 5 },
        image(4, 'd.png'),
      ],
      [pit(1)],
    );
    const files = ['a', 'b', 'c', 'd'].map((name) => file(`${name}.png`));
    expect(await read(...files, file('x.json', json))).toEqual({ 'd.png': 0 });
  });

  it('means the photo beside the file, and no other where its own folder has one', async () => {
    const json = coco([image(1, '1.png'), image(2, '2.png')], [pit(1), pit(2)]);
    const files = [file('train/1.png'), file('train/2.png'), file('valid/_a.json', json)];
    expect(await read(...files, file('valid/1.png'))).toEqual({ 'valid/1.png': 1 });
    expect(await reasons(...files, file('valid/1.png'))).toContain('image-missing: 2.png');
  });

  it('refuses names that fit several photos, whatever the order of the files', async () => {
    const photos = ['good', 'scratch'].map((name) => file(`test/${name}/0.png`));
    const json = file('x.json', coco([image(1, '0.png'), image(2, 'sure.png')], [pit(1)]));
    for (const order of [photos, [...photos].reverse()]) {
      expect(await read(...order, file('sure.png'), json)).toEqual({ 'sure.png': 0 });
    }
    expect(await reasons(...photos, json)).toEqual([
      'name-ambiguous: 0.png (test/good/0.png, test/scratch/0.png)',
      'image-missing: sure.png',
    ]);
  });

  it('takes no photo of another folder, and none for two names', async () => {
    const json = file('x.json', coco([image(1, 'defect/0.png'), image(2, 'good/1.png')], [pit(1)]));
    const files = [file('good/0.png'), file('good/1.png'), json];
    expect(await read(...files)).toEqual({ 'good/1.png': 0 });
    expect(await reasons(...files)).toContain('image-elsewhere: defect/0.png (good/0.png)');
    const two = file('x.json', coco([image(1, 'defect/0.png'), image(2, 'good/0.png')], [pit(1)]));
    expect((await failure(file('0.png'), two)).data.because).toMatchObject([{ reason: 'name-ambiguous' }]);
  });

  it.each([
    ['images/Pr%C3%BCfling%201.png', 'images/Prüfling 1.png'],
    ['Pru\u0308fling.png', 'Prüfling.png'],
    ['Prüfling.png', 'Pru\u0308fling.png'],
    ['..\\raw\\a.png', 'a.png'],
    ['C:\\lots\\7\\a.png', '7/a.png'],
    ['/data/local-files/?d=lots/7/a%20b.png', 'a b.png'],
    ['file:///home/me/a.png', 'images/a.png'],
    ['photos/a.png', 'images/a.png'],
    ['A.PNG', 'a.png'],
    ['100%.png', '100%.png'],
    ['100%25.png', '100%.png'],
  ])('finds %s as %s', async (name, path) => {
    const json = coco([image(1, name)], [pit(1)]);
    expect(await read(file(path), file('x.json', json))).toEqual({ [path]: 1 });
  });

  it('makes one name of no two', async () => {
    const names = ['a%20b.png', 'a b.png', 'A b.png'];
    const json = coco(
      names.map((name, i) => image(i, name)),
      [pit(1)],
    );
    expect(await read(...names.map((name) => file(name)), file('x.json', json))).toEqual({
      'a%20b.png': 0,
      'a b.png': 1,
      'A b.png': 0,
    });
  });
});

describe('YOLO of other tools', () => {
  it('gives a label to the photo at the same relative path, else to nobody', async () => {
    const photos = ['defect', 'good'].flatMap((name) => [1, 2].map((i) => file(`images/${name}/${i}.jpg`)));
    const labels = [1, 2].map((i) => file(`labels/defect/${i}.txt`, line));
    expect(await read(...photos, ...labels)).toEqual({
      'images/defect/1.jpg': 1,
      'images/defect/2.jpg': 1,
      'images/good/1.jpg': 0,
      'images/good/2.jpg': 0,
    });
    const good = [file('images/good/3.jpg'), file('labels/good/3.txt')];
    const files = [file('images/good/1.jpg'), ...good, ...labels];
    expect(await read(...files)).toEqual({ 'images/good/3.jpg': 0 });
    expect(await reasons(...files)).toEqual([
      'no-names: ',
      'image-missing: labels/defect/1.txt',
      'annotated-elsewhere: images/good/1.jpg',
    ]);
  });

  it.each([
    ['train/images/a.jpg', 'train/labels/a.txt'],
    ['images/train/a.jpg', 'labels/train/a.txt'],
    ['photos/a.jpg', 'labels/a.txt'],
    ['a.jpg', 'labels/a.txt'],
    ['images/Prüfling 1.jpg', 'labels/Pr%C3%BCfling%201.txt'],
    ['Prüfling.jpg', 'Pru\u0308fling.txt'],
    ['a.jpg', 'A.TXT'],
    ['test.jpg', 'test.txt'],
    ['a.jpg', 'a.jpg.txt'],
  ])('%s has the label %s', async (photo, label) => {
    expect(await read(file(photo), file(label, line))).toEqual({ [photo]: 1 });
  });

  it('leaves out photos that differ in their extension alone, and one with two labels', async () => {
    const files = [
      file('images/a.jpg'),
      file('images/a.png'),
      file('labels/a.txt', line),
      file('images/b.jpg'),
      file('images/b.txt', line),
      file('labels/b.txt', line),
      file('images/c.jpg'),
    ];
    expect(await read(...files)).toEqual({ 'images/c.jpg': 0 });
  });

  it.each(['.jfif', '.dat', ''])('takes JPEGs called %j for photos', async (extension) => {
    const photo = {
      path: `images/a${extension}`,
      blob: async () => new Blob([Uint8Array.from(JPEG, (c) => c.charCodeAt(0))]),
    };
    expect(await read(photo, file('labels/a.txt', line))).toEqual({ [photo.path]: 1 });
  });

  it('is no dataset because of notes, and no label either', async () => {
    expect((await failure(file('a.jpg'), file('a.txt', 'scratched'))).data.reason).toBe('no-annotations');
    const files = [file('a.jpg'), file('a.txt', 'scratched'), file('b.jpg'), file('b.txt', line)];
    expect(await read(...files)).toEqual({ 'b.jpg': 1 });
  });

  it('says why no photo is left', async () => {
    const error = await failure(file('images/a.jpg'), file('labels/a.txt', '0 0.1 0.1 0.2 0.2 0.3'));
    expect(error.message).toBe(
      'None of the photos in parts can be evaluated. labels/a.txt: Left out: a line doesn’t hold pairs of at least three corners.',
    );
  });

  it('takes no longer for a line without an end', async () => {
    const names = file('data.yaml', `names: [${'x'.repeat(200_000)}]`);
    expect(await read(file('a.jpg'), file('a.txt', line), names)).toEqual({ 'a.jpg': 1 });
  });

  it('calls classes by numbers where files name them differently', async () => {
    const files = [file('a.jpg'), file('a.txt', line)];
    const named = (...names: SourceFile[]) => readDataset(source(...files, ...names));
    const same = await named(file('x/classes.txt', 'pit'), file('y/classes.txt', 'pit\n'));
    const others = await named(file('x/classes.txt', 'pit'), file('y/classes.txt', 'dent'));
    const stronger = await named(file('data.yaml', 'names: [pit]'), file('y/classes.txt', 'dent'));
    expect([same, others, stronger].map(({ classes }) => classes[0])).toEqual(['pit', 'class 0', 'pit']);
  });
});

describe('LabelMe of other tools', () => {
  const shape = (more: object = {}) => ({
    label: 'pit',
    points: [
      [1, 1],
      [5, 1],
      [5, 5],
      [1, 5],
    ],
    ...more,
  });
  const labelMe = (imagePath: string, shapes: readonly object[] = [shape()], more: object = {}) => ({
    imagePath,
    imageWidth: 10,
    imageHeight: 8,
    shapes,
    ...more,
  });

  it('takes of two files the one beside the photo, and says so', async () => {
    const files = [
      file('a.png'),
      file('a.json', labelMe('a.png')),
      file('backup/a.json', labelMe('..\\a.png', [])),
    ];
    expect(await read(...files)).toEqual({ 'a.png': 1 });
    expect(await reasons(...files)).toEqual(['second-file: backup/a.json']);
  });

  it('leaves out a photo that two files elsewhere annotate, and one whose file is about another', async () => {
    const elsewhere = [file('x/1.json', labelMe('../a.png')), file('y/2.json', labelMe('../a.png', []))];
    expect(await read(file('a.png'), file('good.png'), ...elsewhere)).toEqual({ 'good.png': 0 });
    expect(await read(file('a.png'), file('b.png'), file('b.json', labelMe('a.png')))).toEqual({
      'a.png': 1,
    });
  });

  it.each([
    ['{"imagePath": "b.png", "shapes": [NaN]}', 'x.json'],
    ['{"imagePath": "x.png", "sha', 'b.json'],
    [JSON.stringify({ size: {}, objects: [] }), 'b.png.json'],
    ['<annotation><filename>b.png</filename></annotation>', 'b.xml'],
    [line, 'b.txt'],
    ['\0{"imagePath": "b.png"', 'b.json'],
  ])('calls a photo not good beside what can’t be read: %s', async (text, path) => {
    const files = [file('a.png'), file('a.json', labelMe('a.png')), file('b.png'), file('c.png')];
    expect(await read(...files, file(path, text))).toEqual({ 'a.png': 1, 'c.png': 0 });
  });

  it.each(['polygon', 'rectangle', 'circle'])('takes no fractions for pixels in a %s', async (shape_type) => {
    const points = [[0.2, 0.2], [0.4, 0.6], ...(shape_type === 'polygon' ? [[0.2, 0.6]] : [])];
    const json = labelMe('a.png', [shape({ shape_type, points })]);
    const files = [file('a.png'), file('b.png'), file('a.json', json)];
    expect(await read(...files)).toEqual({ 'b.png': 0 });
    expect(await reasons(...files)).toEqual(['outline-fractions: a.json']);
  });

  it('reads masks, alone and in groups', async () => {
    const data = Uint8Array.from({ length: 12 }, (_, i) => (i % 4 < 2 ? 255 : 0));
    const png = Buffer.from(encode({ width: 4, height: 3, data, channels: 1 })).toString('base64');
    const mask = shape({
      shape_type: 'mask',
      points: [
        [6, 2],
        [9, 4],
      ],
      mask: png,
      group_id: 3,
    });
    const json = labelMe('a.png', [mask, shape({ group_id: 3 })]);
    const dataset = await readDataset(source(file('a.png'), file('a.json', json)));
    const [truth, ...others] = dataset.images[0]!.truths;
    const segmentation = toSegmentation(truth!.outline, 10, 8);
    expect([rleArea(segmentationRle({ segmentation }, { width: 10, height: 8 })), others]).toEqual([
      16 + 6,
      [],
    ]);
  });

  const maskOf = (mask: string, width: number, height: number) =>
    labelMe('a.png', [
      shape({
        shape_type: 'mask',
        points: [
          [0, 0],
          [width - 1, height - 1],
        ],
        mask,
      }),
    ]);

  it.each([['nonsense'], [''], [Buffer.from('\x89PNG').toString('base64')]])(
    'leaves out the photo of the mask %j',
    async (mask) => {
      const json = maskOf(mask, 4, 3);
      expect(await reasons(file('a.png'), file('a.json', json))).toEqual(['mask-unreadable: a.json']);
    },
  );

  it.each([
    ['more than its size says', 10, 10, 1],
    ['more than a byte for each pixel that a photo may have', 8000, 8000, 4],
  ] as const)(
    'leaves out the photo of a mask that inflates to %s',
    async (_, width, height, channels) => {
      const kind = { width, height, colour: channels === 1 ? 0 : 6, depth: 8, isInterlaced: false };
      const bomb = pngWith(kind, new Uint8Array(Math.max(60e6, width * height * channels)));
      const json = maskOf(Buffer.from(bomb).toString('base64'), width, height);
      const before = process.memoryUsage().arrayBuffers;
      expect(await reasons(file('a.png'), file('a.json', json))).toEqual(['mask-unreadable: a.json']);
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50e6);
    },
    30_000,
  );

  it('takes the photo out of the file where there is no other', async () => {
    const json = labelMe('a.png', [shape()], { imageData: btoa(JPEG) });
    const dataset = await readDataset(source(file('a.json', json)));
    expect(dataset.images).toMatchObject([{ file: { path: 'a.json' }, truths: [{ className: 'pit' }] }]);
    expect((await openPhoto(dataset.images[0]!.file)).size).toBe(4);
    expect(await read(file('a.png'), file('a.json', json))).toEqual({ 'a.png': 1 });
  });
});

it('skips what drives and systems put beside photos', async () => {
  const hidden = [
    '@eaDir/a.jpg/X.jpg',
    '#recycle/a.jpg',
    '$RECYCLE.BIN/$R.jpg',
    'System Volume Information/x',
  ];
  const more = [
    '__MACOSX/._a.jpg',
    '.DS_Store',
    'a/.x/b.jpg',
    'Thumbs.db',
    'a/desktop.ini',
    'RECYCLER/a.jpg',
  ];
  const names = [...hidden, ...more, 'lot #1/a.jpg', 'e.a/b.jpg'];
  const { files } = await folderSource({
    name: 'lot',
    files: names.map((path) => ({ path, file: new Blob(['x']) })),
  });
  expect(files.map(({ path }) => path)).toEqual(['lot #1/a.jpg', 'e.a/b.jpg']);
});

describe('the reason is in the message', () => {
  it.each([
    ['{"images": []},\n', 'not-json'],
    ['<!doctype html><p>Sign in</p>', 'not-json'],
    ['{"images": [{"id": NaN}]}', 'json-no-number'],
    ['{"images": [1, -Infinity]}', 'json-no-number'],
    ['', 'no-annotations'],
    ['{"images": [', 'json-ends-early'],
    ['{"images": [}', 'not-json'],
  ])('of %j', async (text, reason) => {
    const { data, message } = await failure(file('a.png'), file('x.json', text));
    expect([data.reason, ...(data.because ?? []).map((one) => one.reason)]).toContain(reason);
    if (data.because) expect(message).toContain('x.json: ');
  });

  it('in texts of every encoding', async () => {
    const json = JSON.stringify(coco([image(1, 'ä.png')], [pit(1)]));
    const utf16 = new Uint8Array([
      0xff,
      0xfe,
      ...new Uint8Array(Uint16Array.from(json, (c) => c.charCodeAt(0)).buffer),
    ]);
    const latin1 = Uint8Array.from(json, (c) => c.charCodeAt(0));
    const utf8 = new TextEncoder().encode(`\ufeff${json}`);
    for (const bytes of [utf16, latin1, utf8]) {
      expect(await read(file('ä.png'), { path: 'x.json', blob: async () => new Blob([bytes]) })).toEqual({
        'ä.png': 1,
      });
    }
  });
});
