import { InspectorError } from '../../core/errors.js';
import { change, requireDenied } from '../../model/database.js';
import { readDeviceStorage } from '../../model/device-storage.js';
import { filePatience } from '../../model/in-time.js';
import { readKept, withKept, WORKBENCH } from '../storage/workbench-database.js';
import {
  aboutLesson,
  bytesOf,
  newKey,
  type LessonStorage,
  type PackedLesson,
  type PackedPhoto,
  type Stored,
} from './package.js';
import { KEEPINGS, type KeptLesson } from './state.js';
import { STORED_FORMAT, type StoredFile, type StoredPhoto, type StoredLesson } from './stored-lesson.js';

const STORES = ['lessons', 'lessonContents', 'lessonPhotos'] as const;

/** On which tabs tell each other the keys of lessons that have changed. */
const CHANNEL = 'defect-inspector-lessons';

/** In this browser. */
export const lessonStorage: LessonStorage = {
  async list() {
    try {
      const all = await readKept(async (database) => {
        const { store } = database.transaction('lessons');
        const [keys, entries] = await Promise.all([store.getAllKeys(), store.getAll()]);
        return entries.map((entry, i) => understood(keys[i]!, entry));
      });
      return all.sort((a, b) => (a.saved < b.saved ? 1 : -1));
    } catch (cause) {
      requireDenied(cause);
      return [];
    }
  },

  async load(key) {
    const bytes = await readKept(async (database) => (await database.get('lessons', key))?.bytes);
    const kept = await withKept(
      async (database) => {
        // In one transaction: another tab may store it anew meanwhile.
        const transaction = database.transaction(STORES);
        const [about, content, photos] = await Promise.all([
          transaction.objectStore('lessons').get(key),
          transaction.objectStore('lessonContents').get(key),
          transaction.objectStore('lessonPhotos').getAll(photosOf(key)),
        ]);
        return about && { about: understood(key, about), content, photos };
      },
      filePatience(Number(bytes) || 0),
    );
    if (!kept) return undefined;
    const { about, content, photos } = kept;
    const { name, revision } = about;
    const unusable = (reason: 'kept-lesson-damaged' | 'kept-lesson-of-newer-version', cause?: unknown) =>
      new InspectorError({ code: 'lesson-unusable', reason, params: { name } }, { cause });
    if ((content?.format ?? 1) > STORED_FORMAT) throw unusable('kept-lesson-of-newer-version');
    try {
      return { lesson: unpacked(name, content!, photos), revision };
    } catch (cause) {
      throw unusable('kept-lesson-damaged', cause);
    }
  },

  async put(key, lesson, over) {
    // Whatever has to be waited for comes before the transaction, which would end meanwhile.
    const photos = await Promise.all(lesson.photos.map(storedPhoto));
    const content = await storedLesson(lesson);
    const stored = await change(
      WORKBENCH,
      STORES,
      async (transaction): Promise<Stored> => {
        const lessons = transaction.objectStore('lessons');
        const former = await lessons.get(key);
        if (former && former.revision !== over) return { kind: 'newer', kept: understood(key, former) };
        const revision = newKey();
        const store = transaction.objectStore('lessonPhotos');
        await store.delete(photosOf(key));
        for (const [i, photo] of photos.entries()) await store.put(photo, photoKey(key, i));
        await transaction.objectStore('lessonContents').put(content, key);
        const saved = new Date().toISOString();
        await lessons.put(aboutLesson(key, lesson, { saved, revision }), key);
        return { kind: 'stored', revision };
      },
      filePatience(bytesOf(lesson)),
    );
    if (stored.kind === 'stored') tell(key);
    return stored;
  },

  async rename(key, name) {
    const revision = newKey();
    const isThere = await change(WORKBENCH, ['lessons'], async ({ store }) => {
      const about = await store.get(key);
      if (about) await store.put({ ...about, name, revision }, key);
      return about !== undefined;
    });
    tell(key);
    return isThere ? revision : undefined;
  },

  async delete(key) {
    const [about, content, keys, photos] = await change(WORKBENCH, STORES, async (transaction) => {
      const lessons = transaction.objectStore('lessons');
      const contents = transaction.objectStore('lessonContents');
      const photos = transaction.objectStore('lessonPhotos');
      const all = await Promise.all([
        lessons.get(key),
        contents.get(key),
        photos.getAllKeys(photosOf(key)),
        photos.getAll(photosOf(key)),
      ]);
      await Promise.all([lessons.delete(key), contents.delete(key), photos.delete(photosOf(key))]);
      return all;
    });
    tell(key);
    return async (other) => {
      const isFree = await change(
        WORKBENCH,
        STORES,
        async (transaction) => {
          const lessons = transaction.objectStore('lessons');
          if ((await lessons.getKey(other)) !== undefined) return false;
          const store = transaction.objectStore('lessonPhotos');
          for (const [i, photo] of photos.entries())
            await store.put(photo, other + keys[i]!.slice(key.length));
          if (content) await transaction.objectStore('lessonContents').put(content, other);
          if (about) await lessons.put({ ...about, key: other }, other);
          return true;
        },
        filePatience(bytesOf(photos)),
      );
      tell(other);
      return isFree;
    };
  },

  free: async () => (await readDeviceStorage())?.free,

  onChange(listener) {
    if (typeof BroadcastChannel === 'undefined') return;
    new BroadcastChannel(CHANNEL).addEventListener('message', ({ data }: MessageEvent<unknown>) =>
      listener(String(data)),
    );
  },
};

/** It is heard by whoever listens, before the next task of this page. */
function tell(key: string): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(key);
  channel.close();
}

/** What another version has stored, or a device has damaged, doesn't keep the others from being listed. */
function understood(key: string, about: unknown): KeptLesson {
  const number = (value: unknown) => (typeof value === 'number' && value >= 0 ? value : 0);
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const { name, good, marked, keeping, bytes, saved, revision } = Object(about) as Partial<
    Record<keyof KeptLesson, unknown>
  >;
  return {
    ...{ key, name: text(name) || '?', saved: text(saved), revision: text(revision) || undefined },
    ...{ good: number(good), marked: number(marked), bytes: number(bytes) },
    keeping: KEEPINGS.find((one) => one === keeping) ?? 'features',
  };
}

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
    format: STORED_FORMAT,
    photos: photos.map(({ features: _, file: __, thumbnail: ___, ...said }) => said),
    ...(learnt && { learnt: { ...learnt, model: await stored(learnt.model) } }),
  };
}

/** @throws {RangeError | TypeError} where there is less of it than it says */
function unpacked(
  name: string,
  { photos, learnt, format: _, ...rest }: StoredLesson,
  stored: readonly StoredPhoto[],
): PackedLesson {
  if (stored.length !== photos.length) throw new RangeError('Some photos of the lesson are missing.');
  return {
    ...rest,
    name,
    photos: photos.map((photo, i) => ({ ...photo, ...unpackedPhoto(stored[i]!) })),
    ...(learnt && { learnt: { ...learnt, model: toFile(learnt.model) } }),
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
