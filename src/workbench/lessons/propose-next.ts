import { markNext } from '../../core/teach/mark-next.js';
import type { PhotoEntry } from '../batch/photo-batch.js';
import type { Lesson } from './lesson.js';
import type { Learnt, NextPlace } from './state.js';

/** The places about which a person's answer tells most, on photos that what was learnt has inspected and of which the lesson says nothing. */
export function proposeNext(
  entries: readonly PhotoEntry[],
  lesson: Lesson,
  { hash, lines }: Learnt,
): readonly NextPlace[] {
  const seen = entries.flatMap(({ id, output }) =>
    output?.map && output.model.hash === hash && !lesson.photos.has(id)
      ? { id, map: output.map, isUnlike: (output.novelty ?? 0) > 1 }
      : [],
  );
  const places = markNext(
    seen.map(({ map }) => [map]),
    lines,
  );
  return places.map(({ photo, x, y }) => {
    const { id, isUnlike } = seen[photo]!;
    return { photo: id, x, y, reason: isUnlike ? 'unlike' : 'unsure' };
  });
}
