import { html, nothing, type TemplateResult } from 'lit';
import { chosenFolder } from '../../datasets/folder.js';
import type { Container } from '../../datasets/types.js';
import { text } from '../../messages/evaluation-text.js';
import type { Reading } from '../../workbench/evaluation/state.js';
import { controls } from '../shared/controls.styles.js';
import { icons } from '../shared/icons.js';
import { senderOf } from '../shared/send-command.js';
import { intakeStyles } from './intake.styles.js';
import { renderReading } from './reading.template.js';
import { panel } from './panel.styles.js';
import { StyledElement } from '../shared/styled-element.js';

/**
 * @summary Where a folder or ZIP with annotations is chosen, and what it must hold.
 *
 * @event defect-command - `evaluation.read`: a folder or ZIP was chosen.
 */
export class DefectEvaluationIntake extends StyledElement {
  static override styles = [controls, panel, intakeStyles];

  static override properties = { reading: { attribute: false }, error: {} };

  /** While a folder or ZIP is read. */
  declare reading: Reading | undefined;
  /** Why the last one can't be used. */
  declare error: string;

  private readonly send = senderOf(this);

  constructor() {
    super();
    this.error = '';
  }

  override render(): TemplateResult {
    return html`
      <div role="alert">${this.error ? html`<p class="notice error">${this.error}</p>` : nothing}</div>
      <div class="zone">
        <span class="drop">${icons.drop}</span>
        <h3>${text.intake.title}</h3>
        <p>${text.intake.about}</p>
        ${this.reading ? renderReading(this.reading, this.send) : this.renderButtons()}
        <input
          id="folder"
          type="file"
          hidden
          webkitdirectory
          aria-label=${text.intake.folder}
          @change=${this.onFolder}
        />
        <input
          id="zip"
          type="file"
          hidden
          accept=".zip,application/zip"
          aria-label=${text.intake.zip}
          @change=${this.onZip}
        />
      </div>
      <dl>
        ${text.intake.formats.map(
          ({ name, about }) =>
            html`<dt>${name}</dt>
              <dd>${about}</dd>`,
        )}
      </dl>
    `;
  }

  private renderButtons(): TemplateResult {
    return html`<div class="buttons">
      <button type="button" class="primary" @click=${() => this.open('folder')}>
        ${text.intake.chooseFolder}
      </button>
      <button type="button" @click=${() => this.open('zip')}>${text.intake.chooseZip}</button>
    </div>`;
  }

  private open(id: 'folder' | 'zip'): void {
    this.renderRoot.querySelector<HTMLInputElement>(`#${id}`)!.click();
  }

  private readonly onFolder = ({ target }: Event): void => {
    const files = takeFiles(target as HTMLInputElement);
    if (files.length > 0) this.choose(chosenFolder(files));
  };

  private readonly onZip = ({ target }: Event): void => {
    const [file] = takeFiles(target as HTMLInputElement);
    if (file) this.choose({ name: file.name, zip: file });
  };

  private choose(source: Container): void {
    this.send('evaluation.read', { source });
  }
}

/** The same ones may be chosen again. */
function takeFiles(input: HTMLInputElement): File[] {
  const files = Array.from(input.files ?? []);
  input.value = '';
  return files;
}
