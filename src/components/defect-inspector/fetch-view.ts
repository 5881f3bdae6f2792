import { InspectorError } from '../../core/errors.js';
import type { ErrorData } from '../../core/errors.js';
import type { Dialog } from '../../workbench/state.js';
import type { ProgramParts } from './program-parts.js';

/** A dialog, or the panel of a lesson. */
export type FetchedView = Dialog | 'lesson';

/** The views that are fetched when somebody first asks for them. */
const FETCHED: Partial<Record<FetchedView, readonly [fetch: () => Promise<unknown>, failed: ErrorData]>> = {
  models: [
    () => import('../models/models-dialog.js'),
    { code: 'offline', reason: 'models-dialog-not-loaded' },
  ],
  evaluation: [
    () => import('../evaluation/evaluation.js'),
    { code: 'offline', reason: 'evaluation-not-loaded' },
  ],
  lesson: [() => import('../lesson/lesson.js'), { code: 'offline', reason: 'teaching-not-loaded' }],
  usage: [() => import('../usage/usage.js'), { code: 'offline', reason: 'usage-not-loaded' }],
};

/**
 * Fetches what a view is made of; its element shows itself then.
 * @param takeBack is told the reason of an earlier failure, which is over once the view is there
 * @throws {InspectorError} 'offline'
 */
export async function fetchView(
  view: FetchedView,
  parts: ProgramParts,
  takeBack: (reason: string) => void,
): Promise<void> {
  const fetched = FETCHED[view];
  if (!fetched) return;
  const [fetch, failed] = fetched;
  try {
    await parts.fetch(fetch);
    takeBack(failed.reason);
  } catch (cause) {
    throw new InspectorError(failed, { cause });
  }
}
