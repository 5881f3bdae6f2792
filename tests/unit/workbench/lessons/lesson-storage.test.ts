import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { lessonStorage } from '../../../../src/workbench/lessons/lesson-storage.js';
import type { PackedLesson } from '../../../../src/workbench/lessons/package.js';
import { change } from '../../../../src/model/database.js';
import { WORKBENCH } from '../../../../src/workbench/storage/workbench-database.js';
import { emptyDatabases, failCommits, failWrites } from '../../fake-databases.js';

const LESSON: PackedLesson = {
  ...{ name: 'Gears', nextClassId: 2, nextMarkId: 2, keeping: 'thumbnails' },
  classes: [{ id: 1, name: 'pit', color: '#ff0000' }],
  photos: [
    { name: 'a.png', isGood: true, marks: [], features: { values: Float32Array.of(1, 2) } },
    {
      ...{ name: 'b.png', isGood: false, hash: 'ab', size: { width: 3, height: 2 } },
      marks: [
        { id: 1, classId: 1, region: { x: 0, y: 0, width: 1, height: 1, counts: Uint32Array.of(0, 1) } },
      ],
      file: new File(['photo'], 'b.png', { type: 'image/png' }),
      thumbnail: new Blob(['small'], { type: 'image/jpeg' }),
    },
  ],
  learnt: {
    figures: { marked: 1, good: 1, found: 1, falseAlarms: 0, folds: 2 },
    ...{ doubts: [], seconds: 2, isOutdated: false },
    model: new File(['model'], 'Gears.onnx'),
  },
};

beforeEach(emptyDatabases);
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const load = async (key: string) => (await lessonStorage.load(key))!.lesson;

/** Gives the revision that it has then. */
async function put(key: string, lesson: PackedLesson, over?: string): Promise<string> {
  const stored = await lessonStorage.put(key, lesson, over);
  if (stored.kind !== 'stored') throw new Error('There is a newer one.');
  return stored.revision;
}

test('a lesson comes back as it was kept', async () => {
  expect(await lessonStorage.list()).toEqual([]);
  await lessonStorage.put('k', LESSON, undefined);
  expect(await lessonStorage.list()).toMatchObject([
    { key: 'k', name: 'Gears', good: 1, marked: 1, keeping: 'thumbnails' },
  ]);
  const [{ bytes } = { bytes: 0 }] = await lessonStorage.list();
  // Numbers, marks, photo, thumbnail and model.
  expect(bytes).toBe(8 + 8 + 5 + 5 + 5);
  const { lesson: back } = (await lessonStorage.load('k'))!;
  const { photos, learnt, ...rest } = back;
  const { photos: _, learnt: __, ...expected } = LESSON;
  expect(rest).toEqual(expected);
  expect(photos[0]).toEqual(LESSON.photos[0]);
  expect(photos[1]).toMatchObject({
    hash: 'ab',
    size: { width: 3, height: 2 },
    marks: LESSON.photos[1]!.marks,
  });
  const file = photos[1]!.file as File;
  expect([file.name, file.type, await file.text()]).toEqual(['b.png', 'image/png', 'photo']);
  expect([await photos[1]!.thumbnail!.text(), await learnt!.model.text()]).toEqual(['small', 'model']);
});

test('lessons are apart, and in place of one comes another with fewer photos', async () => {
  const revision = await put('k', LESSON);
  await put('k2', { ...LESSON, name: 'Other' });
  await put('k', { ...LESSON, photos: LESSON.photos.slice(0, 1) }, revision);
  expect((await load('k')).photos).toHaveLength(1);
  expect((await load('k2')).photos[1]!.file!.size).toBe(5);
  await lessonStorage.rename('k2', 'Third');
  expect((await load('k2')).name).toBe('Third');
  await lessonStorage.delete('k2');
  expect([await lessonStorage.load('k2'), (await lessonStorage.list()).length]).toEqual([undefined, 1]);
  await lessonStorage.rename('gone', 'x');
  expect(await lessonStorage.load('gone')).toBeUndefined();
});

test('what another tab has stored meanwhile is not replaced', async () => {
  const first = await put('k', LESSON);
  const second = await put('k', { ...LESSON, name: 'Theirs' }, first);
  const outcome = await lessonStorage.put('k', { ...LESSON, name: 'Mine', photos: [] }, first);
  expect(outcome).toMatchObject({ kind: 'newer', kept: { name: 'Theirs', revision: second } });
  expect(await lessonStorage.load('k')).toMatchObject({ revision: second, lesson: { name: 'Theirs' } });
  expect((await load('k')).photos).toHaveLength(2);
  const third = await lessonStorage.rename('k', 'Renamed');
  expect(await lessonStorage.put('k', LESSON, second)).toMatchObject({ kept: { name: 'Renamed' } });
  expect(await put('k', LESSON, third)).not.toBe(third);
  // One that was deleted there takes nobody's place.
  await lessonStorage.delete('k');
  await put('k', LESSON, third);
});

