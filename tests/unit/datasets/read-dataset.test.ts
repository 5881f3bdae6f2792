import { describe, expect, it } from 'vitest';
import { segmentationRle } from '../../../src/core/evaluation/coco.js';
import { encodeRle, rleArea, rleToString } from '../../../src/core/regions/rle.js';
import { chosenFolder, folderSource } from '../../../src/datasets/folder.js';
import { kindsOf } from '../../../src/datasets/kind.js';
import { looksAnnotated } from '../../../src/datasets/looks-annotated.js';
import { toSegmentation } from '../../../src/datasets/outline.js';
import type { SourceFile } from '../../../src/datasets/types.js';
import { readDataset } from '../../../src/datasets/read-dataset.js';
import type { Dataset } from '../../../src/datasets/types.js';
import { datasets } from '../../../src/messages/dataset-text.js';
import { say } from '../../../src/messages/message.js';
import { file, source, SQUARE } from './sources.js';

const categories = [
  { id: 1, name: 'pit' },
  { id: 2, name: 'crack' },
  { id: 3, name: 'unused' },
];
const cocoImage = (id: number, file_name: string) => ({ id, file_name, width: 10, height: 8 });
const annotation = (image_id: number, segmentation: unknown, more: object = {}) => ({
  image_id,
  category_id: 1,
  segmentation,
  ...more,
});

/** Per image: file, and class and area of each truth. */
const summary = ({ images }: Dataset) =>
  images.map((image) => [
    image.file.path,
    ...image.truths.map(({ className, outline }) => {
      const { width, height } = image.size ?? { width: 10, height: 8 };
      const segmentation = toSegmentation(outline, width, height);
      return [className, rleArea(segmentationRle({ segmentation }, { width, height }))];
    }),
  ]);
const sentences = ({ problems }: Dataset) =>
  problems.map((one) => `${say(datasets, one)} ${one.count}: ${one.examples.join(', ')}`);

