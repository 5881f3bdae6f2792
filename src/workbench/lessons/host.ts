/** What teaching needs of the workbench around it. */
import type { InspectorError } from '../../core/errors.js';
import type { Announcement } from '../../messages/text.js';
import type { PhotoBatch } from '../batch/photo-batch.js';
import type { Edit } from '../history.js';
import type { Learnt, TeachingState } from './state.js';
import type { Teacher } from './teacher.js';

export interface LessonHost {
  readonly store: {
    readonly state: TeachingState | undefined;
    update(teaching: TeachingState | undefined): void;
  };
  readonly photos: PhotoBatch;
  /** Shows a photo, unless it is shown. */
  show(photo: number): void;
  note(edit: Edit): void;
  announce(announcement: Announcement): void;
  /** Tells somebody why what was asked for came to nothing. */
  report(error: InspectorError): void;
  readonly teacher: () => Teacher | undefined;
  /** Inspects all photos by what was learnt, and those that come. */
  use(learnt: Learnt, name: string): void;
  isUsed(learnt: Learnt): boolean;
}
