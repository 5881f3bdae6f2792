import { describe, expect, it } from 'vitest';
import { readDataset } from '../../../src/datasets/read-dataset.js';
import { zipSource } from '../../../src/datasets/zip.js';
import { buildZip } from './zip-builder.js';

const label = '0 0.1 0.1 0.5 0.1 0.5 0.5';

describe('zipSource', () => {
  it('is a folder, without what the system put into it', async () => {
    const zip = buildZip([
      { name: 'set/', data: '', isStored: true },
      { name: 'set/images/a.jpg', data: 'picture', isStored: true },
      { name: 'set/labels/a.txt', data: label },
      { name: '__MACOSX/set/images/._a.jpg', data: 'x' },
    ]);
    const { name, files } = await zipSource(new Blob([zip]), 'set.zip');
    expect([name, files.map(({ path, size }) => [path, size])]).toEqual([
      'set.zip',
      [
        ['set/images/a.jpg', 7],
        ['set/labels/a.txt', label.length],
      ],
    ]);
    expect(await (await files[0]!.blob()).text()).toBe('picture');
    expect(await (await files[1]!.blob()).text()).toBe(label);
  });

  it('reads no more than it needs', async () => {
    const big = new Uint8Array(5_000_000);
    const zip = new Blob([
      buildZip([
        { name: 'big.jpg', data: big, isStored: true },
        { name: 'a.txt', data: label },
      ]),
    ]);
    let bytes = 0;
    const slice = zip.slice.bind(zip);
    zip.slice = (start = 0, end = zip.size, type) => {
      bytes += end - start;
      return slice(start, end, type);
    };
    const { files } = await zipSource(zip, 'set.zip');
    await files[1]!.blob();
    expect(bytes).toBeLessThan(200_000);
  });

  it('holds a dataset', async () => {
    const zip = buildZip([
      { name: 'images/a.jpg', data: 'x' },
      { name: 'labels/a.txt', data: label },
      { name: 'data.yaml', data: 'names: [pit]' },
    ]);
    const dataset = await readDataset(await zipSource(new Blob([zip]), 'set.zip'));
    expect(dataset).toMatchObject({ name: 'set.zip', format: 'YOLO', classes: ['pit'] });
  });

  it('says when it is none, and when it ends early', async () => {
    const zip = buildZip([{ name: 'a.jpg', data: 'x' }]);
    for (const bytes of [new Uint8Array(500), zip.subarray(0, zip.length - 30)]) {
      await expect(zipSource(new Blob([bytes as BlobPart]), 'set.zip')).rejects.toThrow(
        'set.zip is not a ZIP',
      );
    }
  });
});
