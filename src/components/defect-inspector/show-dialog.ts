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
    await load?.();
    await dialog.updateComplete;
  }
  if (isWanted() === dialog.isOpen) return;
  if (isWanted()) await dialog.show();
  else dialog.close();
}

/** Fetched when somebody first asks for it. @throws {InspectorError} 'offline' */
export async function loadModelsDialog(): Promise<void> {
  try {
    await import('../models/models-dialog.js');
  } catch (cause) {
    throw new InspectorError({ code: 'offline', reason: 'models-dialog-not-loaded' }, { cause });
  }
}
