import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { learntOf } from '../../../../src/workbench/lessons/state.js';
import { file } from '../fake-page.js';
import { announcement, banner } from '../said.js';
import type { MemoryLessons } from './kept.js';
import { FIGURES } from './taught.js';
import { box, settle, taught, teaching, until, visit } from './visits.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

async function saved(keep: 'features' | 'thumbnails' | 'photos') {
  const page = await taught();
  page.bench.run('lesson.save', { keep });
  await until(() => page.lessonStorage.lessons.size > 0);
  return page;
}

/** Another visit of the same browser, in which the lesson is taken up. */
async function reopened(lessonStorage: MemoryLessons, ...photos: string[]) {
  const page = visit(lessonStorage);
  const { bench } = page;
  await settle();
  bench.add(photos.map(file));
  await settle();
  bench.run('lesson.open', { key: bench.state.keptLessons![0]!.key });
  await until(() => bench.state.teaching !== undefined);
  return page;
}

test('nothing is kept unless somebody asks for it', async () => {
  const { bench, lessonStorage } = await taught();
  bench.run('lesson.close');
  await settle();
  expect(lessonStorage.lessons.size).toBe(0);
});

test('what is kept is listed, and counts as saved until it is changed', async () => {
  const { bench } = await saved('photos');
  expect(announcement(bench)).toBe('Gears is saved on this device.');
  expect(bench.state.keptLessons).toMatchObject([{ name: 'Gears', good: 1, marked: 1, keeping: 'photos' }]);
  expect([teaching(bench).isSaved, teaching(bench).key]).toEqual([true, bench.state.keptLessons![0]!.key]);
  expect(teaching(bench).saved).toMatchObject({ isOnDevice: true });
  bench.run('lesson.export');
  await settle();
  expect(teaching(bench).saved).toMatchObject({ isOnDevice: true });
  bench.run('lesson.good', { ids: [teaching(bench).lesson.photos.keys().next().value!] });
  expect(teaching(bench).isSaved).toBe(false);
  bench.run('edit.undo');
  expect([teaching(bench).isSaved, bench.state.keptLessons?.length]).toEqual([true, 1]);
});

describe('while a file of a lesson is packed', () => {
  async function exporting() {
    const page = await taught();
    const { bench, saved: files } = page;
    const { lessonPictures } = bench.ports;
    const { file: pictureFile } = lessonPictures;
    let pack!: () => void;
    const packing = new Promise<void>((resolve) => (pack = resolve));
    const held = vi.spyOn(lessonPictures, 'file').mockImplementation(async (input) => {
      await packing;
      return pictureFile(input);
    });
    bench.run('lesson.export');
    await until(() => held.mock.calls.length > 0);
    const exported = async () => {
      pack();
      await until(() => files.length > 0);
    };
    return { ...page, exported };
  }

  test('it can be saved, and counts as on this device', async () => {
    const { bench, exported } = await exporting();
    bench.run('lesson.save', { keep: 'features' });
    await until(() => teaching(bench).saved !== undefined);
    await exported();
    expect(teaching(bench).saved).toMatchObject({ isOnDevice: true });
  });

  test('another one may fail to be stored, which is said until that one is', async () => {
    const { bench, lessonStorage, exported } = await exporting();
    bench.run('lesson.start', { name: 'Bolts' });
    bench.run('lesson.good');
    lessonStorage.error = new DOMException('', 'UnknownError');
    bench.run('lesson.save', { keep: 'photos' });
    await until(() => banner(bench) !== undefined);
    await exported();
    expect(bench.state.troubles.map(({ data }) => data.reason)).toEqual(['lesson-not-stored']);
  });
});

test('what each way of keeping takes is known once it is learnt', async () => {
  const { bench } = await taught();
  const model = learntOf(teaching(bench).learning)!.model.size;
  // Two photos of 100 numbers each, and files of one byte.
  expect(teaching(bench).sizes).toEqual({
    features: model + 800,
    thumbnails: model + 800 + 12_000,
    photos: model + 2,
  });
});