describe('COCO', () => {
  it('reads polygons, runs and compressed runs; images without annotations are good parts', async () => {
    const mask = Uint8Array.from({ length: 80 }, (_, i) => Number(i % 10 < 3));
    const rle = encodeRle(mask, 10, 8);
    const json = {
      images: [cocoImage(1, 'a.png'), cocoImage(2, 'b.png'), cocoImage(3, 'c.png')],
      annotations: [
        annotation(1, [SQUARE]),
        annotation(1, { size: [8, 10], counts: rle.counts }, { category_id: 2 }),
        annotation(2, { size: [8, 10], counts: rleToString(rle) }, { iscrowd: 1 }),
      ],
      categories,
    };
    const dataset = await readDataset(
      source(file('images/a.png'), file('images/b.png'), file('images/c.png'), file('val.json', json)),
    );
    expect(summary(dataset)).toEqual([
      ['images/a.png', ['pit', 16], ['crack', 24]],
      ['images/b.png', ['pit', 24]],
      ['images/c.png'],
    ]);
    expect(dataset.images[1]!.truths[0]!.isCrowd).toBe(true);
    expect(dataset).toMatchObject({
      format: 'COCO',
      classes: ['pit', 'crack'],
      problems: [],
      annotationFile: 'val.json',
      annotationFiles: ['val.json'],
    });
  });

  it('takes the file that names most of the images, unless another is asked for', async () => {
    const one = { images: [cocoImage(1, 'a.png')], annotations: [], categories };
    const two = { images: [cocoImage(1, 'a.png'), cocoImage(2, 'b.png')], annotations: [], categories };
    const files = source(file('a.png'), file('b.png'), file('one.json', one), file('two.json', two));
    const dataset = await readDataset(files);
    expect([dataset.annotationFile, dataset.annotationFiles]).toEqual(['two.json', ['two.json', 'one.json']]);
    const other = await readDataset(files, { annotationFile: 'one.json' });
    expect(summary(other)).toEqual([['a.png']]);
    expect(sentences(other)).toEqual([
      'Not named by the annotations: it may hold anything, and is left out. 1: b.png',
    ]);
  });

  it('goes on without what is missing or can’t be read, and says so', async () => {
    const json = {
      images: [
        ...['gone.png', 'good.png', 'box.png', 'broken.png', 'alien.png'].map((name, i) =>
          cocoImage(i, name),
        ),
        cocoImage(9, 'good.png'),
        { id: 10 },
      ],
      annotations: [
        annotation(1, [SQUARE]),
        annotation(2, undefined, { bbox: [0, 0, 4, 4] }),
        annotation(3, { size: [8, 10], counts: [5, 5] }),
        annotation(4, [SQUARE], { category_id: 77 }),
      ],
      categories,
    };
    const names = ['good.png', 'box.png', 'broken.png', 'alien.png', 'extra.png'];
    const dataset = await readDataset(
      source(...names.map((name) => file(name)), file('x.json', json), file('bad.json', '{')),
    );
    expect(summary(dataset)).toEqual([['good.png', ['pit', 16]]]);
    expect(sentences(dataset)).toEqual([
      'Not readable as JSON: it ends early. Copy or export it again. 1: bad.json',
      'An entry of an image has no file name. 1: id 10',
      'Annotated, but the image is not there. 1: gone.png',
      'Listed more than once: the entries count as one. 1: good.png',
      'Left out: an annotation has no outline, only a box or nothing. 1: box.png',
      'Left out: an outline can’t be read. 1: broken.png',
      'Left out: an annotation is of a class that the file doesn’t name. 1: alien.png',
      'Not named by the annotations: it may hold anything, and is left out. 1: extra.png',
    ]);
  });

  it.each([
    [[[1, 1, 5, 1]]],
    [[[1, 1, 5, 1, 5]]],
    [[['a', 1, 5, 1, 5, 5]]],
    [{ size: [8, 10], counts: '###' }],
    [{ size: [0, 10], counts: [0] }],
    [{ counts: [80] }],
    [7],
  ])('leaves out the image of the outline %j', async (segmentation) => {
    const json = {
      images: [cocoImage(1, 'a.png'), cocoImage(2, 'b.png')],
      annotations: [annotation(1, segmentation)],
      categories,
    };
    const dataset = await readDataset(source(file('a.png'), file('b.png'), file('x.json', json)));
    expect(summary(dataset)).toEqual([['b.png']]);
  });

  it('tells files of the same name apart by their folders', async () => {
    const json = {
      images: [cocoImage(1, 'night/a.png'), cocoImage(2, 'day\\a.png')],
      annotations: [annotation(2, [SQUARE])],
      categories,
    };
    const dataset = await readDataset(
      source(file('images/day/a.png'), file('images/night/a.png'), file('all.json', json)),
    );
    expect(summary(dataset)).toEqual([['images/night/a.png'], ['images/day/a.png', ['pit', 16]]]);
  });
});

