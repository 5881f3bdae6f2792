import { describe, expect, test } from 'vitest';
import { datasetIn, photosIn } from '../../../../src/workbench/intake/annotated.js';
import { buildZip, type ZipInput } from '../../datasets/zip-builder.js';

const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16);
const LABEL = '0 0.1 0.1 0.5 0.1 0.5 0.5';
const zip = (...entries: readonly ZipInput[]): File => new File([buildZip(entries)], 'lot.zip');

describe('photosIn', () => {
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

describe('datasetIn', () => {
  const dropOf = (files: Readonly<Record<string, BlobPart>>) => ({
    name: 'lot',
    files: [],
    all: Object.entries(files).map(([path, content]) => ({ path, file: new File([content], path) })),
  });

  test('is the drop, where it holds annotations', async () => {
    const drop = dropOf({ 'a.jpg': JPEG, 'a.txt': LABEL });
    expect(await datasetIn(drop)).toEqual({ name: 'lot', files: drop.all });
  });

  test.each([
    ['notes', { 'a.jpg': JPEG, 'a.txt': 'scratched' }],
    ['settings', { 'a.jpg': JPEG, 'camera.json': '{"gain": 2}' }],
  ])('is nothing where there are %s beside photos', async (_, files) => {
    expect(await datasetIn(dropOf(files))).toBeUndefined();
  });
});