test('with its photos, they join the list again, and are inspected by what was learnt', async () => {
  const { lessonStorage } = await saved('photos');
  const { bench, teacher } = await reopened(lessonStorage);
  const [good, bad] = bench.photos.entries;
  expect(bench.photos.entries.map(({ name }) => name)).toEqual(['good.png', 'bad.png']);
  expect(teaching(bench)).toMatchObject({
    lesson: { name: 'Gears', classes: [{ id: 1, name: 'defect' }], nextClassId: 2, nextMarkId: 2 },
    learning: { kind: 'learnt', figures: FIGURES },
    isOutdated: false,
    isSaved: true,
  });
  expect([...teaching(bench).lesson.photos]).toEqual([
    [good!.id, { isGood: true }],
    [bad!.id, { isGood: false, marks: [{ id: 1, classId: 1, region: box(8) }] }],
  ]);
  expect([teaching(bench).absent.size, bench.teaching.isInUse]).toEqual([0, true]);
  bench.run('lesson.learn');
  await settle();
  expect(teacher.asked[0]!.options.kept.photos.size).toBe(0);
  expect(teacher.asked[0]!.lesson.good).toEqual([good!.input]);
});

test('without its photos, what was learnt from them is enough to go on', async () => {
  const { lessonStorage } = await saved('thumbnails');
  const { bench, teacher } = await reopened(lessonStorage);
  expect(bench.photos.entries).toEqual([]);
  const ids = [...teaching(bench).lesson.photos.keys()];
  expect(ids.every((id) => id < 0)).toBe(true);
  const [good] = [...teaching(bench).absent.values()];
  expect([good?.name, await good?.thumbnail?.text(), good?.width]).toEqual(['good.png', 't', 320]);
  bench.add([file('new.png')]);
  await settle();
  bench.run('lesson.good');
  bench.run('lesson.learn');
  await settle();
  const { lesson, options } = teacher.asked[0]!;
  expect(options.ids).toEqual([String(ids[0]), String(bench.state.currentId), String(ids[1])]);
  expect([...options.kept.photos.keys()]).toEqual(ids.map(String));
  expect(lesson.marked[0]!.regions).toMatchObject([{ region: box(8) }]);
  expect((lesson.marked[0]!.image as File).name).toBe('bad.png');
});

test('photos of the lesson that are in the list, or come into it, are known again', async () => {
  const { lessonStorage } = await saved('features');
  const { bench } = await reopened(lessonStorage, 'bad.png');
  const [bad] = bench.photos.entries;
  expect([...teaching(bench).lesson.photos.keys()]).toEqual([-1, bad!.id]);
  bench.add([file('good.png')]);
  await until(() => [...teaching(bench).lesson.photos.keys()].every((id) => id > 0));
  const good = bench.photos.entries[1]!;
  expect([...teaching(bench).lesson.photos.keys()]).toEqual([good.id, bad!.id]);
  expect(teaching(bench)).toMatchObject({ isOutdated: false, isSaved: true });
  expect(teaching(bench).features.photos.has(String(good.id))).toBe(true);
});

test('photos that have come into the list stay known when what was changed before is undone', async () => {
  const { lessonStorage } = await saved('features');
  const { bench } = await reopened(lessonStorage, 'bad.png', 'new.png');
  const [bad, other] = bench.photos.entries;
  bench.run('lesson.good', { ids: [other!.id] });
  bench.add([file('good.png')]);
  await until(() => [...teaching(bench).lesson.photos.keys()].every((id) => id > 0));
  const good = bench.photos.entries[2]!;
  bench.run('edit.undo');
  expect([...teaching(bench).lesson.photos.keys()]).toEqual([good.id, bad!.id]);
  expect(teaching(bench)).toMatchObject({ isOutdated: false, isSaved: true });
  bench.run('edit.redo');
  expect([...teaching(bench).lesson.photos.keys()]).toEqual([good.id, bad!.id, other!.id]);
});

test('photos that are not there can be taken out', async () => {
  const { lessonStorage } = await saved('features');
  const { bench } = await reopened(lessonStorage);
  bench.run('lesson.forget', { id: -1 });
  expect(teaching(bench).lesson.photos.size).toBe(1);
  bench.run('edit.undo');
  expect(teaching(bench).lesson.photos.size).toBe(2);
});

test('a lesson that was changed since it was learnt still is when it is taken up', async () => {
  const page = await taught();
  const { bench, good, lessonStorage } = page;
  bench.run('lesson.mark', { photo: good, region: box(20) });
  bench.run('lesson.save', { keep: 'photos' });
  await until(() => lessonStorage.lessons.size > 0);
  const { bench: other } = await reopened(lessonStorage);
  expect(teaching(other)).toMatchObject({ learning: { kind: 'learnt' }, isOutdated: true });
});

