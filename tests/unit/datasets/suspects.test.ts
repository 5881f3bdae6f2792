/** No photo is called good that some file, used or not, may say something else about. */
import { describe, expect, it } from 'vitest';
import { isLabel } from '../../../src/datasets/labels.js';
import { readDataset } from '../../../src/datasets/read-dataset.js';
import type { SourceFile } from '../../../src/datasets/types.js';
import { file, source, SQUARE } from './sources.js';
import { buildZip } from './zip-builder.js';

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
    expect(reasons).toContain(`annotated-otherwise: b.png (${path})`);
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
    expect(reasons).toContain(`annotated-otherwise: b.png (${files[0]!.path})`);
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

it.each([
  ['masks/a.png', { 'b.png': 0, 'c.png': 0 }],
  ['ground_truth/scratch/b_mask.png', { 'c.png': 0 }],
  ['ground_truth/scratch/b.png', { 'c.png': 0 }],
  ['SegmentationClass/a.png', { 'b.png': 0, 'c.png': 0 }],
  ['SegmentationMask/b.png', { 'c.png': 0 }],
  ['labels/b.png', { 'c.png': 0 }],
  ['gt/b.png', { 'c.png': 0 }],
  ['a_mask.png', { 'b.png': 0, 'c.png': 0 }],
])('takes the mask %s for no good part, nor its photo', async (path, good) => {
  const { counts, reasons } = await read(file(path), file('a.json', labelMe('a.png')));
  expect(counts).toEqual({ 'a.png': 1, ...good });
  expect(reasons).toContain(`in-masks: ${path}`);
  const coconut = file('coco.json', coco([pit(0)]));
  expect((await read(file(path), coconut)).counts).toEqual({ 'a.png': 1, ...good });
});

it('tells masks of equal names by their folders, and calls neither of two pictures of a name good', async () => {
  const labels = [file('labels/a.txt', line)];
  const all = ['test/scratch/0.png', 'test/good/0.png', 'ground_truth/scratch/0_mask.png', 'b.jpg'];
  const { counts } = await read(...labels, ...all.map((path) => file(path)));
  expect(counts).toEqual({ 'a.png': 1, 'c.png': 0, 'test/good/0.png': 0 });
});

const HEAD_OF_7Z = '7z\u0001\u0002';
it.each([
  ['an archive', 'labels/val.zip', 'PK\u0003\u0004', []],
  ['an empty JSON', 'instances.json', '', []],
  ['JSON without names', 'ann.json', { b: { polygons: [1] } }, []],
  ['results of COCO', 'results.json', [pit(1)], []],
  ['a table', 'annotations.csv', 'name,class\nb.png,pit', ['c.png']],
  ['a table of YOLO', 'train.txt', 'data/b.png 1,1,5,5,0\n', ['c.png']],
  ['XML of another root', 'b.xml', '<Annotation ></Annotation>', ['c.png']],
  ['YAML', 'b.yaml', 'objects: []', ['c.png']],
  ['a table beside', 'labels/b.csv', '0,1', ['c.png']],
  ['no extension', 'labels/b', 'scratched', ['c.png']],
  ['numbers', 'b.npy', '\u0001NUMPY\u0001', ['c.png']],
  ['a packed label', 'labels/b.txt.gz', HEAD_OF_7Z, ['c.png']],
])('lets %s doubt what it may be about', async (_, path, content, good) => {
  const expected = { 'a.png': 1, ...Object.fromEntries(good.map((name) => [name, 0])) };
  for (const known of [file('labels/a.txt', line), file('a.json', labelMe('a.png'))]) {
    expect((await read(known, file(path, content))).counts).toEqual(expected);
  }
  expect((await read(file('coco.json', coco([pit(0)])), file(path, content))).counts).toEqual(expected);
});

const unread = new Blob(['x']);
unread.arrayBuffer = () => Promise.reject(new Error('It is gone.'));
it.each([
  ['too large', 60e6, new Blob(['name,class'])],
  ['gone by now', 10, unread],
])('lets a table that is %s doubt all photos', async (_, size, rest) => {
  const slice = () => new Blob(['name,class']);
  const blob = Object.assign(rest, { slice });
  const table: SourceFile = { path: 'annotations.csv', size, blob: async () => blob };
  const { counts, reasons } = await read(file('coco.json', coco([pit(0)])), table);
  expect(counts).toEqual({ 'a.png': 1 });
  expect(reasons[0]).toMatch(/^file-(too-large|unreadable): annotations\.csv$/);
});

