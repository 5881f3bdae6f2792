/** The walk-through: a lesson on generated photos, of which each step is done by doing. */
import type { walkSteps } from '../../messages/lesson-panel-text.js';
import type { Message } from '../../messages/message.js';
import type { Region } from '../../core/types.js';
import { marksOf } from './lesson.js';
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
  | { readonly kind: 'learn' }
  | { readonly kind: 'look'; readonly photos: readonly number[] }
  | { readonly kind: 'done' };

export interface WalkState {
  /** What the parts are called: `anodised cap`. */
  readonly part: string;
  readonly photos: readonly WalkPhoto[];
  readonly steps: readonly WalkStep[];
  /** Index of the one that is to be done now. */
  readonly at: number;
}

type Taught = Pick<TeachingState, 'lesson' | 'learning'>;

/** One good photo by itself, the others at once; each photo with a defect; learn; look. */
export function stepsOf(photos: readonly WalkPhoto[]): readonly WalkStep[] {
  const taught = photos.filter(({ isTaught }) => isTaught);
  const good = taught.filter(({ isGood }) => isGood).map(({ id }) => id);
  const steps: readonly WalkStep[] = [
    { kind: 'good', photos: good.slice(0, 1) },
    { kind: 'good', photos: good.slice(1) },
    ...taught.flatMap(({ id, isGood, marks }): readonly WalkStep[] =>
      isGood || !marks[0] ? [] : [{ kind: 'mark', photo: id, classId: marks[0].classId }],
    ),
    { kind: 'learn' },
    { kind: 'look', photos: photos.filter(({ isTaught }) => !isTaught).map(({ id }) => id) },
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
  { lesson, learning }: Taught,
  currentId: number | undefined,
  isThere: (photo: number) => boolean,
): boolean {
  switch (step.kind) {
    case 'good':
      return step.photos.every((id) => !isThere(id) || lesson.photos.get(id)?.isGood);
    case 'mark':
      return !isThere(step.photo) || (marksOf(lesson, step.photo).length > 0 && currentId !== step.photo);
    case 'learn':
      return learning.kind === 'learnt';
    case 'look':
      return !step.photos.some(isThere) || (currentId !== undefined && step.photos.includes(currentId));
    case 'done':
      return false;
  }
}

/** What is to be done now; data, of which a sentence is made where a person reads it. */
export function walkMessage(
  { part, steps, at }: WalkState,
  { lesson, learning }: Taught,
  hasKeys: boolean,
): Message<typeof walkSteps> {
  const step = steps[at]!;
  switch (step.kind) {
    case 'good':
      return at === 0
        ? { reason: 'first-good', params: { part, hasKeys } }
        : { reason: 'other-good', params: { photos: step.photos.length, hasKeys } };
    case 'mark': {
      if (isMarked(step, lesson)) return { reason: 'marked' };
      const name = lesson.classes.find(({ id }) => id === step.classId)?.name ?? '';
      return { reason: 'mark', params: { name, hasKeys } };
    }
    case 'learn':
      return { reason: learning.kind === 'learning' ? 'learning' : 'learn' };
    case 'look':
      return { reason: 'look' };
    case 'done':
      return { reason: 'done' };
  }
}

/** Whether there is a mark on the photo of a step that is about marking. */
export const isMarked = (step: WalkStep, lesson: TeachingState['lesson']): boolean =>
  step.kind === 'mark' && marksOf(lesson, step.photo).length > 0;