test('without the photos, nothing is kept that could not be learnt from', async () => {
  const { bench, lessonStorage } = visit();
  bench.add([file('a.png')]);
  await settle();
  bench.run('lesson.start');
  bench.run('lesson.good');
  bench.run('lesson.save', { keep: 'features' });
  await until(() => banner(bench) !== undefined);
  expect(banner(bench)?.text).toMatch(/“a.png” has not been learnt yet/);
  bench.run('lesson.save', { keep: 'photos' });
  await until(() => lessonStorage.lessons.size > 0);
  expect(teaching(bench).isSaved).toBe(true);
});

describe('lessons on this device', () => {
  test('can be renamed, taught or not', async () => {
    const { bench, lessonStorage } = await saved('photos');
    const { key } = bench.state.keptLessons![0]!;
    bench.run('lesson.rename', { name: 'Wheels', key });
    await until(() => bench.state.keptLessons![0]!.name === 'Wheels');
    expect(teaching(bench).lesson.name).toBe('Wheels');
    const { bench: other } = visit(lessonStorage);
    await settle();
    other.run('lesson.rename', { name: ' Cogs ', key });
    await until(() => other.state.keptLessons![0]!.name === 'Cogs');
    other.run('lesson.open', { key });
    await until(() => other.state.teaching !== undefined);
    expect([teaching(other).lesson.name, teaching(other).isSaved]).toEqual(['Cogs', true]);
    expect(other.run('lesson.rename', { name: ' ', key })).toBe(false);
  });

  test('that is taught is renamed with what is kept of it, and back again', async () => {
    const { bench, lessonStorage } = await saved('photos');
    const { key } = bench.state.keptLessons![0]!;
    const kept = () => lessonStorage.lessons.get(key)!.about.name;
    bench.run('lesson.rename', { name: 'Wheels', key });
    await until(() => kept() === 'Wheels');
    expect(teaching(bench).isSaved).toBe(true);
    bench.run('edit.undo');
    await until(() => kept() === 'Gears');
    expect([teaching(bench).lesson.name, teaching(bench).isSaved]).toEqual(['Gears', true]);
    bench.run('edit.redo');
    await until(() => kept() === 'Wheels');
    expect([teaching(bench).lesson.name, teaching(bench).isSaved]).toEqual(['Wheels', true]);
    bench.run('lesson.close');
    bench.run('lesson.rename', { name: 'Cogs', key });
    await until(() => kept() === 'Cogs');
    bench.run('edit.undo');
    await until(() => kept() === 'Wheels');
  });

  test('can be copied, under a name of their own', async () => {
    const { bench } = await saved('features');
    const { key } = bench.state.keptLessons![0]!;
    for (const copies of [1, 2]) {
      bench.run('lesson.duplicate', { key });
      await until(() => bench.state.keptLessons!.length > copies);
    }
    expect(bench.state.keptLessons!.map(({ name }) => name)).toEqual(['Gears (3)', 'Gears (2)', 'Gears']);
    expect(new Set(bench.state.keptLessons!.map((one) => one.key)).size).toBe(3);
  });

  test('that is taught while it is deleted is saved no more, until that is undone', async () => {
    const { bench, lessonStorage } = await saved('photos');
    const { key } = teaching(bench);
    bench.run('lesson.delete', { key: key! });
    await until(() => bench.state.keptLessons!.length === 0);
    expect([teaching(bench).key, teaching(bench).isSaved, bench.hasUnsaved]).toEqual([
      undefined,
      false,
      true,
    ]);
    bench.run('edit.undo');
    await until(() => bench.state.keptLessons!.length === 1);
    expect([teaching(bench).key, teaching(bench).isSaved]).toEqual([key, true]);
    bench.run('edit.redo');
    await until(() => bench.state.keptLessons!.length === 0);
    bench.run('lesson.save', { keep: 'features' });
    await until(() => bench.state.keptLessons!.length === 1);
    bench.run('edit.undo');
    await until(() => bench.state.keptLessons!.length === 2);
    expect([...lessonStorage.lessons.values()].map(({ about }) => about.keeping)).toEqual([
      'features',
      'photos',
    ]);
  });

  test('keep their places where another one is opened while one is saved', async () => {
    const { bench, lessonStorage } = await taught();
    const put = lessonStorage.put.bind(lessonStorage);
    vi.spyOn(lessonStorage, 'put').mockImplementationOnce(async (...given) => {
      bench.run('lesson.start', { name: 'Other' });
      return put(...given);
    });
    bench.run('lesson.save', { keep: 'photos' });
    await until(() => bench.state.keptLessons?.length === 1);
    expect([teaching(bench).lesson.name, teaching(bench).key]).toEqual(['Other', undefined]);
    bench.run('lesson.good');
    bench.run('lesson.save', { keep: 'photos' });
    await until(() => bench.state.keptLessons?.length === 2);
    expect([...lessonStorage.lessons.values()].map(({ about }) => about.name)).toEqual(['Gears', 'Other']);
  });

  test('are there once, however often they are saved', async () => {
    const { bench, lessonStorage } = await taught();
    bench.run('lesson.save', { keep: 'photos' });
    bench.run('lesson.save', { keep: 'photos' });
    await until(() => bench.state.keptLessons?.length === 1);
    await settle();
    expect(lessonStorage.lessons.size).toBe(1);
  });

  test('can be deleted, and had back', async () => {
    const { lessonStorage } = await saved('features');
    const { bench } = visit(lessonStorage);
    await settle();
    const { key } = bench.state.keptLessons![0]!;
    bench.run('lesson.delete', { key });
    await until(() => bench.state.keptLessons!.length === 0);
    expect([lessonStorage.lessons.size, banner(bench)?.text]).toEqual([
      0,
      'Gears was deleted from this device.',
    ]);
    expect(bench.run('lesson.open', { key })).toBe(false);
    bench.run('edit.undo');
    await until(() => bench.state.keptLessons!.length === 1);
    expect(lessonStorage.lessons.get(key)?.lesson.photos).toHaveLength(2);
  });
});

