import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { classColor } from '../../core/colors.js';
import type { ClassMapping, MappedClass } from '../../core/evaluation/class-mapping.js';
import type { ModelClass } from '../../core/types.js';
import type { DatasetImage } from '../../datasets/types.js';
import { controls } from '../shared/controls.styles.js';
import { plural } from '../../workbench/messages/sentences.js';
import { panel } from './panel.styles.js';

/**
 * @summary What the dataset's classes are to the model.
 *
 * @event class-map - `{ name: string, to: MappedClass }`
 */
export class DefectClassMapping extends LitElement {
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
        width: fit-content;
        padding: 4px 0;
        cursor: pointer;
      }
    `,
  ];

  static override properties = {
    mapping: { attribute: false },
    classes: { attribute: false },
    images: { attribute: false },
  };

  declare mapping: ClassMapping;
  /** The model's. */
  declare classes: readonly ModelClass[];
  declare images: readonly DatasetImage[];

  constructor() {
    super();
    this.mapping = new Map();
    this.classes = [];
    this.images = [];
  }

  override render(): TemplateResult | typeof nothing {
    const { mapping } = this;
    if (mapping.size === 0) return nothing;
    const counts = new Map<string, number>();
    for (const { className } of this.images.flatMap(({ truths }) => truths)) {
      counts.set(className, (counts.get(className) ?? 0) + 1);
    }
    const open = [...mapping.values()].filter((to) => to === 'other').length;
    return html`<details ?open=${open > 0}>
      <summary>
        ${`Classes: ${mapping.size - open} of ${mapping.size} matched by name`}${open > 0 ? html` · <b class="few">${open} to look at</b>` : nothing}
      </summary>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col"><span class="hidden-text">Class in the dataset</span></th>
              <th scope="col">defects</th>
              <th scope="col"><span class="hidden-text">Class of the model</span></th>
            </tr>
          </thead>
          <tbody>
            ${Array.from(mapping, ([name, to]) => this.renderRow(name, to, counts.get(name) ?? 0))}
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
          aria-label="What “${name}” is to the model"
          @change=${(event: Event) => this.onChange(name, event)}
        >
          ${this.classes.map(
            ({ id, name: own }) => html`<option value=${id} ?selected=${to === id}>is ${own}</option>`,
          )}
          <option value="other" ?selected=${to === 'other'}>has no class: counts as “any defect” only</option>
          <option value="left-out" ?selected=${to === 'left-out'}>is left out: counts neither way</option>
        </select>
      </td>
    </tr>`;
  }

  private renderUnused(): TemplateResult | typeof nothing {
    const used = new Set(this.mapping.values());
    const unused = this.classes.filter(({ id }) => !used.has(id)).map(({ name }) => name);
    if (unused.length === 0) return nothing;
    const which = plural(unused.length, 'class', 'classes');
    return html`<p class="quiet">
      ${which} of the model without a counterpart (${unused.join(', ')}): what is reported as such is a false
      alarm or a confusion.
    </p>`;
  }

  private onChange(name: string, { target }: Event): void {
    const { value } = target as HTMLSelectElement;
    const to: MappedClass = value === 'other' || value === 'left-out' ? value : Number(value);
    this.dispatchEvent(new CustomEvent('class-map', { detail: { name, to } }));
  }
}
