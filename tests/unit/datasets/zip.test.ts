import { describe, expect, it } from 'vitest';
import { readDataset } from '../../../src/datasets/read-dataset.js';
import { zipSource } from '../../../src/datasets/zip.js';
import { buildZip, type ZipInput } from './zip-builder.js';
import { relativeTime } from '../relative-time.js';

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

  it.each([true, false])(
    'unpacks itself, with places counted from its first entry on: named last %s',
    async (isSorted) => {
      const inputs = ['images/a.jpg', 'labels/a.txt'].map((name) => ({ name, data: label }));
      const bytes = Buffer.from(buildZip(isSorted ? inputs : inputs.toReversed()));
      const whole = Buffer.concat([Buffer.alloc(1000, 'MZ'), bytes]);
      // The directory itself lies where its end says, counted from the file's beginning.
      whole.writeUInt32LE(bytes.readUInt32LE(bytes.length - 6) + 1000, whole.length - 6);
      const { images } = await readDataset(await zipSource(new Blob([whole]), 'set.exe'));
      expect(images.map(({ file, truths }) => [file.path, truths.length])).toEqual([['images/a.jpg', 1]]);
    },
  );

  it('is not read as a whole for an entry that is said to be longer than what lies there', async () => {
    const bytes = Buffer.from(buildZip([{ name: 'a.jpg', data: new Uint8Array(5_000_000), isStored: true }]));
    bytes.write('MZ');
    const directory = bytes.readUInt32LE(bytes.length - 6);
    bytes.writeUInt32LE(5_000_100, directory + 20);
    const zip = new Blob([bytes]);
    const reads: number[] = [];
    const slice = zip.slice.bind(zip);
    zip.slice = (...range) => {
      const part = slice(...range);
      reads.push(part.size);
      return part;
    };
    const { files } = await zipSource(zip, 'set.zip');
    expect(Math.max(...reads)).toBeLessThan(200_000);
    await expect(files[0]!.blob()).rejects.toThrow();
  });

  it('reads ahead, and little by little what is far apart', async () => {
    const many = Array.from({ length: 500 }, (_, i) => ({ name: `${i}.txt`, data: `${label} ${i}` }));
    const large = { name: 'large.jpg', data: new Uint8Array(5_000_000), isStored: true };
    const zip = new Blob([buildZip([...many, large, { name: 'last.txt', data: label }])]);
    const reads: number[] = [];
    const slice = zip.slice.bind(zip);
    const { files } = await zipSource(zip, 'set.zip');
    zip.slice = (start = 0, end = zip.size, type) => {
      reads.push(end - start);
      return slice(start, end, type);
    };
    for (const [i, file] of files.slice(0, 500).entries()) {
      expect(await (await file.blob()).text()).toBe(`${label} ${i}`);
      expect(new TextDecoder().decode(await file.head!(5))).toBe(label.slice(0, 5));
    }
    await files.at(-2)!.head!(100);
    expect(new TextDecoder().decode(await files.at(-1)!.bytes!())).toBe(label);
    expect(reads.length).toBeLessThan(8);
    expect(Math.max(...reads)).toBeLessThan(300_000);
  });

  it.each([
    ['all of it', 200_000],
    ['a beginning', 500_000],
  ])('finds what is short, or %s, damaged as it is', async (_, length) => {
    const data = Uint8Array.from({ length }, (_, i) => (i * i) % 251);
    const bytes = buildZip([
      { name: 'a.jpg', data },
      { name: 'b.jpg', data, claims: { size: length - 1 } },
    ]);
    const { files } = await zipSource(new Blob([bytes]), 'set.zip');
    const [good, short] = files;
    expect(Buffer.from(await (await good!.blob()).arrayBuffer()).equals(data)).toBe(true);
    expect(Buffer.from(await good!.head!(4096)).equals(data.subarray(0, 4096))).toBe(true);
    await expect(short!.blob()).rejects.toMatchObject({ data: { reason: 'zip-entry-damaged' } });
    await expect(short!.bytes!()).rejects.toMatchObject({ data: { reason: 'zip-entry-damaged' } });
    bytes.fill(0xff, 40, 2000);
    const broken = (await zipSource(new Blob([bytes]), 'set.zip')).files[0]!;
    await expect(broken.blob()).rejects.toThrow();
    await expect(broken.head!(4096)).rejects.toThrow();
  });

  it('says when it holds more files than it counts, as of more than 65,535', async () => {
    const inputs = ['a.jpg', 'b.jpg', 'c.jpg'].map((name) => ({ name, data: 'x' }));
    await expect(zipSource(new Blob([buildZip(inputs, 2)]), 'set.zip')).rejects.toMatchObject({
      data: { reason: 'zip-count' },
    });
  });

  it('takes paths that are written in several ways for one folder', async () => {
    const inputs = ['./images//a.jpg', 'labels/a.txt'].map((name) => ({ name, data: label }));
    const { images } = await readDataset(await zipSource(new Blob([buildZip(inputs)]), 'set.zip'));
    expect(images.map(({ file, truths }) => [file.path, truths.length])).toEqual([['images/a.jpg', 1]]);
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

  it.each([
    ['a program before it', 5000, 0],
    ['a signature behind it', 0, 700],
    ['both', 70_000, 60_000],
  ])('is found with %s', async (_, before, behind) => {
    const zip = buildZip([
      { name: 'a.txt', data: label, isZip64: true },
      { name: 'b.txt', data: 'stored', isStored: true },
    ]);
    const whole = new Blob([new Uint8Array(before).fill(1), zip, new Uint8Array(behind).fill(2)]);
    const { files } = await zipSource(whole, 'set.zip');
    expect(await Promise.all(files.map(async (file) => (await file.blob()).text()))).toEqual([
      label,
      'stored',
    ]);
    expect(files).toHaveLength(2);
  });

  it('is found behind another one, and behind itself', async () => {
    const [one, two] = ['one', 'two'].map((name) => buildZip([{ name, data: name }])) as [
      Uint8Array,
      Uint8Array,
    ];
    for (const blob of [new Blob([one, two] as BlobPart[]), new Blob([two, two] as BlobPart[])]) {
      const { files } = await zipSource(blob, 'set.zip');
      expect(files.map(({ path }) => path)).toEqual(['two']);
      expect(await (await files[0]!.blob()).text()).toBe('two');
    }
  });

  it('says that its beginning is missing, or that it is one part of several', async () => {
    const zip = buildZip([{ name: 'a.txt', data: label }]);
    await expect(zipSource(new Blob([zip.slice(20)]), 'set.zip')).rejects.toMatchObject({
      data: { reason: 'no-zip' },
    });
    const part = zip.slice();
    part[part.length - 18] = 1;
    await expect(zipSource(new Blob([part]), 'set.zip')).rejects.toMatchObject({
      data: { reason: 'zip-split' },
    });
  });

  it('is not held up by many ends that are none', async () => {
    const end = Uint8Array.from([0x50, 0x4b, 5, 6, ...new Uint8Array(18).fill(0)]);
    end.set([1, 0], 10);
    const blob = new Blob(Array.from({ length: 3000 }, () => end));
    const time = await relativeTime(() =>
      expect(zipSource(blob, 'set.zip')).rejects.toMatchObject({ data: { reason: 'no-zip' } }),
    );
    expect(time).toBeLessThan(50);
  });

  it.each([
    ['Prüfling.jpg', Uint8Array.of(0x50, 0x72, 0x81, 0x66, 0x6c, 0x69, 0x6e, 0x67, 0x2e, 0x6a, 0x70, 0x67)],
    ['Prüfling.jpg', new TextEncoder().encode('Prüfling.jpg')],
    ['Pru\u0308fling.jpg'.normalize('NFC'), new TextEncoder().encode('Pru\u0308fling.jpg')],
    ['▒.jpg', Uint8Array.of(0xb1, 0x2e, 0x6a, 0x70, 0x67)],
    ['set/images/a.jpg', 'set\\images\\a.jpg'],
  ])('calls a file %s by the bytes %s', async (name, bytes) => {
    expect((await open({ name: bytes, data: 'x' })).map(({ path }) => path)).toEqual([name]);
  });

  it('makes one file of no two, in code page 437 either', async () => {
    const names = Array.from({ length: 128 }, (_, i) => Uint8Array.of(0x61, 128 + i));
    const files = await open(...names.map((name) => ({ name, data: 'x' })));
    expect(new Set(files.map(({ path }) => path)).size).toBe(128);
  });

  it('reads what is streamed, and what is large or may be', async () => {
    const input = { name: 'a.txt', data: label };
    const files = await open(
      { ...input, isStreamed: true },
      { ...input, name: 'b.txt', isZip64: true },
      { ...input, name: 'c.txt', isStored: true, isZip64: true },
    );
    for (const file of files) expect(await (await file.blob()).text()).toBe(label);
    expect(files).toHaveLength(3);
  });

  it.each([
    ['zip-encrypted', { claims: { flags: 1 } }],
    ['zip-method', { claims: { method: 9 } }],
    ['zip-entry-damaged', { claims: { checksum: 7 } }],
    ['zip-entry-damaged', { claims: { checksum: 7 }, isStored: true }],
    ['zip-entry-damaged', { claims: { size: label.length - 1 } }],
    ['zip-entry-damaged', { claims: { size: label.length + 1 } }],
    ['zip-link', { claims: { mode: 0o120777 } }],
    ['file-too-large', { claims: { size: 2e9 } }],
    ['name-too-long', { name: 'x'.repeat(5000) }],
  ] as const)('gives the reason %s of %j', async (reason, claim) => {
    const [file, other] = await open({ name: 'a.txt', data: label, ...claim }, { name: 'b', data: 'whole' });
    await expect(file!.blob()).rejects.toMatchObject({ data: { reason } });
    expect(await (await other!.blob()).text()).toBe('whole');
  });

  it('does not unpack what is made to fill the memory', async () => {
    const [file] = await open({ name: 'a.txt', data: new Uint8Array(60e6) });
    await expect(file!.blob()).rejects.toMatchObject({ data: { reason: 'file-too-large' } });
  }, 30_000);

  it('stops inflating where an entry says that it ends', async () => {
    const [file] = await open({ name: 'a.txt', data: new Uint8Array(100e6), claims: { size: 1000 } });
    const before = process.memoryUsage().rss;
    await expect(file!.blob()).rejects.toMatchObject({ data: { reason: 'zip-entry-damaged' } });
    expect(process.memoryUsage().rss - before).toBeLessThan(80e6);
  }, 30_000);

  it('refuses more entries than a page can list, and more than there are', async () => {
    const many = Array.from({ length: 3 }, (_, i) => ({ name: `${i}`, data: '' }));
    await expect(zipSource(new Blob([buildZip(many, 60_000)]), 'set.zip')).rejects.toMatchObject({
      data: { reason: 'no-zip' },
    });
  });

  it('calls no photo good whose label is a link, locked or damaged', async () => {
    const photos = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name: `images/${name}.jpg`, data: 'x' }));
    const files = await open(
      ...photos,
      { name: 'labels/a.txt', data: label },
      { name: 'labels/b.txt', data: '../a.txt', claims: { mode: 0o120777 } },
      { name: 'labels/c.txt', data: label, claims: { flags: 1 } },
      { name: 'labels/d.txt', data: label, claims: { checksum: 1 } },
    );
    const { images } = await readDataset({ name: 'set.zip', files });
    expect(images.map(({ file, truths }) => [file.path, truths.length])).toEqual([
      ['images/a.jpg', 1],
      ['images/e.jpg', 0],
    ]);
  });

  it('takes no folder for a label', async () => {
    const files = await open({ name: 'set\\labels\\', data: '' }, { name: 'set\\a.jpg', data: 'x' });
    await expect(readDataset({ name: 'set.zip', files })).rejects.toMatchObject({
      data: { reason: 'no-annotations' },
    });
  });
});

const open = async (...inputs: readonly ZipInput[]) =>
  (await zipSource(new Blob([buildZip(inputs)]), 'set.zip')).files;

it('a ZIP whose comment looks like the end of an empty one is read all the same', async () => {
  const zip = buildZip([{ name: 'a.jpg', data: 'x' }]);
  const comment = [0x50, 0x4b, 5, 6, ...new Array<number>(18).fill(0), 0x21];
  zip.set([comment.length], zip.length - 2);
  const { files } = await zipSource(new Blob([zip, Uint8Array.from(comment)]), 'set.zip');
  expect(files.map(({ path }) => path)).toEqual(['a.jpg']);
});

it('an entry that is called like a folder and holds something is a file', async () => {
  const zip = buildZip([
    { name: 'labels/', data: '' },
    { name: 'labels/a.txt/', data: 'x' },
  ]);
  const { files } = await zipSource(new Blob([zip]), 'set.zip');
  expect(files.map(({ path }) => path)).toEqual(['labels/a.txt/']);
});
