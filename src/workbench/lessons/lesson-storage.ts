import { change, requireDenied } from '../../model/database.js';
import { filePatience } from '../../model/in-time.js';
import { readKept, withKept, WORKBENCH } from '../storage/workbench-database.js';
import { aboutLesson, bytesOf, type LessonStorage, type PackedLesson, type PackedPhoto } from './package.js';
import type { StoredFile, StoredPhoto, StoredLesson } from './stored-lesson.js';

const STORES = ['lessons', 'lessonContents', 'lessonPhotos'] as const;

/** In this browser. */
export const lessonStorage: LessonStorage = {
  async list() {
    try {
      const all = await readKept((database) => database.getAll('lessons'));
      return all.sort((a, b) => (a.saved < b.saved ? 1 : -1));
    } catch (cause) {
      requireDenied(cause);
      return [];
    }
  },

  async load(key) {
    const kept = await readKept(async (database) => {
      const about = await database.get('lessons', key);
      const content = await database.get('lessonContents', key);
      return about && content && { about, content };
    });
    if (!kept) return undefined;
    const { about, content } = kept;
    const stored = await withKept(
      (database) => database.getAll('lessonPhotos', photosOf(key)),
      filePatience(about.bytes),
    );
    const { learnt, photos, ...rest } = content;
    return {
      ...rest,
      name: about.name,
      photos: photos.map((photo, i) => ({ ...photo, ...unpackedPhoto(stored[i] ?? {}) })),
      ...(learnt && { learnt: { ...learnt, model: toFile(learnt.model) } }),
    };
  },

  async put(key, lesson) {
    // Whatever has to be waited for comes before the transaction, which would end meanwhile.
    const photos = await Promise.all(lesson.photos.map(storedPhoto));
    const content = await storedLesson(lesson);
    await change(
      WORKBENCH,
      STORES,
      async (transaction) => {
        const store = transaction.objectStore('lessonPhotos');
        await store.delete(photosOf(key));
        for (const [i, photo] of photos.entries()) await store.put(photo, photoKey(key, i));
        await transaction.objectStore('lessonContents').put(content, key);
        await transaction.objectStore('lessons').put(aboutLesson(key, lesson, new Date().toISOString()), key);
      },
      filePatience(bytesOf(lesson)),
    );
  },

  rename: (key, name) =>
    change(WORKBENCH, ['lessons'], async ({ store }) => {
      const about = await store.get(key);
      if (about) await store.put({ ...about, name }, key);
    }),

  delete: (key) =>
    change(WORKBENCH, STORES, async (transaction) => {
      await transaction.objectStore('lessonPhotos').delete(photosOf(key));
      await transaction.objectStore('lessonContents').delete(key);
      await transaction.objectStore('lessons').delete(key);
    }),
};

/** In the order of the lesson's photos. */
const photoKey = (key: string, place: number): string => `${key}/${String(place).padStart(6, '0')}`;
const photosOf = (key: string): IDBKeyRange => IDBKeyRange.bound(`${key}/`, `${key}/\uffff`);

async function storedPhoto({ features, file, thumbnail }: PackedPhoto): Promise<StoredPhoto> {
  return {
    ...(features && { features }),
    ...(file && { file: await stored(file) }),
    ...(thumbnail && { thumbnail: await stored(thumbnail) }),
  };
}

async function storedLesson({ photos, learnt, ...rest }: PackedLesson): Promise<StoredLesson> {
  return {
    ...rest,
    photos: photos.map(({ features: _, file: __, thumbnail: ___, ...said }) => said),
    ...(learnt && { learnt: { ...learnt, model: await stored(learnt.model) } }),
  };
}

function unpackedPhoto({ features, file, thumbnail }: StoredPhoto): Partial<PackedPhoto> {
  return {
    ...(features && { features }),
    ...(file && { file: toFile(file) }),
    ...(thumbnail && { thumbnail: toFile(thumbnail) }),
  };
}

const stored = async (file: Blob): Promise<StoredFile> => ({
  bytes: await file.arrayBuffer(),
  type: file.type,
  ...(file instanceof File && { name: file.name }),
});

const toFile = ({ bytes, type, name = '' }: StoredFile): File => new File([bytes], name, { type });