test('what was deleted can be put back, not in place of what has come since', async () => {
  const revision = await put('k', LESSON);
  await put('k1', LESSON);
  const putBack = await lessonStorage.delete('k');
  expect((await lessonStorage.list()).map(({ key }) => key)).toEqual(['k1']);
  await put('k', { ...LESSON, name: 'Other' });
  expect(await putBack('k')).toBe(false);
  expect(await putBack('k3')).toBe(true);
  expect(await lessonStorage.load('k3')).toMatchObject({ revision, lesson: { name: 'Gears' } });
  expect((await load('k3')).photos[1]!.file!.size).toBe(5);
  expect((await load('k')).name).toBe('Other');
});

test('it is read at one time, whatever another tab does meanwhile', async () => {
  const revision = await put('k', LESSON);
  const other = { ...LESSON, name: 'Other', photos: LESSON.photos.slice(1) };
  const [read] = await Promise.all([lessonStorage.load('k'), put('k', other, revision)]);
  expect([
    [LESSON.name, 2, 'a.png'],
    [other.name, 1, 'b.png'],
  ]).toContainEqual([read!.lesson.name, read!.lesson.photos.length, read!.lesson.photos[0]!.name]);
  // Its photos are read with it, not after it.
  const reads = vi.spyOn(IDBDatabase.prototype, 'transaction');
  await lessonStorage.load('k');
  const stores = reads.mock.calls.map(([names]) => [names].flat());
  expect(stores.filter((names) => names.includes('lessonContents'))).toEqual([
    ['lessons', 'lessonContents', 'lessonPhotos'],
  ]);
});

test('tabs tell each other what has changed', async () => {
  const heard: string[] = [];
  lessonStorage.onChange((key) => heard.push(key));
  const revision = await put('k', LESSON);
  await lessonStorage.put('k', LESSON, 'older');
  await lessonStorage.rename('k', 'Wheels');
  await lessonStorage.delete('k');
  await vi.waitFor(() => expect(heard).toEqual(['k', 'k', 'k']));
  expect(revision).not.toBe('');
});

describe('where there is no room', () => {
  const isFull = { name: 'QuotaExceededError' };

  test.each([0, 1, 2, 3])('at write %d of it, nothing of it is stored', async (from) => {
    const revision = await put('k', LESSON);
    failWrites('QuotaExceededError', from);
    await expect(lessonStorage.put('k', { ...LESSON, name: 'Other' }, revision)).rejects.toMatchObject(
      isFull,
    );
    vi.restoreAllMocks();
    expect([(await load('k')).name, (await load('k')).photos.length]).toEqual(['Gears', 2]);
  });

  test('when all was written, nothing of it is stored', async () => {
    const revision = await put('k', LESSON);
    failCommits('QuotaExceededError');
    await expect(lessonStorage.put('k', { ...LESSON, name: 'Other' }, revision)).rejects.toMatchObject(
      isFull,
    );
    vi.restoreAllMocks();
    expect([(await load('k')).name, (await load('k')).photos.length]).toEqual(['Gears', 2]);
  });
});

describe('what can’t be understood', () => {
  const stored = (content: unknown) =>
    change(WORKBENCH, ['lessonContents'], async ({ store }) => {
      await store.put(content as never, 'k');
    });

  test('of a newer version of the page is said to be that', async () => {
    await put('k', LESSON);
    await stored({ format: 2, pages: [] });
    await expect(lessonStorage.load('k')).rejects.toMatchObject({
      code: 'lesson-unusable',
      message: '“Gears” was saved by a newer version of this page. Load this page anew, then open it again.',
    });
  });

  test.each([
    ['is something else', 7],
    ['has lost its photos', { ...LESSON, photos: [{}, {}, {}] }],
  ])('because it %s is damaged', async (_, content) => {
    await put('k', LESSON);
    await stored(content);
    await expect(lessonStorage.load('k')).rejects.toMatchObject({
      code: 'lesson-unusable',
      message: expect.stringMatching(/^“Gears” can't be read: what this browser has stored of it is damaged/),
    });
  });

  test('does not hide the others, and can be deleted', async () => {
    await put('k', LESSON);
    await put('k2', { ...LESSON, name: 'Other' });
    await change(WORKBENCH, ['lessons'], async ({ store }) => {
      await store.put(7 as never, 'k');
    });
    expect((await lessonStorage.list()).map(({ key, name }) => [key, name])).toEqual([
      ['k2', 'Other'],
      ['k', '?'],
    ]);
    await lessonStorage.delete('k');
    expect(await lessonStorage.list()).toHaveLength(1);
  });

  test('of earlier versions is known by having no revision', async () => {
    await put('k', LESSON);
    await change(WORKBENCH, ['lessons'], async ({ store }) => {
      const { revision: _, ...about } = (await store.get('k'))!;
      await store.put(about, 'k');
    });
    const { revision } = (await lessonStorage.load('k'))!;
    expect(revision).toBeUndefined();
    await put('k', { ...LESSON, name: 'Newer' }, revision);
    expect((await load('k')).name).toBe('Newer');
  });
});
