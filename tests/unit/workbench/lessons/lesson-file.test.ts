import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { segmentationRle } from '../../../../src/core/evaluation/coco.js';
import { decodeRle } from '../../../../src/core/regions/rle.js';
import { readDataset } from '../../../../src/datasets/read-dataset.js';
import { zipSource } from '../../../../src/datasets/zip.js';
import { fromBytes, toBytes } from '../../../../src/workbench/lessons/flat-data.js';
import { readLessonFile } from '../../../../src/workbench/lessons/lesson-file.js';
import { mayHoldLesson } from '../../../../src/workbench/lessons/may-hold-lesson.js';
import { fileNameOf } from '../../../../src/workbench/lessons/write-zip.js';
import { learntOf } from '../../../../src/workbench/lessons/state.js';
import { buildZip } from '../../datasets/zip-builder.js';
import { file } from '../fake-page.js';
import { banner } from '../said.js';
import { FIGURES } from './taught.js';
import { box, settle, taught, teaching, until, visit } from './visits.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** The lesson's file, as it is offered for download. */
async function exported(page: ReturnType<typeof visit>): Promise<File> {
  const { bench, saved } = page;
  bench.run('lesson.export');
  await until(() => saved.length > 0);
  return new File([saved[0]!.file], saved[0]!.name);
}

/** What is in a ZIP, as it was packed; and packed again with other entries in their place. */
async function contents(zip: File) {
  const { files } = await zipSource(zip, zip.name);
  return new Map(
    await Promise.all(
      files.map(
        async ({ path, blob }) => [path, new Uint8Array(await (await blob()).arrayBuffer())] as const,
      ),
    ),
  );
}

async function changed(
  zip: File,
  change: (entries: Map<string, Uint8Array | string>) => void,
): Promise<File> {
  const entries = new Map<string, Uint8Array | string>(await contents(zip));
  change(entries);
  return new File([buildZip([...entries].map(([name, data]) => ({ name, data })))], zip.name);
}

const changeHead = (zip: File, change: (head: Record<string, unknown>) => void): Promise<File> =>
  changed(zip, (entries) => {
    const head = JSON.parse(new TextDecoder().decode(entries.get('lesson.json') as Uint8Array)) as Record<
      string,
      unknown
    >;
    change(head);
    entries.set('lesson.json', JSON.stringify(head));
  });