describe('a storage that fails', () => {
  test('when it is full, says so, and teaching goes on', async () => {
    const { bench, lessonStorage, saved: files } = await taught();
    lessonStorage.error = new DOMException('', 'QuotaExceededError');
    bench.run('lesson.save', { keep: 'features' });
    await until(() => banner(bench) !== undefined);
    expect(banner(bench)?.text).toMatch(
      /^The lesson was not stored: it takes about 0\.0 MB, and the browser's storage for this page is full\. With all photos, it takes about 0\.0 MB\. It stays as it is until this page is closed\. Save it like that, or export it as a file\.$/,
    );
    expect([teaching(bench).isSaved, teaching(bench).key, bench.hasUnsaved]).toEqual([
      false,
      undefined,
      true,
    ]);
    expect(banner(bench)?.buttons).toMatchObject([{ command: 'lesson.export', text: 'Export as a file' }]);
    bench.run('lesson.export');
    await until(() => files.length > 0);
    expect([files[0]!.name, bench.hasUnsaved]).toEqual(['Gears.lesson.zip', false]);
    expect(banner(bench)).toBeUndefined();
    bench.run('lesson.save', { keep: 'photos' });
    await until(() => banner(bench) !== undefined);
    lessonStorage.error = undefined;
    bench.run('lesson.save', { keep: 'photos' });
    await until(() => lessonStorage.lessons.size > 0);
    expect([teaching(bench).isSaved, banner(bench)]).toEqual([true, undefined]);
  });

  test.each([
    [
      'says which way of keeping it fits',
      500,
      /room for about .* more of this page\. With all photos, it takes about .*, which fits\..* Save it like that, or export it/,
    ],
    [
      'says that none does',
      1,
      /With all photos, it takes about [^,]*\. It stays .* Delete lessons or models that are not needed/,
    ],
  ])('when it is full, %s', async (_, room, said) => {
    const { bench, lessonStorage } = await taught();
    lessonStorage.error = new DOMException('', 'QuotaExceededError');
    const { photos, features } = teaching(bench).sizes!;
    expect(photos).toBeLessThan(features);
    lessonStorage.room = room === 1 ? 1 : photos;
    bench.run('lesson.save', { keep: 'features' });
    await until(() => banner(bench) !== undefined);
    expect(banner(bench)?.text).toMatch(said);
  });

  test('when it can’t be read, says so', async () => {
    const { bench, lessonStorage } = await saved('photos');
    lessonStorage.error = new DOMException('', 'UnknownError');
    bench.run('lesson.open', { key: bench.state.keptLessons![0]!.key });
    await until(() => banner(bench) !== undefined);
    expect(banner(bench)?.text).toMatch(/^The lesson could not be read from this device/);
    lessonStorage.error = undefined;
    lessonStorage.lessons.clear();
    bench.run('lesson.open', { key: bench.state.keptLessons![0]!.key });
    await until(() => bench.state.troubles.length > 1);
    expect(banner(bench)?.text).toMatch(/^This lesson is no longer on this device/);
  });
});

