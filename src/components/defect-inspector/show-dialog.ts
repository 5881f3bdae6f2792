import type { LitElement } from 'lit';

interface DialogElement extends LitElement {
  readonly isOpen: boolean;
  show(): void | Promise<void>;
  close(): void;
}

/** Opens or closes a dialog, whichever is wanted. */
export async function showDialog(dialog: DialogElement | null, isWanted: () => boolean): Promise<void> {
  if (!dialog) return;
  if (!dialog.hasUpdated) {
    if (!isWanted()) return;
    await dialog.updateComplete;
  }
  if (isWanted() === dialog.isOpen) return;
  if (isWanted()) await dialog.show();
  else dialog.close();
}
