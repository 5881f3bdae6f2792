import { css, html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { controls } from '../shared/controls.styles.js';
import { DialogView } from '../shared/dialog.js';
import { sendCommand } from '../shared/send-command.js';
import { text } from '../../messages/text.js';
import { KEYS, LESSON_KEYS, type KeyRow } from '../../workbench/commands/keys.js';

/**
 * @summary The list of keys.
 *
 * @event defect-command - `dialog.close`: it has been closed. `keys.letters`.
 */
export class DefectKeysDialog extends DialogView {
  static override styles = [
    controls,
    css`
      dialog {
        width: min(480px, calc(100vw - 32px));
        max-height: calc(100dvh - 32px);
        padding: 20px 24px 0;
        overflow: auto;
        border: 1px solid var(--defect-border);
        border-radius: 10px;
        background: var(--defect-surface);
        color: var(--defect-text);
        box-shadow: var(--defect-shadow);
      }

      dialog::backdrop {
        background: rgb(0 0 0 / 0.4);
      }

      h2 {
        margin: 0 0 12px;
        font-size: var(--defect-text-xl);
      }

      h3 {
        margin: 0 0 8px;
        font-size: var(--defect-text-m);
      }

      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 8px 20px;
        margin: 0 0 16px;
      }

      dd {
        margin: 0;
      }

      label {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: var(--defect-control);
        font-weight: 500;
        cursor: pointer;
      }

      label input {
        flex: none;
        width: 18px;
        height: 18px;
        margin: 0;
        accent-color: var(--defect-accent);
      }

      label + p {
        margin-block: 0;
        margin-inline: 26px 0;
        color: var(--defect-muted);
        font-size: var(--defect-text-s);
      }

      /* In sight however long the list is, so that the focus on it scrolls nothing. */
      form {
        position: sticky;
        bottom: 0;
        padding: 12px 0 16px;
        background: var(--defect-surface);
      }

      kbd {
        display: inline-block;
        min-width: 1.8em;
        margin-inline-end: 4px;
        padding: 1px 6px;
        border: 1px solid var(--defect-border-strong);
        border-bottom-width: 2px;
        border-radius: 4px;
        background: var(--defect-sunken);
        font: inherit;
        font-size: var(--defect-text-s);
        text-align: center;
      }
    `,
  ];

  static override properties = {
    ...DialogView.properties,
    hasLetters: { attribute: false },
    isTeaching: { attribute: false },
  };

  /** Whether letters, digits and signs are keys by themselves. */
  declare hasLetters: boolean;
  /** Whether somebody teaches: then other keys go before. */
  declare isTeaching: boolean;

  constructor() {
    super();
    this.hasLetters = true;
    this.isTeaching = false;
  }

  protected override readonly dialog = 'keys';

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="title" @click=${this.clicked} @close=${this.closed}>
      <h2 id="title">${text.keys.title}</h2>
      ${
        this.isTeaching
          ? html`<h3>${text.keys.lesson}</h3>
              ${renderKeys(LESSON_KEYS)}
              <h3>${text.keys.otherwise}</h3>`
          : nothing
      }
      ${renderKeys(KEYS)}
      <label
        ><input
          type="checkbox"
          aria-describedby="about"
          .checked=${live(this.hasLetters)}
          @change=${this.onLetters}
        />${text.keys.letters}</label
      >
      <p id="about">${text.keys.aboutLetters}</p>
      <form method="dialog">
        <button class="primary" ?autofocus=${this.isOpen}>${text.keys.close}</button>
      </form>
    </dialog>`;
  }

  private readonly onLetters = (event: Event): void => {
    sendCommand(this, 'keys.letters', { isOn: (event.target as HTMLInputElement).checked });
  };
}

const renderKeys = (rows: readonly Pick<KeyRow, 'keys' | 'help'>[]): TemplateResult =>
  html`<dl>
    ${rows.map(
      ({ keys, help }) =>
        html`<dt>${keys.map((key) => html`<kbd>${key}</kbd>`)}</dt>
          <dd>${text.keys.help[help]}</dd>`,
    )}
  </dl>`;