describe('a lesson in two tabs', () => {
  /** Both have taken up the same lesson; the second has said something of it and saved it. */
  async function twoTabs() {
    const { lessonStorage } = await saved('photos');
    const tabs = [await reopened(lessonStorage), await reopened(lessonStorage)] as const;
    const [{ bench: one }, { bench: other }] = tabs;
    const key = teaching(one).key!;
    other.run('lesson.add-class', { name: 'theirs' });
    other.run('lesson.save', { keep: 'photos' });
    await until(() => teaching(other).isSaved);
    return { one, other, key, lessonStorage };
  }
  const classesOf = ({ lessons }: MemoryLessons) =>
    [...lessons.values()].map(({ about, lesson }) => [about.name, lesson.classes.at(-1)!.name]);

  test('is said to be changed there, and that one can be taken up', async () => {
    const { one, other } = await twoTabs();
    expect(banner(one)).toMatchObject({
      text: 'Gears was changed in another tab. What you see here is as it was before.',
      buttons: [{ command: 'lesson.open-newer' }],
    });
    expect(teaching(other).newer).toBeUndefined();
    one.run('lesson.open-newer');
    await until(() => teaching(one).lesson.classes.length === 2);
    expect([teaching(one).newer, banner(one)?.text]).toEqual([undefined, undefined]);
  });

  test('that is saved here later replaces nothing unless somebody says so', async () => {
    const { one, lessonStorage } = await twoTabs();
    one.run('lesson.add-class', { name: 'mine' });
    one.run('lesson.save', { keep: 'photos' });
    await until(() => teaching(one).newer?.keeping !== undefined);
    expect(classesOf(lessonStorage)).toEqual([['Gears', 'theirs']]);
    expect(teaching(one).isSaved).toBe(false);
    expect(banner(one)).toMatchObject({
      text: 'Gears was not saved: another tab has saved it since it was opened here. Keep both, or replace that one by this one?',
      buttons: [{ command: 'lesson.keep-both' }, { command: 'lesson.replace' }],
      close: 'Not now',
    });
    one.run('lesson.replace');
    await until(() => teaching(one).isSaved);
    expect([classesOf(lessonStorage), teaching(one).newer]).toEqual([[['Gears', 'mine']], undefined]);
  });

  test('is kept beside the other one under a name of its own, and from then on under that', async () => {
    const { one, key, lessonStorage } = await twoTabs();
    one.run('lesson.add-class', { name: 'mine' });
    one.run('lesson.save', { keep: 'photos' });
    await until(() => teaching(one).newer?.keeping !== undefined);
    one.run('lesson.keep-both');
    await until(() => teaching(one).isSaved);
    expect(classesOf(lessonStorage)).toEqual([
      ['Gears', 'theirs'],
      ['Gears (2)', 'mine'],
    ]);
    expect([teaching(one).lesson.name, teaching(one).key === key]).toEqual(['Gears (2)', false]);
    one.run('lesson.add-class', { name: 'third' });
    one.run('lesson.save', { keep: 'photos' });
    await until(() => teaching(one).isSaved);
    expect(classesOf(lessonStorage)[1]).toEqual(['Gears (2)', 'third']);
  });

  test('that is replaced while the person thinks about it is not replaced again', async () => {
    const { one, other, lessonStorage } = await twoTabs();
    one.run('lesson.add-class', { name: 'mine' });
    one.run('lesson.save', { keep: 'photos' });
    await until(() => teaching(one).newer?.keeping !== undefined);
    const { newer } = teaching(one);
    other.run('lesson.add-class', { name: 'theirs again' });
    other.run('lesson.save', { keep: 'photos' });
    await until(() => teaching(other).isSaved);
    one.run('lesson.replace');
    await until(() => teaching(one).newer !== newer && teaching(one).newer?.keeping !== undefined);
    expect(classesOf(lessonStorage)).toEqual([['Gears', 'theirs again']]);
  });

  test('that is left before it turns out to be newer there is kept beside it', async () => {
    const { one, lessonStorage } = await twoTabs();
    one.run('lesson.add-class', { name: 'mine' });
    one.run('lesson.save', { keep: 'photos' });
    one.run('lesson.start', { name: 'Other' });
    await until(() => lessonStorage.lessons.size === 2);
    expect(classesOf(lessonStorage)).toEqual([
      ['Gears', 'theirs'],
      ['Gears (2)', 'mine'],
    ]);
  });

  test('that is deleted there is saved no more', async () => {
    const { one, other, key, lessonStorage } = await twoTabs();
    other.run('lesson.delete', { key });
    await until(() => !teaching(one).isSaved);
    expect([teaching(one).key, one.hasUnsaved, one.state.keptLessons]).toEqual([undefined, true, []]);
    one.run('lesson.save', { keep: 'photos' });
    await until(() => teaching(one).isSaved);
    // And what comes back there takes nothing's place.
    other.run('edit.undo');
    await until(() => lessonStorage.lessons.size === 2);
  });

  test('that is renamed there is newer, too', async () => {
    const { one, other, key, lessonStorage } = await twoTabs();
    other.run('lesson.rename', { name: 'Wheels', key });
    await until(() => lessonStorage.lessons.get(key)!.about.name === 'Wheels');
    expect([teaching(other).newer, teaching(other).isSaved]).toEqual([undefined, true]);
    one.run('lesson.add-class', { name: 'mine' });
    one.run('lesson.save', { keep: 'photos' });
    await until(() => teaching(one).newer?.keeping !== undefined);
    expect(classesOf(lessonStorage)).toEqual([['Wheels', 'theirs']]);
  });
});

