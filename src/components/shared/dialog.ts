import { type PropertyValues } from 'lit';
import type { Dialog } from '../../workbench/state.js';
import { sendCommand } from './send-command.js';
import { StyledElement } from './styled-element.js';

/**
 * A view in a `<dialog>`, which its `render` gives with `@close=${this.closed}`; with `@click=${this.clicked}`, a click beside
 * it closes it. Whether it is open is told by whoever shows it; what a person closes is sent as a command.
 */
export abstract class DialogView extends StyledElement {
  static override properties = { isOpen: { attribute: false } };

  declare isOpen: boolean;

  /** What the workbench calls it. */
  protected abstract readonly dialog: Dialog;

  constructor() {
    super();
    this.isOpen = false;
  }

  close(): void {
    this.isOpen = false;
    sendCommand(this, 'dialog.close', { dialog: this.dialog });
  }

  /** Gives the focus to what has it when the dialog opens. */
  override focus(options?: FocusOptions): void {
    const find = (selector: string) => this.renderRoot.querySelector<HTMLElement>(`dialog ${selector}`);
    (find('[autofocus]') ?? find('button:enabled'))?.focus(options);
  }

  protected override updated(changed: PropertyValues): void {
    const element = this.renderRoot.querySelector('dialog')!;
    if (!changed.has('isOpen') || this.isOpen === element.open) return;
    if (this.isOpen) element.showModal();
    else element.close();
  }

  /** The browser has closed it: somebody has pressed Escape, or sent the form in it. */
  protected closed(): void {
    if (this.isOpen) this.close();
  }

  protected clicked(event: MouseEvent): void {
    // A click beside the dialog, on its backdrop, reports the dialog itself.
    if (event.target === event.currentTarget) this.close();
  }
}
