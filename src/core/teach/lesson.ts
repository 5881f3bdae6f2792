/** What a person teaches: photos, as a network sees them, and what is marked in them. */
import type { Size } from '../rect.js';
import type { Region } from '../types.js';
import type { CellView, TurnedView } from './cells.js';

export interface Mark {
  readonly classId: number;
  /** In photo pixels. */
  readonly region: Region;
}

export interface LessonPhoto extends Size {
  /** For sentences. */
  readonly name: string;
  /** Called good as a whole: there is no defect in it. */
  readonly isGood: boolean;
  /** All defects that there are, unless the photo is good. */
  readonly marks: readonly Mark[];
  /** What covers the photo: one view, or tiles. All of one lesson have as many numbers per cell. */
  readonly views: readonly CellView[];
  /** Examples from the photo turned in one way, and in another: each is covered as the photo is. */
  readonly turned?: readonly (readonly TurnedView[])[];
}

export interface LessonClass {
  readonly id: number;
  readonly name: string;
}

export interface Lesson {
  readonly classes: readonly LessonClass[];
  readonly photos: readonly LessonPhoto[];
}

export const marksOf = ({ marks }: LessonPhoto, classId: number): readonly Mark[] =>
  marks.filter((mark) => mark.classId === classId);
