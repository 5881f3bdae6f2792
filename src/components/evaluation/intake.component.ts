import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { chosenSource } from '../../datasets/folder.js';
import type { Source } from '../../datasets/types.js';
import { controls } from '../shared/controls.styles.js';
import { icons } from '../shared/icons.js';
import { intakeStyles } from './intake.styles.js';
import { panel } from './panel.styles.js';

export interface Reading {
  readonly name: string;
  readonly done: number;
  readonly total: number;
}

/**
 * @summary Where a folder or ZIP with annotations is chosen, and what it must hold.
 *
 * @event source-choose - `Source`: a folder was chosen.
 * @event zip-choose - `File`: a ZIP was chosen.
 */
export class DefectEvaluationIntake extends LitElement {
  static override styles = [controls, panel, intakeStyles];

  static override properties = { reading: { attribute: false }, error: {} };

  /** While a folder or ZIP is read. */
  declare reading: Reading | undefined;
  /** Why the last one can't be used. */
  declare error: string;

  constructor() {
    super();
    this.error = '';
  }

  override render(): TemplateResult {
    return html`
      <div role="alert">${this.error ? html`<p class="notice error">${this.error}</p>` : nothing}</div>
      <div class="zone">
        <span class="drop">${icons.drop}</span>
        <h3>How good is the model on your own photos?</h3>
        <p>
          Drop a folder or a ZIP of photos on which the defects are outlined. Every photo is inspected on this
          device and compared with the outlines; nothing is uploaded.
        </p>
        ${
          this.reading
            ? html`<p class="number" role="status">
                  Reading
                  ${this.reading.name}${
                    this.reading.total > 0 ? `: ${this.reading.done} of ${this.reading.total} files` : ''
                  }
                </p>
                <progress
                  aria-label="Reading the annotations"
                  max=${Math.max(1, this.reading.total)}
                  .value=${this.reading.done}
                ></progress>`
            : html`<div class="buttons">
                <button type="button" class="primary" @click=${() => this.open('folder')}>
                  Choose a folder
                </button>
                <button type="button" @click=${() => this.open('zip')}>Choose a ZIP</button>
              </div>`
        }
        <input id="folder" type="file" hidden webkitdirectory aria-label="Folder" @change=${this.onFolder} />
        <input
          id="zip"
          type="file"
          hidden
          accept=".zip,application/zip"
          aria-label="ZIP"
          @change=${this.onZip}
        />
      </div>
      <dl>
        <dt>COCO</dt>
        <dd>One JSON file with polygons or run lengths. An image without annotations is a good part.</dd>
        <dt>LabelMe</dt>
        <dd>
          One JSON file per photo: polygons, rectangles, circles. A photo without a file is a good part.
        </dd>
        <dt>YOLO</dt>
        <dd>
          One text file per photo with outlines, and <code>data.yaml</code> or <code>classes.txt</code> with
          the names. A photo with an empty file, or none, is a good part.
        </dd>
      </dl>
    `;
  }

  private open(id: 'folder' | 'zip'): void {
    this.renderRoot.querySelector<HTMLInputElement>(`#${id}`)!.click();
  }

  private readonly onFolder = ({ target }: Event): void => {
    const files = takeFiles(target as HTMLInputElement);
    if (files.length > 0) {
      this.dispatchEvent(new CustomEvent<Source>('source-choose', { detail: chosenSource(files) }));
    }
  };

  private readonly onZip = ({ target }: Event): void => {
    const [file] = takeFiles(target as HTMLInputElement);
    if (file) this.dispatchEvent(new CustomEvent<File>('zip-choose', { detail: file }));
  };
}

/** The same ones may be chosen again. */
function takeFiles(input: HTMLInputElement): File[] {
  const files = Array.from(input.files ?? []);
  input.value = '';
  return files;
}
