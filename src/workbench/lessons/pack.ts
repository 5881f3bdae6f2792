import { InspectorError } from '../../core/errors.js';
import type { LessonHost } from './host.js';
import { marksOf } from './lesson.js';
import { bytesOf, type PackedLesson, type PackedPhoto } from './package.js';
import { learntOf, type Keeping, type TeachingState } from './state.js';

/** Bytes, about, of a thumbnail, and of what is neither a file nor known yet. */
const THUMBNAIL = 6e3;
const UNKNOWN = 1e6;

type PackHost = Pick<LessonHost, 'photos' | 'pictures'>;

/**
 * The lesson that is taught, to be kept.
 * @param keeping of photos that are in the list; of the others, what there is
 * @throws {InspectorError} 'lesson-unusable' where nothing of a photo would be left to learn from; as decoding does, where a photo
 *   can't be read
 */
export async function packLesson(
  { lesson, learning, isOutdated, absent, features }: TeachingState,
  { photos, pictures }: PackHost,
  keeping: Keeping,
): Promise<PackedLesson> {
  const packed: PackedPhoto[] = [];
  for (const [id, { isGood }] of lesson.photos) {
    const entry = photos.get(id);
    const about = entry ?? absent.get(id);
    if (!about) continue;
    const seen = entry?.output?.image;
    const { hash, width, height } = seen ?? absent.get(id) ?? {};
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
  input: Parameters<PackHost['pictures']['file']>[0],
  pictures: PackHost['pictures'],
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