describe('LabelMe', () => {
  const shape = (label: string, points: number[][], shape_type = 'polygon', more: object = {}) => ({
    label,
    points,
    shape_type,
    ...more,
  });
  const square = [
    [1, 1],
    [5, 1],
    [5, 5],
    [1, 5],
  ];

  it('reads polygons, rectangles and circles; images without a file are good parts', async () => {
    const json = {
      imagePath: 'a.png',
      imageWidth: 40,
      imageHeight: 40,
      shapes: [
        shape('pit', square),
        shape(
          'crack',
          [
            [0, 0],
            [10, 4],
          ],
          'rectangle',
        ),
        shape(
          'pit',
          [
            [20, 20],
            [20, 30],
          ],
          'circle',
        ),
      ],
    };
    const dataset = await readDataset(source(file('a.png'), file('b.png'), file('a.json', json)));
    const [[path, pit, crack, circle], good] = summary(dataset) as [
      [string, unknown, unknown, [string, number]],
      unknown,
    ];
    expect([path, pit, crack, good]).toEqual(['a.png', ['pit', 16], ['crack', 40], ['b.png']]);
    expect(Math.abs(circle[1] - Math.PI * 100)).toBeLessThan(6);
    expect(dataset).toMatchObject({ format: 'LabelMe', classes: ['crack', 'pit'], problems: [] });
  });

  it('takes shapes of one group for one defect', async () => {
    const parts = [
      shape('pit', square, 'polygon', { group_id: 1 }),
      shape(
        'pit',
        square.map(([x, y]) => [x! + 4, y!]),
        'polygon',
        { group_id: 1 },
      ),
      shape('pit', square, 'polygon', { group_id: null }),
    ];
    const json = { imagePath: '..\\raw\\a.png', shapes: parts };
    const dataset = await readDataset(source(file('a.png'), file('a.json', json)));
    expect(summary(dataset)).toEqual([['a.png', ['pit', 32], ['pit', 16]]]);
  });

  it('goes on without images that miss and shapes that have no area', async () => {
    const dataset = await readDataset(
      source(
        file('a.png'),
        file('b.png'),
        file('a.json', {
          imagePath: 'a.png',
          shapes: [
            shape(
              'pit',
              [
                [0, 0],
                [5, 5],
              ],
              'line',
            ),
          ],
        }),
        file('c.json', { imagePath: 'c.png', shapes: [] }),
      ),
    );
    expect(summary(dataset)).toEqual([['b.png']]);
    expect(sentences(dataset)).toEqual([
      'Left out: shapes of the kind “line” have no area; outline the defect as polygon, rectangle or circle. 1: a.json',
      'Annotated, but the image is not there. 1: c.json',
    ]);
  });
});

