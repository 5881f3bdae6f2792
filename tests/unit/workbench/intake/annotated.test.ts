import { describe, expect, test } from 'vitest';
import { sourceOf } from '../../../../src/datasets/container.js';
import { readDataset } from '../../../../src/datasets/read-dataset.js';
import * as annotated from '../../../../src/workbench/intake/annotated.js';
import { buildZip, type ZipInput } from '../../datasets/zip-builder.js';

const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16);
const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const LABEL = '0 0.1 0.1 0.5 0.1 0.5 0.5';
const zip = (...entries: readonly ZipInput[]): File => new File([buildZip(entries)], 'lot.zip');

const photosIn = async (file: File, most?: number) =>
  annotated.photosIn(await annotated.lookInto(file), most);

describe('joined', () => {
  const joinedIn = async ([first, second]: readonly [File, File]) =>
    annotated.joined([await annotated.lookInto(first), await annotated.lookInto(second)]);
  const called = (name: string, ...entries: readonly ZipInput[]): File => new File([buildZip(entries)], name);
  const photos = called(
    'images.zip',
    { name: 'images/a.jpg', data: JPEG },
    { name: 'images/b.jpg', data: JPEG },
  );
  const labels = called(
    'labels.zip',
    { name: 'labels/a.txt', data: LABEL },
    { name: 'labels/b.txt', data: '' },
  );
  const list = called('annotations.zip', {
    name: 'annotations/instances.json',
    data: JSON.stringify({
      images: [{ id: 1, file_name: 'a.jpg' }],
      annotations: [{ id: 1, image_id: 1, category_id: 1, segmentation: [[1, 1, 9, 1, 9, 9]] }],
      categories: [{ id: 1, name: 'pit' }],
    }),
  });

  test.each([
    [
      'labels after photos',
      [photos, labels],
      'images.zip + labels.zip',
      'YOLO',
      ['images/a.jpg 1', 'images/b.jpg 0'],
    ],
    [
      'labels before photos',
      [labels, photos],
      'images.zip + labels.zip',
      'YOLO',
      ['images/a.jpg 1', 'images/b.jpg 0'],
    ],
    ['a list', [list, photos], 'images.zip + annotations.zip', 'COCO', ['images/a.jpg 1']],
  ] as const)('reads %s as a folder with both', async (_, zips, name, format, found) => {
    const joined = await joinedIn(zips);
    const dataset = await readDataset(await sourceOf(joined!));
    expect([dataset.name, dataset.format]).toEqual([name, format]);
    expect(dataset.images.map(({ file, truths }) => `${file.path} ${truths.length}`)).toEqual(found);
  });

  const whole = called('lot.zip', { name: 'a.jpg', data: JPEG }, { name: 'a.txt', data: LABEL });
  const empty = called('empty.zip', { name: 'readme.md', data: 'x' });
  test.each([
    ['two of photos', [photos, photos]],
    ['two of labels', [labels, list]],
    ['one that is whole, and labels', [whole, labels]],
    ['one that is whole, and photos', [whole, photos]],
    ['one without either', [empty, labels]],
    ['one that is no ZIP', [photos, new File(['x'], 'labels.zip')]],
  ] as const)('joins not %s', async (_, zips) => expect(await joinedIn(zips)).toBeUndefined());
});