it('says nothing of documents that are packed as ZIPs', async () => {
  const { counts, reasons } = await read(
    file('a.json', labelMe('a.png')),
    file('report.docx', 'PK\u0003\u0004'),
  );
  expect(counts).toEqual({ 'a.png': 1, 'b.png': 0, 'c.png': 0 });
  expect(reasons).toEqual([]);
});

it('lets LabelMe’s flags doubt COCO’s good parts', async () => {
  const flagged = { ...labelMe('b.png', []), flags: { scratched: true } };
  const { counts } = await read(file('coco.json', coco([pit(0)])), file('b.json', flagged));
  expect(counts).toEqual({ 'a.png': 1, 'c.png': 0 });
});

it.each(['labels.parquet', 'masks.pkl', 'train.tfrecord', 'labels.npz', 'annotations.h5'])(
  'data that nobody reads may be of any photo: %s',
  async (path) => {
    const { counts, reasons } = await read(file('labels/a.txt', line), file(path, '\u0000PAR1'));
    expect(counts).toEqual({ 'a.png': 1 });
    expect(reasons).toEqual(
      expect.arrayContaining([`data-within: ${path}`, `maybe-in-unread: b.png (${path})`]),
    );
  },
);

it.each(['annotations.ndjson', 'annotations.jsonl'])(
  'lines of JSON doubt the photos they name: %s',
  async (path) => {
    const one = '{"image": "b.png"}';
    for (const text of [one, `${one}\n${one}\n`]) {
      const { counts } = await read(file('labels/a.txt', line), file(path, text));
      expect(counts).toEqual({ 'a.png': 1, 'c.png': 0 });
    }
  },
);

it('leaves out a photo of which one LabelMe file shows nothing and another one something', async () => {
  const files = [file('a.json', labelMe('a.png', [])), file('a_old.json', labelMe('a.png'))];
  const { counts, reasons } = await read(...files, file('b.json', labelMe('b.png')));
  expect(counts).toEqual({ 'b.png': 1, 'c.png': 0 });
  expect(reasons).toContain('annotated-twice: a.json');
});

it('does not take the last of two lists of one name for all', async () => {
  const text = JSON.stringify(coco([pit(0)]));
  const joined = `${text.slice(0, -1)}, "annotations": []}`;
  await expect(read(file('coco.json', joined))).rejects.toThrow('It has “annotations” twice');
  const within = JSON.stringify({ ...coco([pit(0)]), info: { annotations: 1, note: '"annotations": [{' } });
  expect((await read(file('coco.json', within))).counts).toEqual({ 'a.png': 1, 'b.png': 0, 'c.png': 0 });
});

describe('a ZIP', () => {
  const zip = (path: string, names: readonly string[], claims = {}): SourceFile => {
    const inputs = names.map((name) => ({ name, data: name.endsWith('.txt') ? line : '', claims }));
    const blob = new Blob([buildZip(inputs)]);
    return { path, size: blob.size, blob: async () => blob };
  };
  const set = [file('coco.json', coco([pit(0)])), file('labels/a.txt', line)];
  const all = { 'a.png': 1, 'b.png': 0, 'c.png': 0 };

  it.each([
    ['beside it', zip('images.zip', ['a.png', 'b.png'])],
    ['in a folder of its name', zip('labels.zip', ['a.txt'])],
    ['in another place', zip('more/images.zip', ['a.png'])],
    ['under another name, and its folder as well', zip('backup.zip', ['set/labels/a.txt', 'set/c.png'])],
    ['with folders', zip('set.zip', ['./labels/a.txt', 'c.png', '__MACOSX/._c.png'])],
  ])('that is unpacked %s says nothing', async (_, left) => {
    const { counts, reasons } = await read(...set, left);
    expect(counts).toEqual(all);
    expect(reasons.filter((reason) => reason.startsWith('zip'))).toEqual([]);
  });

  it.each([
    ['zip-part', zip('set.zip', ['labels/a.txt', 'a.png', 'd.png', 'README.md'])],
    ['zip-older', zip('set.zip', ['a.png', 'b.png', 'coco.json'])],
  ])('of which a part is %s doubts nobody, which is said', async (reason, left) => {
    const { counts, reasons } = await read(...set, left);
    expect(counts).toEqual(all);
    expect(reasons).toContain(`${reason}: set.zip`);
  });

  it('with the photos, beside annotations or their ZIP, is asked to be unpacked', async () => {
    const images = zip('images.zip', ['a.png']);
    for (const beside of [file('coco.json', coco([pit(0)])), file('a.txt', line)]) {
      await expect(readDataset(source(images, beside))).rejects.toThrow(
        'There are annotations in parts, but no photos. Unpack photos and annotations into one folder, or pack both in one ZIP. images.zip: ',
      );
    }
  });

  it.each([
    ['that holds one more label', zip('labels.zip', ['a.txt', 'b.txt'])],
    ['whose files are of another size', zip('images.zip', ['a.png'], { size: 5 })],
    ['that holds a mask', zip('images.zip', ['a.png', 'b.png', 'masks/b.png'])],
    ['of which little is unpacked', zip('labels.zip', ['a.txt', 'x.md', 'y.md'])],
    ['of nothing that counts', zip('images.zip', ['x/.a.txt'])],
    ['that is damaged', file('images.zip', 'PK\u0003\u0004')],
    ['that begins with something else', file('images.zip', '\u0001\u0002')],
    ['that is the page of an error', file('labels.zip', '<html>Sign in</html>')],
    ['within a ZIP', { ...zip('images.zip', ['a.png']), head: async () => Uint8Array.of(0x50, 0x4b, 3, 4) }],
  ])('%s may say something', async (_, left) => {
    const { counts, reasons } = await read(...set, left);
    expect(counts).toEqual({ 'a.png': 1 });
    expect(reasons).toContain(`maybe-in-unread: b.png (${left.path})`);
  });
});

