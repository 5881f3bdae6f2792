import { css, html, nothing, type TemplateResult } from 'lit';
import { classColor } from '../../core/colors.js';
import type { ClassMapping, MappedClass } from '../../core/evaluation/class-mapping.js';
import type { ModelClass } from '../../core/types.js';
import { text } from '../../messages/evaluation-text.js';
import { controls } from '../shared/controls.styles.js';
import { sendCommand } from '../shared/send-command.js';
import { panel } from './panel.styles.js';
import { StyledElement } from '../shared/styled-element.js';

/**
 * @summary What the dataset's classes are to the model.
 *
 * @event defect-command - `evaluation.map`
 */
export class DefectClassMapping extends StyledElement {
  static override styles = [
    controls,
    panel,
    css`
      td {
        text-align: start;
      }

      td.number {
        text-align: end;
      }

      summary {
        padding: 4px 0;
      }
    `,
  ];

  static override properties = {
    place: { type: Number },
    mapping: { attribute: false },
    classes: { attribute: false },
    counted: { attribute: false },
  };

  /** Of the model, among those that are compared. */
  declare place: number;
  declare mapping: ClassMapping;
  /** The model's. */
  declare classes: readonly ModelClass[];
  /** Defects of each of the dataset's classes. */
  declare counted: ReadonlyMap<string, number>;

  constructor() {
    super();
    this.place = 0;
    this.mapping = new Map();
    this.classes = [];
    this.counted = new Map();
  }

  override render(): TemplateResult | typeof nothing {
    const { mapping } = this;
    if (mapping.size === 0) return nothing;
    const open = [...mapping.values()].filter((to) => to === 'other').length;
    return html`<details ?open=${open > 0}>
      <summary>
        ${text.mapping.matched({ part: mapping.size - open, whole: mapping.size })}${open > 0 ? html` · <b class="few">${text.mapping.open(open)}</b>` : nothing}
      </summary>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col"><span class="hidden-text">${text.mapping.datasetClass}</span></th>
              <th scope="col">${text.mapping.defects}</th>
              <th scope="col"><span class="hidden-text">${text.mapping.modelClass}</span></th>
            </tr>
          </thead>
          <tbody>
            ${Array.from(mapping, ([name, to]) => this.renderRow(name, to, this.counted.get(name) ?? 0))}
          </tbody>
        </table>
      </div>
      ${this.renderUnused()}
    </details>`;
  }

  private renderRow(name: string, to: MappedClass, count: number): TemplateResult {
    const color = typeof to === 'number' ? classColor(this.classes, to) : 'transparent';
    return html`<tr>
      <th scope="row"><span class="swatch" .style=${`--swatch: ${color}`}></span>${name}</th>
      <td class="number">${count}</td>
      <td>
        <select
          aria-label=${text.mapping.whatIs(name)}
          @change=${(event: Event) => this.onChange(name, event)}
        >
          ${this.classes.map(
            ({ id, name: own }) =>
              html`<option value=${id} ?selected=${to === id}>${text.mapping.is(own)}</option>`,
          )}
          <option value="other" ?selected=${to === 'other'}>${text.mapping.other}</option>
          <option value="left-out" ?selected=${to === 'left-out'}>${text.mapping.leftOut}</option>
        </select>
      </td>
    </tr>`;
  }

  private renderUnused(): TemplateResult | typeof nothing {
    const used = new Set(this.mapping.values());
    const unused = this.classes.filter(({ id }) => !used.has(id)).map(({ name }) => name);
    if (unused.length === 0) return nothing;
    return html`<p class="quiet">${text.mapping.unused(unused)}</p>`;
  }

  private onChange(name: string, { target }: Event): void {
    const { value } = target as HTMLSelectElement;
    const to: MappedClass = value === 'other' || value === 'left-out' ? value : Number(value);
    sendCommand(this, 'evaluation.map', { place: this.place, name, to });
  }
}