describe('what was asked for is about the lesson that was taught then', () => {
  test('whatever is taught when it is done', async () => {
    const { bench, saved: files, lessonStorage } = await taught();
    bench.run('lesson.save', { keep: 'photos' });
    bench.run('lesson.export');
    bench.run('lesson.export-model');
    bench.run('lesson.start', { name: 'Other' });
    await until(() => lessonStorage.lessons.size > 0 && files.length === 2);
    expect([...lessonStorage.lessons.values()].map(({ about }) => about.name)).toEqual(['Gears']);
    expect(files.map(({ name }) => name).toSorted()).toEqual(['Gears.lesson.zip', 'Gears.onnx']);
    expect(teaching(bench)).toMatchObject({ lesson: { name: 'Other' }, key: undefined });
  });

  test('and another one is not learnt in its place', async () => {
    const { bench, teacher } = visit();
    bench.add([file('a.png')]);
    await settle();
    bench.run('lesson.start', { name: 'One' });
    bench.run('lesson.good');
    bench.run('lesson.learn');
    bench.run('lesson.start', { name: 'Other' });
    bench.run('lesson.good');
    await settle();
    expect(teacher.asked).toEqual([]);
    expect(teaching(bench).learning.kind).toBe('not-yet');
  });

  test('photos that are taken from the list meanwhile are saved', async () => {
    const { bench, lessonStorage } = await taught();
    bench.run('lesson.save', { keep: 'photos' });
    await Promise.resolve();
    bench.run('photos.clear');
    await until(() => lessonStorage.lessons.size > 0);
    const [{ lesson } = { lesson: undefined }] = lessonStorage.lessons.values();
    expect(lesson?.photos.map(({ name }) => name)).toEqual(['good.png', 'bad.png']);
  });

  test('of several that are to be taken up, the last one is', async () => {
    const { bench, lessonStorage } = await saved('photos');
    const gears = bench.state.keptLessons![0]!.key;
    bench.run('lesson.duplicate', { key: gears });
    await until(() => bench.state.keptLessons!.length === 2);
    const copy = bench.state.keptLessons![0]!.key;
    const { bench: other } = visit(lessonStorage);
    await settle();
    const load = lessonStorage.load.bind(lessonStorage);
    vi.spyOn(lessonStorage, 'load').mockImplementationOnce(async (key) => {
      await settle();
      return load(key);
    });
    other.run('lesson.open', { key: gears });
    other.run('lesson.open', { key: copy });
    await until(() => other.state.teaching !== undefined);
    await settle();
    expect([teaching(other).lesson.name, other.state.left]).toEqual(['Gears (2)', undefined]);
    vi.restoreAllMocks();
  });
});