describe('photosIn', () => {
  test('unpacks as many as there is room for, and counts the others', async () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ name: `${name}.jpg`, data: JPEG }));
    const drop = await photosIn(zip(a!, b!, c!), 2);
    expect([drop?.files.map(({ name }) => name), drop?.more]).toEqual([['a.jpg', 'b.jpg'], 1]);
  });

  test('unpacks photos by what they hold, without what the system put beside them', async () => {
    const drop = await photosIn(
      zip(
        { name: 'lot/a.jpg', data: JPEG },
        { name: 'lot/b', data: JPEG },
        { name: 'lot/readme.txt', data: 'scratched' },
        { name: '__MACOSX/lot/._a.jpg', data: 'x' },
      ),
    );
    expect(drop?.all.map(({ path, file }) => [path, file.name])).toEqual([
      ['lot/a.jpg', 'a.jpg'],
      ['lot/b', 'b'],
    ]);
    expect(drop?.files).toEqual(drop?.all.map(({ file }) => file));
    expect(new Uint8Array(await drop!.files[0]!.arrayBuffer())).toEqual(JPEG);
  });

  test('takes no masks for photos, and names them and the annotations that nobody reads', async () => {
    const drop = await photosIn(
      zip(
        { name: 'screw/test/pit/000.jpg', data: JPEG },
        { name: 'screw/ground_truth/pit/000_mask.png', data: PNG },
        { name: 'screw/masks/000.png', data: PNG },
        { name: 'screw/part-mask.png', data: PNG },
        { name: 'screw/ann/000.jpg.json', data: '{"size": {}, "objects": [{"points": []}]}' },
        { name: 'screw/meta.json', data: '{"classes": []}' },
        { name: 'screw/annotations.xml', data: '<?xml version="1.0"?><annotations></annotations>' },
        { name: 'screw/via.csv', data: 'filename,region_shape_attributes\n000.jpg,{}' },
        { name: 'screw/list.csv', data: 'filename,line\n000.jpg,3' },
        { name: 'screw/clip.mp4', data: Uint8Array.of(0, 1, 2) },
      ),
    );
    // A photo of which there is no other one is no mask of any.
    expect(drop!.files.map(({ name }) => name)).toEqual(['000.jpg', 'part-mask.png']);
    expect(drop!.leftOut).toEqual({
      masks: ['000_mask.png', '000.png'],
      annotations: ['000.jpg.json', 'annotations.xml', 'via.csv'],
      others: ['clip.mp4'],
    });
  });

  test('looks at photos in folders that may be of labels as well', async () => {
    const drop = await photosIn(zip({ name: 'caps/1.png', data: PNG }, { name: 'labels/1.png', data: PNG }));
    expect(drop!.all.map(({ path }) => path)).toEqual(['caps/1.png', 'labels/1.png']);
  });

  test('gives a photo that can’t be unpacked, which fails by itself whenever it is read', async () => {
    const damaged = { name: 'b.jpg', data: JPEG, claims: { checksum: 1 } };
    const drop = await photosIn(zip({ name: 'a.jpg', data: JPEG }, damaged));
    const [good, bad] = drop!.files;
    expect((await good!.arrayBuffer()).byteLength).toBe(JPEG.length);
    expect(bad!.name).toBe('b.jpg');
    await expect(bad!.arrayBuffer()).rejects.toMatchObject({ data: { reason: 'zip-entry-damaged' } });
    await expect(bad!.arrayBuffer()).rejects.toThrow();
    // Nobody takes it for an empty photo.
    expect(() => bad!.slice()).toThrow('could not be read');
  });

  test.each([
    ['annotations', [{ name: 'a.txt', data: LABEL }]],
    ['annotations that are locked', [{ name: 'a.txt', data: LABEL, claims: { flags: 1 } }]],
    ['annotations that are damaged', [{ name: 'a.json', data: '{"shapes": [' }]],
  ])('leaves a ZIP with %s to who evaluates it', async (_, entries) => {
    expect(await photosIn(zip({ name: 'a.jpg', data: JPEG }, ...entries))).toBeUndefined();
  });

  test.each([
    ['no ZIP', new File(['x'], 'lot.zip')],
    ['a ZIP without photos', zip({ name: 'a.txt', data: 'x' })],
    ['a ZIP of locked photos', zip({ name: 'a.jpg', data: JPEG, claims: { flags: 1 } })],
  ])('leaves %s to who says what is wrong with it', async (_, file) => {
    expect(await photosIn(file)).toBeUndefined();
  });
});

describe('lookThrough', () => {
  test('is a drop without masks; what was dropped by itself stays', async () => {
    const named = (path: string, content: BlobPart) => ({
      path,
      file: new File([content], path.split('/').at(-1)!),
    });
    const all = [
      named('lot/1.jpg', JPEG),
      named('lot/1_mask.png', PNG),
      named('lot/1.xml', '<annotation></annotation>'),
      named('lot/b.onnx', 'x'),
      named('odd.bin', Uint8Array.of(0)),
    ];
    const [photo, mask, , , odd] = all.map(({ file }) => file);
    const drop = await annotated.lookThrough({ name: 'lot', all, files: [photo!, mask!, odd!] });
    expect(drop).toEqual({
      name: 'lot',
      all,
      files: [photo, odd],
      leftOut: { masks: ['1_mask.png'], annotations: ['1.xml'], others: ['b.onnx'] },
    });
  });
  const dropOf = (files: Readonly<Record<string, BlobPart>>) => ({
    name: 'lot',
    files: [],
    all: Object.entries(files).map(([path, content]) => ({ path, file: new File([content], path) })),
  });

  test('is the drop, where it holds annotations', async () => {
    const drop = dropOf({ 'a.jpg': JPEG, 'a.txt': LABEL });
    expect(await annotated.lookThrough(drop)).toEqual({ dataset: { name: 'lot', files: drop.all } });
  });

  test.each([
    ['notes', { 'a.jpg': JPEG, 'a.txt': 'scratched' }],
    ['settings', { 'a.jpg': JPEG, 'camera.json': '{"gain": 2}' }],
  ])('is nothing where there are %s beside photos', async (_, files) => {
    expect(await annotated.lookThrough(dropOf(files))).not.toHaveProperty('dataset');
  });
});
