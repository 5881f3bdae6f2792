import { InspectorError } from '../../core/errors.js';
import type { ErrorData } from '../../core/errors.js';
import type { Dialog } from '../../workbench/state.js';

/** The views that are fetched when somebody first asks for them. */
const FETCHED: Partial<Record<Dialog, readonly [fetch: () => Promise<unknown>, failed: ErrorData]>> = {
  models: [
    () => import('../models/models-dialog.js'),
    { code: 'offline', reason: 'models-dialog-not-loaded' },
  ],
  evaluation: [
    () => import('../evaluation/evaluation.js'),
    { code: 'offline', reason: 'evaluation-not-loaded' },
  ],
  usage: [() => import('../usage/usage.js'), { code: 'offline', reason: 'usage-not-loaded' }],
};

/** Fetches what a dialog is made of; its element opens by itself then. @throws {InspectorError} 'offline' */
export async function fetchDialog(dialog: Dialog): Promise<void> {
  const [fetch, failed] = FETCHED[dialog] ?? [];
  try {
    await fetch?.();
  } catch (cause) {
    throw new InspectorError(failed!, { cause });
  }
}
