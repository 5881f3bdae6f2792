import type { LitElement } from 'lit';
import { InspectorError } from '../../core/errors.js';

export interface DialogElement extends LitElement {
  readonly isOpen: boolean;
  show(): void | Promise<void>;
  close(): void;
}

/**
 * Opens or closes a dialog, whichever is wanted.
 * @param load fetches what the dialog is made of, where that isn't there from the beginning
 */
export async function showDialog(
  dialog: DialogElement | null,
  isWanted: () => boolean,
  load?: () => Promise<unknown>,
): Promise<void> {
  if (!dialog) return;
  // An element that isn't defined yet hasn't updated either.
  if (!dialog.hasUpdated) {
    if (!isWanted()) return;
    if (openings.has(dialog)) return;
    await open(dialog, load);
  }
  if (isWanted() === dialog.isOpen) return;
  if (isWanted()) await dialog.show();
  else dialog.close();
}

/** Dialogs that are being fetched: whoever asked first opens them, and hears of a failure. */
const openings = new WeakSet<DialogElement>();

async function open(dialog: DialogElement, load?: () => Promise<unknown>): Promise<void> {
  openings.add(dialog);
  try {
    await load?.();
    await dialog.updateComplete;
  } finally {
    openings.delete(dialog);
  }
}

/** Fetched when somebody first asks for it. @throws {InspectorError} 'offline' */
export async function loadModelsDialog(): Promise<void> {
  try {
    await import('../models/models-dialog.js');
  } catch (cause) {
    throw new InspectorError({ code: 'offline', reason: 'models-dialog-not-loaded' }, { cause });
  }
}

/** The same of the evaluation's views. @throws {InspectorError} 'offline' */
export async function loadEvaluationViews(): Promise<void> {
  try {
    await import('../evaluation/evaluation.js');
  } catch (cause) {
    throw new InspectorError({ code: 'offline', reason: 'evaluation-not-loaded' }, { cause });
  }
}
