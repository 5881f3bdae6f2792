/** No photo is called good that some file, used or not, may say something else about. */
import { describe, expect, it } from 'vitest';
import { isLabel } from '../../../src/datasets/labels.js';
import { readDataset } from '../../../src/datasets/read-dataset.js';
import type { SourceFile } from '../../../src/datasets/types.js';
import { file, source, SQUARE } from './sources.js';

const line = '0 0.1 0.125 0.5 0.125 0.5 0.625 0.1 0.625';
const image = (id: number, file_name: string) => ({ id, file_name });
const pit = (image_id: number, more: object = {}) => ({
  image_id,
  category_id: 1,
  segmentation: [SQUARE],
  ...more,
});
const categories = [{ id: 1, name: 'pit' }];
const coco = (annotations: readonly object[], names = ['a.png', 'b.png', 'c.png']) => ({
  images: names.map((name, i) => image(i, name)),
  annotations,
  categories,
});
const corners = [
  [1, 1],
  [5, 1],
  [5, 5],
];
const labelMe = (imagePath: string, shapes: readonly object[] = [{ label: 'pit', points: corners }]) => ({
  imagePath,
  shapes,
});
const photos = ['a.png', 'b.png', 'c.png'].map((name) => file(name));

async function read(...files: readonly SourceFile[]) {
  const { images, problems } = await readDataset(source(...photos, ...files));
  return {
    counts: Object.fromEntries(images.map((one) => [one.file.path, one.truths.length])),
    reasons: problems.map(({ reason, examples }) => `${reason}: ${examples[0] ?? ''}`),
  };
}

/** Each says something about b.png that isn't used. */
const STRANGERS: readonly [what: string, path: string, content: string | object][] = [
  ['damaged COCO', 'x/damaged.json', '{"images": [{"id": 1, "file_name": "b.png"}], "annot'],
  ['damaged COCO with escapes', 'damaged.json', '[{"file_name": "\\u0062.png"}'],
  ['JSON with NaN', 'nan.json', '{"imagePath": "b.png", "shapes": [NaN]}'],
  ['CreateML', 'ml.json', [{ image: 'b.png', annotations: [{ label: 'pit' }] }]],
  ['VIA', 'via.json', { 'b.png1': { filename: 'b.png', regions: [{}] } }],
  ['Label Studio', 'ls.json', [{ data: { image: '/data/upload/1/b.png' }, annotations: [{ result: [1] }] }]],
  ['Supervisely', 'b.png.json', { size: {}, objects: [{}] }],
  ['Pascal VOC', 'voc/7.xml', '<annotation><filename>b.png</filename></annotation>'],
  [
    'CVAT',
    'annotations.xml',
    '<?xml version="1.0"?>\n<annotations><image name="b.png"></image></annotations>',
  ],
  ['UTF-16 without its mark', 'x.json', Array.from('{"imagePath": "b.png"}', (c) => `${c}\0`).join('')],
  ['an empty file', 'b.json', ''],
  ['a text called JSON', 'b.json', 'shapes: none'],
];

describe.each(STRANGERS)('beside %s', (_, path, content) => {
  const stranger = file(path, content);

  it('of photos in COCO', async () => {
    const { counts, reasons } = await read(file('coco.json', coco([pit(0)])), stranger);
    expect(counts).toEqual({ 'a.png': 1, 'c.png': 0 });
    expect(reasons).toContain('annotated-otherwise: b.png');
  });

  it('of photos in LabelMe', async () => {
    const { counts } = await read(file('a.json', labelMe('a.png')), stranger);
    expect(counts).toEqual({ 'a.png': 1, 'c.png': 0 });
  });

  it('of YOLO, whose empty label says something else', async () => {
    const labels = [file('labels/a.txt', line), file('labels/b.txt')];
    expect((await read(...labels, stranger)).counts).toEqual({ 'a.png': 1, 'c.png': 0 });
  });

  it('but it takes nothing away from what is annotated', async () => {
    const { counts } = await read(file('coco.json', coco([pit(0), pit(1)])), stranger);
    expect(counts).toEqual({ 'a.png': 1, 'b.png': 1, 'c.png': 0 });
  });
});

