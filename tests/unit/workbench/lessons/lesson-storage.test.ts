import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { lessonStorage } from '../../../../src/workbench/lessons/lesson-storage.js';
import type { PackedLesson } from '../../../../src/workbench/lessons/package.js';

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

test('a lesson comes back as it was kept', async () => {
  expect(await lessonStorage.list()).toEqual([]);
  await lessonStorage.put('k', LESSON);
  expect(await lessonStorage.list()).toMatchObject([
    { key: 'k', name: 'Gears', good: 1, marked: 1, keeping: 'thumbnails' },
  ]);
  const [{ bytes } = { bytes: 0 }] = await lessonStorage.list();
  // Numbers, marks, photo, thumbnail and model.
  expect(bytes).toBe(8 + 8 + 5 + 5 + 5);
  const back = (await lessonStorage.load('k'))!;
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
  await lessonStorage.put('k', LESSON);
  await lessonStorage.put('k2', { ...LESSON, name: 'Other' });
  await lessonStorage.put('k', { ...LESSON, photos: LESSON.photos.slice(0, 1) });
  expect((await lessonStorage.load('k'))!.photos).toHaveLength(1);
  expect((await lessonStorage.load('k2'))!.photos[1]!.file!.size).toBe(5);
  await lessonStorage.rename('k2', 'Third');
  expect((await lessonStorage.load('k2'))!.name).toBe('Third');
  await lessonStorage.delete('k2');
  expect([await lessonStorage.load('k2'), (await lessonStorage.list()).length]).toEqual([undefined, 1]);
  await lessonStorage.rename('gone', 'x');
  expect(await lessonStorage.load('gone')).toBeUndefined();
});
