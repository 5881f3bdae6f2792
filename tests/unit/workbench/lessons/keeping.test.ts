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
  bench.run('lesson.good', { ids: [teaching(bench).lesson.photos.keys().next().value!] });
  expect(teaching(bench).isSaved).toBe(false);
  bench.run('edit.undo');
  expect([teaching(bench).isSaved, bench.state.keptLessons?.length]).toEqual([true, 1]);
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
      await put(...given);
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
    const { bench, lessonStorage } = await taught();
    lessonStorage.error = new DOMException('', 'QuotaExceededError');
    bench.run('lesson.save', { keep: 'photos' });
    await until(() => banner(bench) !== undefined);
    expect(banner(bench)?.text).toMatch(
      /^The lesson was not stored: the browser's storage for this page is full/,
    );
    expect([teaching(bench).isSaved, teaching(bench).key, bench.hasUnsaved]).toEqual([
      false,
      undefined,
      true,
    ]);
    lessonStorage.error = undefined;
    bench.run('lesson.save', { keep: 'photos' });
    await until(() => lessonStorage.lessons.size > 0);
    expect(teaching(bench).isSaved).toBe(true);
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

test('taking up a lesson can be undone', async () => {
  const { lessonStorage } = await saved('features');
  const { bench } = await reopened(lessonStorage);
  bench.run('edit.undo');
  expect(bench.state.teaching).toBeUndefined();
  bench.run('edit.redo');
  expect(teaching(bench).lesson.photos.size).toBe(2);
});