describe('of two formats', () => {
  const all = file('coco.json', coco([pit(0)]));

  it.each([
    ['LabelMe', [file('b.json', labelMe('b.png')), file('c.json', labelMe('c.png', []))]],
    ['YOLO', [file('labels/b.txt', line), file('labels/c.txt')]],
    ['another COCO file', [file('two.json', coco([pit(0)], ['b.png', 'c.png']))]],
  ])('%s tells COCO’s good parts from others', async (_, files) => {
    const { counts, reasons } = await read(all, ...files);
    expect(counts).toEqual({ 'a.png': 1, 'c.png': 0 });
    expect(reasons).toContain('annotated-otherwise: b.png');
  });

  it('YOLO tells LabelMe’s good parts from others', async () => {
    const { counts } = await read(
      file('a.json', labelMe('a.png')),
      file('b.json', labelMe('b.png', [])),
      file('labels/b.txt', line),
      file('labels/c.txt'),
    );
    expect(counts).toEqual({ 'a.png': 1, 'c.png': 0 });
  });

  it('of two COCO files the one with outlines counts', async () => {
    const captions = coco([pit(0, { segmentation: undefined, caption: 'a pit' })]);
    const { counts } = await read(file('captions.json', captions), file('instances.json', coco([pit(0)])));
    expect(counts).toEqual({ 'a.png': 1, 'b.png': 0, 'c.png': 0 });
  });
});

it('leaves out photos that are flagged, and have no shape', async () => {
  const flagged = { ...labelMe('b.png', []), flags: { scratched: true } };
  const plain = { ...labelMe('c.png', []), flags: { scratched: false } };
  const files = [file('a.json', labelMe('a.png')), file('b.json', flagged), file('c.json', plain)];
  const { counts, reasons } = await read(...files);
  expect(counts).toEqual({ 'a.png': 1, 'c.png': 0 });
  expect(reasons).toEqual(['flag-alone: b.json']);
});

it.each(['masks/a.png', 'ground_truth/scratch/b.png', 'SegmentationClass/a.png', 'a_mask.png'])(
  'takes the mask %s for no good part',
  async (path) => {
    const { counts, reasons } = await read(file(path), file('a.json', labelMe('a.png')));
    expect(counts).toEqual({ 'a.png': 1, 'b.png': 0, 'c.png': 0 });
    expect(reasons).toEqual([`in-masks: ${path}`]);
  },
);

it('lets a list of photos say nothing about them', async () => {
  const list = file('splits.json', { train: ['a.png'], val: ['b.png', 'c.png'] });
  const { counts } = await read(file('a.json', labelMe('a.png')), list);
  expect(counts).toEqual({ 'a.png': 1, 'b.png': 0, 'c.png': 0 });
});

it.each([
  ['https://host.test/lots/a.png?sig=a%2Fb&se=2030', 'a.png'],
  ['s3://bucket/lots/a.png', 'a.png'],
  ['AmlDatastore://store/lots/a.png', 'a.png'],
])('finds %s as %s', async (name, path) => {
  const { counts } = await read(file('coco.json', coco([pit(0)], [name])));
  expect(counts).toEqual({ [path]: 1 });
});

it('names the XML that nobody reads', async () => {
  const voc = file('b.xml', '<annotation><filename>b.png</filename></annotation>');
  await expect(readDataset(source(...photos, voc))).rejects.toThrow(/b\.xml: Annotations in XML/);
});

it.each([
  ['a label of Label Studio', [file('labels/a.txt', line), file('labels/9f8e7d6c-b.txt', line)]],
  ['a copied label', [file('labels/a.txt', line), file('labels/b (1).txt', line)]],
  ['LabelMe of a renamed photo', [file('a.json', labelMe('a.png')), file('x.json', labelMe('old.png'))]],
])('calls no photo good while %s is of none', async (_, files) => {
  const { counts, reasons } = await read(...files);
  expect(counts).toEqual({ 'a.png': 1 });
  expect(reasons).toContain('maybe-annotated: b.png');
});

it('lets an empty label without a photo say nothing', async () => {
  const { counts } = await read(file('labels/a.txt', line), file('labels/old.txt'));
  expect(counts).toEqual({ 'a.png': 1, 'b.png': 0, 'c.png': 0 });
});

it('tells a label in few steps, however many numbers precede a word', () => {
  const numbers = Array.from({ length: 200 }, (_, i) => 1000 + i * 37).join(' ');
  // A pattern that tries every way to split the digits would not come back.
  expect(isLabel(`0 ${numbers} scratch\n`)).toBe(false);
  expect(isLabel(`0 ${numbers}\n`)).toBe(true);
});

it('ends lines as old systems do', async () => {
  const { counts } = await read(file('labels/a.txt', `${line}\r${line}\r`), file('labels/b.txt'));
  expect(counts).toEqual({ 'a.png': 2, 'b.png': 0, 'c.png': 0 });
});