describe('YOLO', () => {
  const line = '0 0.1 0.125 0.5 0.125 0.5 0.625 0.1 0.625';

  it('reads outlines and names; empty and missing labels are good parts', async () => {
    const dataset = await readDataset(
      source(
        file('images/val/a.jpg'),
        file('images/val/b.jpg'),
        file('images/val/c.jpg'),
        file('labels/val/a.txt', `${line}\n1 ${line.slice(2)}\n`),
        file('labels/val/b.txt', '\n'),
        file('data.yaml', 'path: x\nnames:\n  0: pit\n  1: crack\n'),
      ),
    );
    expect(summary(dataset)).toEqual([
      ['images/val/a.jpg', ['pit', 16], ['crack', 16]],
      ['images/val/b.jpg'],
      ['images/val/c.jpg'],
    ]);
    expect(dataset).toMatchObject({ format: 'YOLO', classes: ['pit', 'crack'], problems: [] });
  });

  it('says when the file with the names is no YAML, and goes on with numbers', async () => {
    const dataset = await readDataset(
      source(file('a.jpg'), file('a.txt', line), file('data.yaml', 'names: [pit')),
    );
    expect(dataset.classes).toEqual(['class 0']);
    expect(sentences(dataset)).toEqual([
      'Not readable as YAML: the classes are called by their numbers. 1: data.yaml',
    ]);
  });

  it('calls classes by numbers where nothing names them', async () => {
    const dataset = await readDataset(source(file('a.jpg'), file('a.txt', `3 ${line.slice(2)}`)));
    expect(dataset.classes).toEqual(['class 3']);
    expect(sentences(dataset)[0]).toContain('called by their numbers');
  });

  it('takes no keypoints for corners, where no file says what they are', async () => {
    // A box, and points in it; with how each is seen, or without.
    const flagged = ['0 0.5 0.5 0.4 0.4 0.35 0.4 1 0.6 0.65 0', '0 0.2 0.3 0.2 0.2 0.12 0.25 1 0.28 0.38 1'];
    const plain = ['0 0.5 0.5 0.4 0.4 0.35 0.4 0.6 0.65', '0 0.2 0.3 0.2 0.2 0.12 0.25 0 0'].map(
      (text, i) => `${text} ${[0.6, 0.28][i]} ${[0.4, 0.35][i]}`,
    );
    for (const [first, second] of [flagged, plain]) {
      const files = [file('a.jpg'), file('a.txt', first), file('b.jpg'), file('b.txt', second)];
      const dataset = await readDataset(source(...files, file('c.jpg'), file('c.txt', '')));
      expect(summary(dataset)).toEqual([['c.jpg']]);
      expect(sentences(dataset)).toContain(
        'Left out: the labels seem to be boxes with keypoints. Outlines are needed: export as segmentation. 2: a.txt, b.txt',
      );
    }
  });

  it('takes boxes with a single point each for no triangles, and triangles for no boxes', async () => {
    const places = [0.2, 0.4, 0.6, 0.8];
    const boxes = places.flatMap((at) =>
      [0.04, 0.15, 0.3].map(
        (size) => `0 ${at} ${1 - at} ${size} ${size / 2} ${at + size / 4} ${1 - at - size / 8}`,
      ),
    );
    await expect(readDataset(source(file('a.jpg'), file('a.txt', boxes.join('\n'))))).rejects.toMatchObject({
      data: { because: expect.arrayContaining([expect.objectContaining({ reason: 'line-maybe-pose' })]) },
    });
    const triangles = places.flatMap((at) =>
      [0.01, 0.05, 0.15].map((size) => `0 ${at} ${at} ${at + size} ${at} ${at + size / 2} ${at + size}`),
    );
    const { images } = await readDataset(source(file('a.jpg'), file('a.txt', triangles.join('\n'))));
    expect(images[0]!.truths).toHaveLength(12);
  });

  it('takes small outlines of equally many corners for outlines', async () => {
    const box = (x: number, y: number, size: number) =>
      `0 ${x} ${y} ${x + size} ${y} ${x + size} ${y + size} ${x} ${y + size} ${x} ${y + size / 2}`;
    const lines = [0.1, 0.3, 0.5, 0.7].flatMap((at) => [0.01, 0.1, 0.25].map((size) => box(at, at, size)));
    const dataset = await readDataset(source(file('a.jpg'), file('a.txt', lines.join('\n'))));
    expect(dataset.images[0]!.truths).toHaveLength(12);
  });

  it.each([
    ['0 0.5 0.5 0.1 0.1', 'holds a box'],
    ['0 0.1 0.1 0.5 0.5 0.5', 'pairs of at least three corners'],
    ['0 10 10 50 10 50 50', 'outside the image'],
    ['pit 0.1 0.1 0.5 0.1 0.5 0.5', 'something else than numbers'],
  ])('leaves out the image of the line "%s"', async (text, reason) => {
    const dataset = await readDataset(
      source(
        file('a.jpg'),
        file('b.jpg'),
        file('a.txt', text),
        file('b.txt'),
        file('lost.txt', line),
        file('classes.txt', 'pit'),
      ),
    );
    expect(summary(dataset)).toEqual([['b.jpg']]);
    expect(sentences(dataset)[0]).toContain(reason);
    expect(sentences(dataset)[1]).toContain('image is not there. 1: lost.txt');
  });
});

