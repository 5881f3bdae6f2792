import { InspectorError } from '../../core/errors.js';
import type { ImageInput } from '../../detector/types.js';
import type { PhotoBatch, PhotoEntry } from '../batch/photo-batch.js';
import type { LessonHost, LessonPictures } from './host.js';
import { marksOf, type Lesson } from './lesson.js';
import { bytesOf, type PackedLesson, type PackedPhoto } from './package.js';
import { learntOf, type Keeping, type TeachingState } from './state.js';

/** Bytes, about, of a thumbnail, and of what is neither a file nor known yet. */
const THUMBNAIL = 6e3;
const UNKNOWN = 1e6;

/** The photos of a lesson that are in the list. */
export function entriesOf(
  { photos }: Lesson,
  list: Pick<PhotoBatch, 'get'>,
): ReadonlyMap<number, PhotoEntry> {
  const entries = new Map<number, PhotoEntry>();
  for (const id of photos.keys()) {
    const entry = list.get(id);
    if (entry) entries.set(id, entry);
  }
  return entries;
}

/**
 * The lesson that is taught, to be kept.
 * @param entries of its photos, those that are in the list
 * @param keeping of these; of the others, what there is
 * @param hashOf by which a photo of the list is known again
 * @throws {InspectorError} 'lesson-unusable' where nothing of a photo would be left to learn from; as decoding does, where a photo
 *   can't be read
 */
export async function packLesson(
  { lesson, learning, isOutdated, absent, features }: TeachingState,
  entries: ReadonlyMap<number, PhotoEntry>,
  pictures: LessonPictures,
  keeping: Keeping,
  hashOf: (entry: PhotoEntry) => Promise<string | undefined>,
): Promise<PackedLesson> {
  const packed: PackedPhoto[] = [];
  for (const [id, { isGood }] of lesson.photos) {
    const entry = entries.get(id);
    const about = entry ?? absent.get(id);
    if (!about) continue;
    const hash = entry ? await hashOf(entry) : absent.get(id)?.hash;
    const { width, height } = entry?.output?.image ?? absent.get(id) ?? {};
    const known = features.photos.get(String(id));
    const file = entry && keeping === 'photos' ? await fileOf(entry.input, pictures, known) : undefined;
    if (!file && !known)
      throw new InspectorError({
        code: 'lesson-unusable',
        reason: 'lesson-photo-not-learnt',
        params: { name: about.name },
      });
    const thumbnail =
      keeping !== 'thumbnails'
        ? undefined
        : entry
          ? await pictures.thumbnail(entry.input).catch(() => undefined)
          : absent.get(id)?.thumbnail;
    packed.push({
      ...{ name: about.name, isGood, marks: marksOf(lesson, id) },
      ...(hash !== undefined && { hash }),
      ...(width !== undefined && height !== undefined && { size: { width, height } }),
      ...(!file && known && { features: known }),
      ...(file && { file }),
      ...(thumbnail && { thumbnail }),
    });
  }
  const { name, classes, nextClassId, nextMarkId } = lesson;
  const learnt = learntOf(learning);
  return {
    ...{ name, classes, nextClassId, nextMarkId, keeping, photos: packed },
    ...(learnt && {
      learnt: {
        ...{ figures: learnt.figures, doubts: learnt.doubts, seconds: learnt.seconds, isOutdated },
        ...(learnt.falseAlarmShare !== undefined && { falseAlarmShare: learnt.falseAlarmShare }),
        model: learnt.model,
      },
    }),
  };
}

/** A photo that can't be read any more is kept by what was learnt from it. */
async function fileOf(
  input: ImageInput,
  pictures: LessonPictures,
  known: object | undefined,
): Promise<Blob | undefined> {
  try {
    const file = await pictures.file(input);
    // Of a file that was moved, only reading it tells.
    await file.slice(0, 1).arrayBuffer();
    return file;
  } catch (error) {
    if (known) return undefined;
    throw error;
  }
}

/** Bytes that each way of keeping the lesson takes, about. */
export function sizesOf(
  { lesson, learning, features }: TeachingState,
  { photos }: Pick<LessonHost, 'photos'>,
): Readonly<Record<Keeping, number>> {
  const model = learntOf(learning)?.model.size ?? 0;
  let [described, files] = [0, 0];
  for (const id of lesson.photos.keys()) {
    const input = photos.get(id)?.input;
    const known = bytesOf(features.photos.get(String(id)));
    described += known;
    files += input === undefined ? known : input instanceof Blob ? input.size : UNKNOWN;
  }
  return {
    features: model + described,
    thumbnails: model + described + lesson.photos.size * THUMBNAIL,
    photos: model + files,
  };
}
