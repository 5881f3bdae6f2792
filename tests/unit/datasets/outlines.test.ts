import { describe, expect, it } from 'vitest';
import { segmentationRle } from '../../../src/core/evaluation/coco.js';
import { rleArea } from '../../../src/core/regions/rle.js';
import { toSegmentation } from '../../../src/datasets/outline.js';
import { readDataset } from '../../../src/datasets/read-dataset.js';
import type { Dataset } from '../../../src/datasets/types.js';
import { file, source, SQUARE } from './sources.js';

const SIZE = { width: 10, height: 8 };

/** A dataset of one defective photo and a good one. */
const coco = (segmentation: unknown, size: object = SIZE) =>
  readDataset(
    source(
      file('a.png'),
      file('b.png'),
      file('x.json', {
        images: [
          { id: 1, file_name: 'a.png', ...size },
          { id: 2, file_name: 'b.png', ...size },
        ],
        annotations: [{ image_id: 1, category_id: 1, segmentation }],
        categories: [{ id: 1, name: 'pit' }],
      }),
    ),
  );

const shape = (points: unknown, shape_type = 'polygon') => ({
  label: 'pit',
  points,
  shape_type,
  group_id: 1,
});
const labelMe = (...shapes: readonly object[]) =>
  readDataset(
    source(
      file('a.png'),
      file('b.png'),
      file('a.json', { imagePath: 'a.png', imageWidth: 10, imageHeight: 8, shapes }),
    ),
  );

/** Areas of the outlines of each photo that is used, and why others aren't. */
const read = ({ images, problems }: Dataset) => ({
  areas: images.map(({ truths }) =>
    truths.map(({ outline }) =>
      rleArea(segmentationRle({ segmentation: toSegmentation(outline, 10, 8) }, SIZE)),
    ),
  ),
  why: problems.map(({ reason }) => reason),
});

const pairs = [
  [1, 1],
  [5, 1],
  [5, 5],
  [1, 5],
];

describe('corners', () => {
  it.each([
    ['one after the other, as VIA writes them', SQUARE],
    ['in pairs', pairs],
    ['in pairs, one list of them per polygon', [pairs]],
    ['of two polygons, each written in its way', [pairs, SQUARE]],
  ])('of COCO are read %s', async (_, segmentation) => {
    expect(read(await coco(segmentation))).toEqual({ areas: [[16], []], why: [] });
  });

  it.each([
    ['too few in a row', [1, 1, 5, 1]],
    ['an odd number in a row', [1, 1, 5, 1, 5, 5, 1]],
    ['too few pairs', [pairs.slice(0, 2)]],
    ['three numbers each', [pairs.map((pair) => [...pair, 0])]],
    ['a row that holds a list', [1, 1, 5, 1, 5, [5]]],
  ])('of COCO are refused: %s', async (_, segmentation) => {
    expect(read(await coco(segmentation))).toEqual({ areas: [[]], why: ['outline-unreadable'] });
  });
});

describe('labels of LabelMe, typed by hand,', () => {
  const labelled = (...labels: readonly string[]) =>
    readDataset(
      source(
        file('a.png'),
        ...labels.flatMap((label, i) => [
          file(`${i}.png`),
          file(`${i}.json`, { imagePath: `${i}.png`, shapes: [{ ...shape(pairs), label }] }),
        ]),
      ),
    );

  it('are one class where case or blanks alone differ, spelt as most are, which is said', async () => {
    const dataset = await labelled(' Pitting ', 'pitting', 'crack', 'pitting', 'deep crack', 'crack ');
    expect(dataset.classes).toEqual(['crack', 'deep crack', 'pitting']);
    expect(dataset.images.flatMap(({ truths }) => truths.map(({ className }) => className))).toEqual([
      'pitting',
      'pitting',
      'crack',
      'pitting',
      'deep crack',
      'crack',
    ]);
    expect(dataset.problems).toEqual([{ reason: 'labels-alike', count: 1, examples: ['pitting, Pitting'] }]);
  });

  it('are one defect where they are of one group', async () => {
    const dataset = await labelMe({ ...shape(pairs), label: 'Pit' }, { ...shape(pairs), label: 'pit ' });
    expect(dataset.images[0]!.truths).toHaveLength(1);
  });

  it('are none where they are blank', async () => {
    expect(read(await labelled('  ')).why).toEqual(['no-label']);
  });
});

describe('a photo whose outline nobody could find on it is left out', () => {
  const shifted = (dx: number, dy: number) => SQUARE.map((value, i) => value + (i % 2 === 0 ? dx : dy));
  const points = (corners: readonly number[]) => [
    corners.slice(0, 2),
    corners.slice(2, 4),
    corners.slice(4, 6),
  ];

  it.each([
    ['to the right', shifted(10, 0)],
    ['below', shifted(0, 8)],
    ['to the left', shifted(-6, 0)],
    ['above', shifted(0, -6)],
    ['far away', shifted(2000, 2000)],
    ['smaller than a pixel', [3.2, 3.2, 3.9, 3.2, 3.9, 3.9]],
  ])('%s', async (_, corners) => {
    expect(read(await coco([corners]))).toEqual({ areas: [[]], why: ['outline-nowhere'] });
    expect(read(await labelMe(shape(points(corners))))).toEqual({ areas: [[]], why: ['outline-nowhere'] });
  });

  it('but not where a part of it lies on the photo', async () => {
    expect(read(await coco([shifted(8, 0), shifted(2000, 0)]))).toEqual({ areas: [[4], []], why: [] });
    const inside = shape(pairs);
    const outside = shape(pairs.map(([x = 0, y = 0]) => [x + 2000, y]));
    expect(read(await labelMe(inside, outside))).toEqual({ areas: [[16], []], why: [] });
  });

  it('whatever its size, where that is not stated', async () => {
    expect(read(await coco([shifted(2000, 0)], {})).why).toEqual([]);
    expect(read(await coco([[3.2, 3.2, 3.9, 3.2, 3.9, 3.9]], {})).why).toEqual(['outline-nowhere']);
  });
});