describe('whatever it is', () => {
  it('says what is missing', async () => {
    await expect(readDataset(source(file('a.json', {})))).rejects.toThrow(
      'There are no images in parts. Choose a',
    );
    await expect(readDataset(source(file('a.png'), file('b.json', { x: 1 })))).rejects.toThrow(
      'no annotations',
    );
    const foreign = { images: [cocoImage(1, 'z.png')], annotations: [], categories };
    await expect(readDataset(source(file('a.png'), file('x.json', foreign)))).rejects.toThrow(
      'x.json names none of the images in parts',
    );
  });

  it.each([
    [true, [file('a.png'), file('val.json', { images: [{ file_name: 'a.png' }] })]],
    [true, [file('images/a.png'), file('labels/a.txt', '0 0.1 0.1 0.5 0.1 0.5 0.5')]],
    [true, [file('images/a.png'), file('labels/a.txt')]],
    [true, [file('a.png'), file('a', '{"shapes": [NaN')]],
    [false, [file('a.png'), file('a.txt', 'scratched'), file('notes.txt', '3 parts 5 x 2 x 1')]],
    [false, [file('a.png'), file('a.txt')]],
    [false, [file('a.png'), file('a.json', { camera: 'left' })]],
    [false, [file('val.json')]],
  ])('is told from a folder of photos by what the files hold: %s', async (isAnnotated, files) => {
    expect(await looksAnnotated(await kindsOf(files))).toBe(isAnnotated);
  });

  it.each([
    ['class-name-long', { category_id: 1, segmentation: [[1, 1, 9, 1, 9, 9]] }],
    ['panoptic', { file_name: 'a_mask.png', segments_info: [{ id: 1, category_id: 2 }] }],
    ['unknown-class', { category_id: 3, segmentation: [[1, 1, 9, 1, 9, 9]] }],
  ])('says of a photo that is left out the true reason: %s', async (reason, annotation) => {
    const json = {
      images: ['a.png', 'b.png'].map((file_name, id) => ({ id, file_name })),
      annotations: [{ id: 1, image_id: 0, ...annotation }],
      categories: [
        { id: 1, name: 'pit'.repeat(9000) },
        { id: 2, name: 'crack' },
      ],
    };
    const { images, problems } = await readDataset(
      source(file('a.png'), file('b.png'), file('x.json', json)),
    );
    expect(images.map((one) => one.file.path)).toEqual(['b.png']);
    expect(problems).toMatchObject([{ reason, examples: ['a.png'] }]);
  });

  it('trims class names before it tells whether they are too long', async () => {
    const blank = ' '.repeat(300);
    const read = async (name: string) => {
      const json = {
        images: [cocoImage(1, 'a.png'), cocoImage(2, 'b.png')],
        annotations: [{ id: 1, image_id: 1, category_id: 1, segmentation: [SQUARE] }],
        categories: [{ id: 1, name }],
      };
      const coco = await readDataset(source(file('a.png'), file('b.png'), file('x.json', json)));
      return [coco.classes, coco.problems.map(({ reason }) => reason)];
    };
    const longest = 'p'.repeat(256);
    expect(await read(`${blank}${longest}`)).toEqual([[longest], []]);
    expect(await read(`${longest}p`)).toEqual([[], ['class-name-long']]);
    expect(await read(blank)).toEqual([[], ['category-unreadable', 'unknown-class']]);
  });

  it('reports progress', async () => {
    const steps: unknown[][] = [];
    const json = { shapes: [], imagePath: 'a.png' };
    await readDataset(source(file('a.png'), file('a.json', json), file('b.json', json)), {
      onProgress: (...step) => steps.push(step),
    });
    expect(steps).toEqual([
      [0, 3, 'files'],
      [0, 2, 'annotations'],
      [0, 1, 'photos'],
    ]);
  });

  it('says from the start how many files it has looked into', async () => {
    const steps: [done: number, total: number, step: string][] = [];
    const late = {
      ...file('b.txt'),
      blob: async () => new Promise<Blob>((r) => setTimeout(r, 120, new Blob())),
    };
    const files = [
      ...Array.from({ length: 40 }, (_, i) => file(`${i}.png`)),
      ...Array<SourceFile>(40).fill(late),
    ];
    await readDataset(source(...files), { onProgress: (...step) => steps.push(step) }).catch(() => undefined);
    expect(steps.map(([done]) => done)).toEqual(expect.arrayContaining([0, 64, 80]));
    expect(steps.every(([, total, step]) => total === 80 && step === 'files')).toBe(true);
  });
});

describe('a chosen folder', () => {
  const chosenSource = (files: readonly File[]) => folderSource(chosenFolder(files));
  const chosen = (path: string) => Object.assign(new File(['x'], path), { webkitRelativePath: path });

  it('is called like the folder, and has the paths in it', async () => {
    const { name, files } = await chosenSource([
      chosen('line/a.png'),
      chosen('line/x/b.png'),
      chosen('line/.DS_Store'),
    ]);
    expect([name, files.map(({ path }) => path)]).toEqual(['line', ['a.png', 'x/b.png']]);
  });

  it('is called what it is where there is no folder', async () => {
    const { name, files } = await chosenSource([new File(['x'], 'a.png')]);
    expect([name, files.map(({ path }) => path)]).toEqual(['Chosen files', ['a.png']]);
  });
});
