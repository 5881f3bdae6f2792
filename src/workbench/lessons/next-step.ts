/** What a person who teaches had best do next. */
import { ENOUGH } from '../../core/teach/enough.js';
import type { lessonSteps } from '../../messages/lesson-panel-text.js';
import type { Message } from '../../messages/message.js';
import { countTaught, learntOf, type Keeping, type TeachingState } from './state.js';

export type NextStep = Message<typeof lessonSteps>;

/** What the sentence depends on, besides the lesson. */
export interface Surroundings {
  /** In the list. */
  readonly photos: number;
  /** Whether letters are keys by themselves, and there is a keyboard. */
  readonly hasKeys: boolean;
}

/** The one thing to do next; data, of which a sentence is made where a person reads it. */
export function nextStep(
  { lesson, learning, isOutdated }: Pick<TeachingState, 'lesson' | 'learning' | 'isOutdated'>,
  { photos, hasKeys }: Surroundings,
): NextStep {
  const { good, marked } = countTaught(lesson);
  const isLearning = learning.kind === 'learning';
  if (learning.kind === 'failed' && !isOutdated) return { reason: 'failed' };
  // It is learnt again in the background while somebody marks on.
  if (learntOf(learning)) return { reason: isOutdated && !isLearning ? 'learn-again' : 'look' };
  if (isLearning) return { reason: 'learning' };
  if (photos === 0) return { reason: 'add-photos' };
  if (good === 0) return { reason: 'first-good', params: { hasKeys } };
  if (good < ENOUGH.good) return { reason: 'more-good', params: { left: ENOUGH.good - good, hasKeys } };
  if (marked === 0) return { reason: 'first-mark', params: { hasKeys } };
  if (marked < ENOUGH.marked) return { reason: 'more-marks', params: { left: ENOUGH.marked - marked } };
  return { reason: 'learn' };
}

/** Whether it can be kept in that way: without the photos, all of them must have been learnt from. */
export function canKeep(
  { lesson, features }: Pick<TeachingState, 'lesson' | 'features'>,
  keeping: Keeping,
): boolean {
  const ids = [...lesson.photos.keys()];
  return ids.length > 0 && (keeping === 'photos' || ids.every((id) => features.photos.has(String(id))));
}

export const canExportModel = ({ learning }: Pick<TeachingState, 'learning'>): boolean =>
  learntOf(learning) !== undefined;

/** Whether there is anything to learn from, by what is said of photos alone. */
export function canLearn({ lesson, learning }: Pick<TeachingState, 'lesson' | 'learning'>): boolean {
  return learning.kind !== 'learning' && lesson.photos.size > 0;
}