describe('the file of a lesson', { timeout: 60_000 }, () => {
  test('is opened again by a drop, on another device', async () => {
    const page = await taught();
    const zip = await exported(page);
    expect([zip.name, teaching(page.bench).isSaved]).toEqual(['Gears.lesson.zip', true]);
    expect([...(await contents(zip)).keys()]).toEqual([
      'lesson.json',
      'photos/0001 good.png',
      'photos/0002 bad.png',
      'model.onnx',
    ]);
    const { bench, heard } = visit();
    bench.takeFiles([zip]);
    await until(() => bench.state.teaching !== undefined);
    await settle();
    const [good, bad] = bench.photos.entries;
    expect([good!.name, bad!.name]).toEqual(['good.png', 'bad.png']);
    expect([...teaching(bench).lesson.photos]).toEqual([
      [good!.id, { isGood: true }],
      [bad!.id, { isGood: false, marks: [{ id: 1, classId: 1, region: box(8) }] }],
    ]);
    expect(teaching(bench)).toMatchObject({
      learning: { kind: 'learnt', figures: FIGURES },
      ...{ isOutdated: false, isSaved: true, key: undefined },
      saved: { isOnDevice: false },
    });
    expect(learntOf(teaching(bench).learning)!.hash).toBe(learntOf(teaching(page.bench).learning)!.hash);
    expect([bench.teaching.isInUse, heard.some(({ type }) => type === 'error')]).toEqual([true, false]);
  });

  test('holds what was learnt from photos that are not there', async () => {
    const page = await taught();
    page.bench.run('lesson.save', { keep: 'thumbnails' });
    await until(() => page.lessonStorage.lessons.size > 0);
    const { bench, saved } = visit(page.lessonStorage);
    await settle();
    bench.run('lesson.open', { key: bench.state.keptLessons![0]!.key });
    await until(() => bench.state.teaching !== undefined);
    bench.run('lesson.export');
    await until(() => saved.length > 0);
    const packed = (await readLessonFile(new File([saved[0]!.file], 'x.zip')))!;
    expect(packed.photos.map(({ file: one, features }) => [one, features])).toEqual([
      [undefined, { values: new Float32Array(100) }],
      [undefined, { values: new Float32Array(100) }],
    ]);
  });

  test('may be packed again, in a folder and in another order', async () => {
    const zip = await exported(await taught());
    const again = await changed(zip, (entries) => {
      const all = [...entries].reverse();
      entries.clear();
      for (const [name, data] of all) entries.set(`Gears/${name}`, data);
    });
    expect((await readLessonFile(again))?.photos).toHaveLength(2);
  });

  test('that is damaged is told so, and what came with it goes on', async () => {
    const zip = await exported(await taught());
    const damages: [what: string, file: Promise<File>][] = [
      ['a photo is missing', changed(zip, (entries) => void entries.delete('photos/0002 bad.png'))],
      ['the model is missing', changed(zip, (entries) => void entries.delete('model.onnx'))],
      ['a model that is none', changed(zip, (entries) => void entries.set('model.onnx', 'x'))],
      ['half of it', changed(zip, (entries) => void entries.set('lesson.json', '{"format":'))],
      ['no classes', changeHead(zip, (head) => void (head.classes = []))],
      ['no photos', changeHead(zip, (head) => void (head.photos = undefined))],
      [
        'a mark whose runs do not fill its box',
        changeHead(zip, (head) => {
          const [, bad] = head.photos as { marks: { region: { counts: string } }[] }[];
          bad!.marks[0]!.region.counts = '07';
        }),
      ],
    ];
    for (const [what, damaged] of damages) {
      const { bench } = visit();
      const one = await damaged;
      bench.takeFiles([one, file('other.png')]);
      await until(() => bench.state.troubles.length > 0);
      expect(banner(bench)?.text, what).toMatch(/^The lesson in “Gears.lesson.zip” can't be read/);
      expect(bench.state.teaching, what).toBeUndefined();
      expect(
        bench.photos.entries.map(({ name }) => name),
        what,
      ).toEqual(['other.png']);
    }
  });

  test('is found however many photos it has', async () => {
    const photos = Array.from({ length: 3000 }, (_, i) => ({ name: `photos/${i} a name.png`, data: '' }));
    const zip = buildZip([{ name: 'lesson.json', data: '{}' }, ...photos]);
    expect(await mayHoldLesson(new Blob([zip]))).toBe(true);
    expect(await mayHoldLesson(new Blob([buildZip(photos)]))).toBe(false);
  });

  test('is opened again whatever its photos are called', async () => {
    const page = visit();
    const { bench } = page;
    for (const name of ['x'.repeat(300), ' ']) bench.inspect(file('a.png'), { name }).catch(() => undefined);
    await settle();
    bench.run('lesson.start');
    bench.run('lesson.good', { ids: bench.photos.entries.map(({ id }) => id) });
    const zip = await exported(page);
    expect((await readLessonFile(zip))?.photos.map(({ name }) => name.length)).toEqual([256, 1]);
  });

  test('of a newer version is told so', async () => {
    const zip = await changeHead(await exported(await taught()), (head) => void (head.version = 2));
    await expect(readLessonFile(zip)).rejects.toThrow(/written by a newer version/);
  });

  test.each([
    ['cut short', 'Gears.lesson.zip', (zip: File) => zip.slice(0, zip.size - 30)],
    ['cut short, and called something else', 'download.zip', (zip: File) => zip.slice(0, 400)],
    ['of which the beginning is lost', 'Gears.lesson (1).zip', (zip: File) => zip.slice(200)],
    ['that is empty', 'Gears.lesson.zip', () => new Blob([])],
    ['that is no ZIP', 'Gears.lesson.zip', () => new Blob(['<html>'])],
    [
      'that is a ZIP of photos',
      'Gears.lesson.zip',
      () => new Blob([buildZip([{ name: 'a.png', data: 'x' }])]),
    ],
    [
      'that is a list of something else',
      'G.lesson.zip',
      () => new Blob([buildZip([{ name: 'lesson.json', data: '{}' }])]),
    ],
  ])('%s is said to be damaged, and not taken for photos to evaluate', async (_, name, make) => {
    const { bench } = visit();
    const zip = await exported(await taught());
    bench.takeFiles([new File([make(zip)], name)]);
    await until(() => bench.state.troubles.length > 0);
    expect(banner(bench)?.text).toBe(
      `The lesson in “${name}” can't be read: the file is damaged, or parts of it are missing. Export the lesson again where it was made.`,
    );
    expect([bench.state.dialog, bench.state.teaching]).toEqual([undefined, undefined]);
    // One that is whole shows itself, whatever dialog is open by then.
    await bench.openEvaluation();
    expect(bench.state.dialog).toBe('evaluation');
    bench.takeFiles([zip]);
    await until(() => bench.state.teaching !== undefined);
    expect(bench.state.dialog).toBeUndefined();
  });

  test('is told from other ZIPs', async () => {
    const other = buildZip([{ name: 'lesson.json', data: '{"title":"Monday"}' }]);
    expect(await readLessonFile(new File([other], 'x.zip'))).toBeUndefined();
    expect(await readLessonFile(new File(['no ZIP'], 'x.zip'))).toBeUndefined();
  });

  test('is not opened where a page does not offer teaching', async () => {
    const zip = await exported(await taught());
    const { bench, page } = visit();
    page.offersTeaching = false;
    bench.takeFiles([zip]);
    await settle();
    expect(bench.state.teaching).toBeUndefined();
  });
});

test('plain data with numbers comes back from its bytes', async () => {
  const value = {
    name: 'a',
    views: [
      { x: 1.5, values: Float32Array.of(0.1, -2), mean: Uint16Array.of(1, 2, 3) },
      { x: 0, values: new Float32Array(0), mean: Int32Array.of(-7) },
    ],
    none: null,
  };
  const bytes = await toBytes(value).arrayBuffer();
  expect(fromBytes(bytes)).toEqual(value);
  expect(() => fromBytes(bytes.slice(0, -8))).toThrow(RangeError);
  expect(() => fromBytes(new ArrayBuffer(2))).toThrow(RangeError);
});

test('file names are such as every system takes', () => {
  expect(['a/b: "c"?.png', 'Gears', '...', 'x.'].map(fileNameOf)).toEqual([
    'a_b_ _c__.png',
    'Gears',
    '_',
    'x',
  ]);
});

test('what was learnt is a file of its own', async () => {
  const { bench, saved } = await taught();
  bench.run('lesson.export-model');
  await until(() => saved.length > 0);
  const { model } = learntOf(teaching(bench).learning)!;
  expect([saved[0]!.name, saved[0]!.file]).toEqual(['Gears.onnx', model]);
  const { bench: other } = visit();
  other.run('lesson.start');
  expect(other.can('lesson.export-model')).toBe(false);
});

describe('as a dataset', () => {
  const PNG = Uint8Array.of(
    0x89,
    0x50,
    0x4e,
    0x47,
    0x0d,
    0x0a,
    0x1a,
    0x0a,
    ...[0, 0, 0, 13],
    ...[73, 72, 68, 82],
  );
  const png = (name: string, width = 320, height = 160) => {
    const size = new Uint8Array(8);
    new DataView(size.buffer).setUint32(0, width);
    new DataView(size.buffer).setUint32(4, height);
    return new File([PNG, size, new Uint8Array(40)], name, { type: 'image/png' });
  };

  test('a lesson is COCO: photos, masks and all classes; what nobody has looked at is not in it', async () => {
    const { bench, page, saved } = visit();
    Object.assign(page.lessonPictures, { png: async () => png('', 320, 160) });
    bench.add([png('a.png'), png('A.PNG'), file('canvas'), png('unsaid.png')]);
    await settle();
    bench.run('lesson.start', { name: 'Caps' });
    const [a, b, canvas] = bench.photos.entries.map(({ id }) => id) as [number, number, number];
    bench.run('lesson.good', { ids: [a] });
    bench.run('lesson.add-class', { name: 'pit' });
    bench.run('lesson.add-class', { name: 'crack' });
    // The second one lies off the photo in part.
    bench.run('lesson.mark', { photo: b, region: box(8) });
    bench.run('lesson.mark', { photo: b, region: { ...box(316), y: 4 } });
    bench.run('lesson.choose-class', { id: 1 });
    bench.run('lesson.mark', { photo: canvas, region: box(100) });
    expect(bench.run('lesson.export-coco')).toBe(true);
    await until(() => saved.length > 0);
    expect([saved[0]!.name, bench.state.troubles]).toEqual(['Caps.coco.zip', []]);

    const files = await contents(new File([saved[0]!.file], 'x.zip'));
    expect([...files.keys()].sort()).toEqual([
      'annotations.json',
      'images/A (2).PNG',
      'images/a.png',
      'images/canvas.png',
    ]);
    const coco = JSON.parse(new TextDecoder().decode(files.get('annotations.json'))) as {
      images: object[];
      annotations: {
        segmentation: { size: [number, number]; counts: string };
        bbox: number[];
        area: number;
      }[];
      categories: object[];
    };
    expect(coco.images).toEqual([
      { id: 1, file_name: 'a.png', width: 320, height: 160 },
      { id: 2, file_name: 'A (2).PNG', width: 320, height: 160 },
      { id: 3, file_name: 'canvas.png', width: 320, height: 160 },
    ]);
    expect(coco.categories).toEqual([
      { id: 1, name: 'pit', supercategory: 'defect' },
      { id: 2, name: 'crack', supercategory: 'defect' },
    ]);
    expect(coco.annotations).toMatchObject([
      { id: 1, image_id: 2, category_id: 2, bbox: [8, 0, 8, 8], area: 64, iscrowd: 0 },
      { id: 2, image_id: 2, category_id: 2, bbox: [316, 4, 4, 8], area: 32, iscrowd: 0 },
      { id: 3, image_id: 3, category_id: 1, bbox: [100, 0, 8, 8], area: 64, iscrowd: 0 },
    ]);
    const mask = decodeRle(segmentationRle(coco.annotations[1]!, { width: 320, height: 160 }));
    expect([mask.reduce((sum, one) => sum + one, 0), mask[4 * 320 + 316]]).toEqual([32, 1]);

    const dataset = await readDataset(await zipSource(saved[0]!.file, 'x.zip'));
    expect(dataset.images.map(({ truths }) => truths.length)).toEqual([0, 2, 1]);
  });

  test('photos that can’t be had are left out, and named', async () => {
    const { bench, page, saved } = await taught();
    Object.assign(page.lessonPictures, {
      file: () => Promise.reject(new DOMException('gone', 'NotReadableError')),
    });
    bench.run('lesson.export-coco');
    await until(() => saved.length > 0);
    expect(banner(bench)?.text).toMatch(/^Not in the dataset of “Gears”: good.png, bad.png\./);
  });
});
