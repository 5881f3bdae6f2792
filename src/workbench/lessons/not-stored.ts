import { toReason } from '../../core/errors.js';

/** Whether a trouble says that a lesson could not be stored: it is over once the lesson is kept, here or in a file. */
export function isNotStored(trouble: Error): boolean {
  const { reason } = toReason(trouble);
  return reason === 'no-space-for-lesson' || reason === 'lesson-not-stored';
}