it.each([
  ['a mask', 'masks/x.png'],
  ['a mask called like one', 'x_mask.png'],
  ['a picture among labels', 'labels/x.png'],
  ['an array', 'x_seg.npy'],
])('lists %s whose photo is not there, and takes it for none', async (_, path) => {
  const { counts, reasons } = await read(file('labels/a.txt', line), file(path, '\u0001'));
  expect(counts).toEqual({ 'a.png': 1, 'b.png': 0, 'c.png': 0 });
  expect(reasons).toContain(`in-masks: ${path}`);
});

it('lets an array doubt its photo', async () => {
  const { counts, reasons } = await read(file('labels/a.txt', line), file('b_seg.npy', '\u0001'));
  expect(counts).toEqual({ 'a.png': 1, 'c.png': 0 });
  expect(reasons).toEqual(
    expect.arrayContaining(['in-masks: b_seg.npy', 'annotated-otherwise: b.png (b_seg.npy)']),
  );
});

it('takes pictures among labels for photos where there are no others', async () => {
  const { images } = await readDataset(
    source(file('labels/x.png'), file('labels/y.png'), file('labels/x.txt', line)),
  );
  expect(images.map(({ file: { path }, truths }) => [path, truths.length])).toEqual([
    ['labels/x.png', 1],
    ['labels/y.png', 0],
  ]);
});

it('lets lists of photos and what cameras write say nothing', async () => {
  const list = file('train.txt', 'data/a.png\ndata/b.png\n');
  const { counts } = await read(
    file('labels/a.txt', line),
    list,
    file('b.nef', '\u0001'),
    file('README.md', 'b.png'),
  );
  expect(counts).toEqual({ 'a.png': 1, 'b.png': 0, 'c.png': 0 });
});

it.each([
  ['ids that differ', coco([pit(7)], ['b.png'])],
  ['annotations by image', { ...coco([], ['b.png']), annotations: { 1: [pit(1)] } }],
  ['annotations within images', { ...coco([]), images: [{ ...image(1, 'b.png'), annotations: [pit(1)] }] }],
  ['another list', { ...coco([], ['b.png']), labels: [pit(0)] }],
])('lets a second COCO file with %s doubt its images', async (_, second) => {
  const { counts } = await read(file('one.json', coco([pit(0)])), file('two.json', second));
  expect(counts).toEqual({ 'a.png': 1, 'c.png': 0 });
});

it('lets a second COCO file doubt each photo that a name of its own fits', async () => {
  const [x, y] = [file('x/1.png'), file('y/1.png')];
  const one = file('one.json', coco([pit(0)], ['a.png', 'x/1.png', 'y/1.png']));
  const two = file('two.json', coco([pit(0)], ['1.png']));
  expect((await read(x, y, one, two)).counts).toEqual({ 'a.png': 1 });
});

it('leaves out empty outlines, and keypoints', async () => {
  const runs = { size: [8, 8], counts: [64] };
  const flat = [[1, 1, 3, 3, 5, 5]];
  const json = coco([pit(0, { segmentation: runs }), pit(1, { segmentation: flat })]);
  const { counts, reasons } = await read(file('coco.json', json));
  expect(counts).toEqual({ 'c.png': 0 });
  expect(reasons).toEqual(['outline-empty: a.png']);
  const pose = file('data.yaml', 'kpt_shape: [4, 2]\nnames: [pit]');
  const keyed = await read(file('labels/a.txt', line), file('labels/b.txt'), pose);
  expect(keyed.reasons).toContain('line-pose: labels/a.txt');
});

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