describe('photos are known by their files', () => {
  test('before anybody has inspected them: taken up twice, they are in the list once', async () => {
    const { lessonStorage } = await saved('photos');
    const { bench } = visit(lessonStorage);
    await settle();
    bench.run('photos.pause');
    const [{ key } = { key: '' }] = bench.state.keptLessons!;
    for (let i = 0; i < 2; i++) {
      bench.run('lesson.open', { key });
      await until(() => bench.state.teaching?.key === key);
    }
    await settle();
    expect(bench.photos.entries.map(({ name }) => name)).toEqual(['good.png', 'bad.png']);
  });

  test('saved before they are inspected, they are known again as well', async () => {
    const { bench, lessonStorage } = visit();
    const photos = ['one', 'two'].map((text) => new File([text], `${text}.png`));
    bench.add(photos);
    bench.photos.cancelAll();
    bench.run('lesson.start', { name: 'Gears' });
    bench.run('lesson.good', { ids: bench.photos.entries.map(({ id }) => id) });
    bench.run('lesson.save', { keep: 'photos' });
    await until(() => lessonStorage.lessons.size > 0);
    const [{ lesson } = { lesson: undefined }] = lessonStorage.lessons.values();
    expect(lesson!.photos.map(({ hash }) => hash?.length)).toEqual([64, 64]);
    const { bench: other } = visit(lessonStorage);
    await settle();
    other.add([new File(['two'], 'same.png')]);
    other.photos.cancelAll();
    other.run('lesson.open', { key: other.state.keptLessons![0]!.key });
    await until(() => other.state.teaching !== undefined);
    expect(other.photos.entries.map(({ name }) => name)).toEqual(['same.png', 'one.png']);
    expect([...teaching(other).lesson.photos.keys()].toSorted()).toEqual(
      other.photos.entries.map(({ id }) => id).toSorted(),
    );
  });
});

describe('what is damaged', () => {
  test('says so, and the other lessons go on', async () => {
    const { bench, lessonStorage } = await saved('photos');
    const [key, kept] = [...lessonStorage.lessons][0]!;
    lessonStorage.lessons.set('k2', { ...kept, about: { ...kept.about, key: 'k2', name: 'Torn' } });
    const { bench: other } = visit(lessonStorage);
    await settle();
    for (const photos of [[{ name: 'a.png' }], 7, [{ ...kept.lesson.photos[1], marks: [{}] }]]) {
      lessonStorage.lessons.set('k2', {
        about: { ...kept.about, key: 'k2', name: 'Torn' },
        lesson: { ...kept.lesson, photos: photos as never },
      });
      other.run('lesson.open', { key: 'k2' });
      await until(() => banner(other) !== undefined);
      expect(banner(other)?.text).toMatch(
        /^“Torn” can't be read: what this browser has stored of it is damaged/,
      );
      expect(other.state.teaching).toBeUndefined();
      other.run('notice.dismiss', { subject: other.derived.banners[0]!.close!.subject });
    }
    other.run('lesson.open', { key });
    await until(() => other.state.teaching !== undefined);
    other.run('lesson.delete', { key: 'k2' });
    await until(() => other.state.keptLessons!.length === 1);
    expect(bench.state.keptLessons!.map(({ name }) => name)).toEqual(['Gears']);
  });

  test('one that is gone is listed no more', async () => {
    const { bench, lessonStorage } = await saved('photos');
    const { key } = bench.state.keptLessons![0]!;
    lessonStorage.lessons.clear();
    bench.run('lesson.open', { key });
    await until(() => bench.state.keptLessons!.length === 0);
    expect(banner(bench)?.text).toMatch(/^This lesson is no longer on this device/);
  });
});

describe('the page is left without being asked', () => {
  test('after the lesson was saved, and nothing was changed', async () => {
    const { bench } = await saved('photos');
    await settle();
    expect(bench.photos.entries.every(({ output }) => output)).toBe(true);
    expect(bench.hasUnsaved).toBe(false);
    // What was found in a photo of which the lesson says nothing is in no file.
    bench.add([file('new.png')]);
    await settle();
    expect(bench.hasUnsaved).toBe(true);
  });
});
