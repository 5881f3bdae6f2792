/** The walk-through: a lesson on generated photos, of which each step is done by doing. */
import type { walkSteps } from '../../messages/lesson-panel-text.js';
import type { Message } from '../../messages/message.js';
import type { Region } from '../../core/types.js';
import { marksOf, type Lesson } from './lesson.js';
import type { TeachingState } from './state.js';

/** A photo of the walk-through, and what there is to see on it. */
export interface WalkPhoto {
  /** In the list. */
  readonly id: number;
  readonly isGood: boolean;
  /** Whether it is learnt from; else it is for trying what was learnt. */
  readonly isTaught: boolean;
  readonly marks: readonly { readonly classId: number; readonly region: Region }[];
}

export type WalkStep =
  | { readonly kind: 'good'; readonly photos: readonly number[] }
  | { readonly kind: 'mark'; readonly photo: number; readonly classId: number }
  /** Another photo of each kind of defect. */
  | { readonly kind: 'mark-more'; readonly photos: readonly number[] }
  | { readonly kind: 'learn' }
  /** The one of these about which it is least sure is marked, or called good. */
  | { readonly kind: 'correct'; readonly photos: readonly number[] }
  | { readonly kind: 'learn-again' }
  /** One of these is shown on which it has found something. */
  | { readonly kind: 'look'; readonly photos: readonly number[] }
  | { readonly kind: 'done' };

export interface WalkState {
  /** What the parts are called: `anodised cap`. */
  readonly part: string;
  readonly photos: readonly WalkPhoto[];
  readonly steps: readonly WalkStep[];
  /** Index of the one that is to be done now. */
  readonly at: number;
  /** The photo about which it was least sure; undefined until all have been inspected, or where there is none. */
  readonly unsure?: number;
  /** Whether all photos have been inspected by what was learnt last. */
  readonly isInspected: boolean;
  /** Whether the photo that is shown at the end is one on which it has found something. */
  readonly hasFound: boolean;
}

type Taught = Pick<TeachingState, 'lesson' | 'learning' | 'isOutdated'>;

/**
 * One good photo by itself, the others at once; one photo of each kind of defect by itself, the others at once; learn, correct, learn
 * again, look.
 */
export function stepsOf(photos: readonly WalkPhoto[]): readonly WalkStep[] {
  const taught = photos.filter(({ isTaught }) => isTaught);
  const good = taught.filter(({ isGood }) => isGood).map(({ id }) => id);
  const marked = taught
    .filter(({ isGood }) => !isGood)
    .map(({ id, marks: [mark] }) => ({ photo: id, ...mark! }));
  const isFirst = ({ classId }: { classId: number }, i: number) =>
    marked.findIndex((one) => one.classId === classId) === i;
  const more = marked.filter((one, i) => !isFirst(one, i)).map(({ photo }) => photo);
  const tries = photos.filter(({ isTaught }) => !isTaught).map(({ id }) => id);
  const steps: readonly WalkStep[] = [
    { kind: 'good', photos: good.slice(0, 1) },
    { kind: 'good', photos: good.slice(1) },
    ...marked.filter(isFirst).map(({ photo, classId }): WalkStep => ({ kind: 'mark', photo, classId })),
    { kind: 'mark-more', photos: more },
    { kind: 'learn' },
    { kind: 'correct', photos: tries },
    ...(tries.length > 0 ? [{ kind: 'learn-again' } as const] : []),
    { kind: 'look', photos: tries },
    { kind: 'done' },
  ];
  return steps.filter((step) => !('photos' in step) || step.photos.length > 0);
}

/**
 * Whether a step is done, or can't be done any more because its photos are gone. Marking has no end by itself: it is done when another photo is
 * shown.
 */
export function isStepDone(
  step: WalkStep,
  { lesson, learning, isOutdated }: Taught,
  { unsure }: Pick<WalkState, 'unsure'>,
  currentId: number | undefined,
  isThere: (photo: number) => boolean,
): boolean {
  const isLeft = (photo: number) => marksOf(lesson, photo).length > 0 && currentId !== photo;
  switch (step.kind) {
    case 'good':
      return step.photos.every((id) => !isThere(id) || lesson.photos.get(id)?.isGood);
    case 'mark':
      return !isThere(step.photo) || isLeft(step.photo);
    case 'mark-more':
      return step.photos.every((id) => !isThere(id) || isLeft(id));
    case 'correct':
      if (unsure === undefined) return !step.photos.some(isThere);
      return !isThere(unsure) || lesson.photos.get(unsure)?.isGood === true || isLeft(unsure);
    case 'learn':
    case 'learn-again':
      return learning.kind === 'learnt' && !isOutdated;
    case 'look':
      return !step.photos.some(isThere);
    case 'done':
      return false;
  }
}

/** What is to be done now; data, of which a sentence is made where a person reads it. */
export function walkMessage(
  walk: WalkState,
  { lesson, learning }: Taught,
  hasKeys: boolean,
): Message<typeof walkSteps> {
  const { part, steps, at, hasFound, isInspected } = walk;
  const step = steps[at]!;
  const nameOf = (classId: number) => lesson.classes.find(({ id }) => id === classId)?.name ?? '';
  if (isMarked(walk, lesson)) return { reason: 'marked' };
  switch (step.kind) {
    case 'good':
      return at === 0
        ? { reason: 'first-good', params: { part, hasKeys } }
        : { reason: 'other-good', params: { photos: step.photos.length, hasKeys } };
    case 'mark':
      return { reason: 'mark', params: { name: nameOf(step.classId), hasKeys } };
    case 'mark-more':
      return { reason: 'mark-more', params: { photos: step.photos.length } };
    case 'learn':
    case 'learn-again':
      return { reason: learning.kind === 'learning' ? LEARNING[step.kind] : step.kind };
    case 'correct': {
      const unsure = unsureOf(walk);
      if (!unsure) return { reason: isInspected ? 'sure' : 'inspecting' };
      const [mark] = unsure.marks;
      return mark
        ? { reason: 'correct-mark', params: { name: nameOf(mark.classId) } }
        : { reason: 'correct-good', params: { hasKeys } };
    }
    case 'look':
      return { reason: 'looking' };
    case 'done':
      return { reason: hasFound ? 'found' : 'done' };
  }
}

const LEARNING = { learn: 'learning', 'learn-again': 'learning-again' } as const;

/** The photo that is to be corrected. */
export const unsureOf = ({ photos, unsure }: WalkState): WalkPhoto | undefined =>
  photos.find(({ id }) => id === unsure);

/** Whether what is to be marked in this step is marked, and may be marked further. */
export function isMarked(walk: WalkState, lesson: Lesson): boolean {
  const step = walk.steps[walk.at]!;
  const has = (photo: number) => marksOf(lesson, photo).length > 0;
  switch (step.kind) {
    case 'mark':
      return has(step.photo);
    case 'mark-more':
      return step.photos.every(has);
    case 'correct':
      return walk.unsure !== undefined && has(walk.unsure);
    default:
      return false;
  }
}
