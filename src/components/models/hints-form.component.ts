import { css, html, type TemplateResult } from 'lit';
import type { ModelClass, ModelHints } from '../../core/types.js';
import { text } from '../../messages/models-text.js';
import { controls } from '../shared/controls.styles.js';
import { formText } from '../shared/form-text.js';
import { fields } from '../shared/fields.styles.js';
import { StyledElement } from '../shared/styled-element.js';

/** One name per line, or separated by commas. */
export function parseClassNames(typed: string): readonly string[] {
  return typed
    .split(/[\n,]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/**
 * @summary What a person can say about a model file that doesn't say it itself.
 *
 * @event hints-change - `ModelHints`
 */
export class DefectHintsForm extends StyledElement {
  static override styles = [
    controls,
    fields,
    css`
      form {
        display: grid;
        gap: 10px;
        justify-items: start;
        margin-top: 10px;
      }

      label {
        display: grid;
        gap: 4px;
        width: 100%;
      }

      textarea {
        min-height: 6em;
        resize: vertical;
      }

      input {
        width: 10em;
      }
    `,
  ];

  static override properties = { hints: { attribute: false }, classes: { attribute: false } };

  declare hints: ModelHints | undefined;
  /** Those of the model in use. */
  declare classes: readonly ModelClass[];

  constructor() {
    super();
    this.classes = [];
  }

  override render(): TemplateResult {
    return html`<details>
      <summary>${text.hints}</summary>
      <form @submit=${this.onSubmit}>
        <label>
          ${text.classNames}
          <textarea
            name="classes"
            spellcheck="false"
            .value=${this.hints?.classes?.join('\n') ?? ''}
            placeholder=${this.classes.map(({ name }) => name).join('\n')}
          ></textarea>
        </label>
        <label>
          ${text.shortSide}
          <input
            name="shortSide"
            type="number"
            inputmode="numeric"
            min="32"
            max="4096"
            .value=${String(this.hints?.shortSide ?? '')}
          />
        </label>
        <button>${text.applyHints}</button>
      </form>
    </details>`;
  }

  private onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    const classes = parseClassNames(formText(event, 'classes'));
    const shortSide = Number(formText(event, 'shortSide'));
    const detail: ModelHints = {
      ...(classes.length > 0 && { classes }),
      ...(shortSide > 0 && { shortSide }),
    };
    this.dispatchEvent(new CustomEvent<ModelHints>('hints-change', { detail }));
  }
}
