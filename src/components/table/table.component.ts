import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import { classColor } from '../../core/colors.js';
import type { Detection, ModelClass } from '../../core/types.js';
import { text, write } from '../../messages/text.js';
import { controls } from '../shared/controls.styles.js';
import {
  COLUMN_KEYS,
  DEFAULT_ORDER,
  valueOf,
  type ColumnKey,
  type Order,
} from '../../workbench/results/sorting.js';
import { sendCommand } from '../shared/send-command.js';
import { styles } from './table.styles.js';
import { StyledElement } from '../shared/styled-element.js';

/**
 * @summary The visible defects as a sortable table; its rows and the outlines in the picture are one selection.
 *
 * @event defect-command - `defect.select`, `defect.hover`, `defect.zoom`, `table.sort`.
 */
export class DefectTable extends StyledElement {
  static override styles = [controls, styles];

  static override properties = {
    detections: { attribute: false },
    numbers: { attribute: false },
    classes: { attribute: false },
    selectedId: { attribute: false },
    hoveredId: { attribute: false },
    order: { attribute: false },
  };

  /** In the order in which they are listed. */
  declare detections: readonly Detection[];
  /** What they are called by; their ids by default. */
  declare numbers: ReadonlyMap<Detection, number> | undefined;
  declare order: Order;
  declare classes: readonly ModelClass[];
  declare selectedId: number | undefined;
  declare hoveredId: number | undefined;

  constructor() {
    super();
    this.detections = [];
    this.classes = [];
    this.order = DEFAULT_ORDER;
  }

  /** Whether a row has the focus, which may be gone after the update. */
  private hadFocus = false;

  protected override update(changed: PropertyValues<this>): void {
    this.hadFocus = Boolean(this.shadowRoot?.activeElement?.closest('tbody'));
    super.update(changed);
  }

  protected override updated(changed: PropertyValues<this>): void {
    // With other rows comes another number of the same defect: nobody has asked to see it.
    if (changed.has('selectedId') && !changed.has('detections'))
      this.selectedRow?.scrollIntoView({ block: 'nearest' });
    if (!this.hadFocus) return;
    // The focus goes along with the selection, and never falls out of the table with a row that is gone.
    const isLost = !this.shadowRoot?.activeElement;
    const row = this.renderRoot.querySelector<HTMLElement>('tr[tabindex="0"]');
    if (row && (isLost || changed.has('selectedId'))) row.focus({ preventScroll: true });
    else if (isLost) this.renderRoot.querySelector<HTMLElement>('th button')?.focus({ preventScroll: true });
  }

  override render(): TemplateResult {
    const { detections } = this;
    const digits = digitsOf(detections);
    // One row is in the tab order: the selected one, else the first.
    const reachable = detections.find(({ id }) => id === this.selectedId) ?? detections[0];
    return html`
      <table role="grid" aria-label=${text.table.label} aria-rowcount=${detections.length + 1}>
        <thead>
          <tr>
            ${COLUMN_KEYS.map((key) => this.renderHead(key))}
          </tr>
        </thead>
        <tbody @keydown=${this.onKey} @pointerleave=${() => this.hover(undefined)}>
          ${repeat(
            detections,
            ({ id }) => id,
            (detection) => this.renderRow(detection, detection === reachable, digits),
          )}
        </tbody>
      </table>
    `;
  }

  private renderHead(key: ColumnKey): TemplateResult {
    const isSorted = this.order.key === key;
    const arrow = !isSorted ? '' : this.order.direction === 'ascending' ? '▲' : '▼';
    return html`<th scope="col" class=${key} aria-sort=${isSorted ? this.order.direction : 'none'}>
      <button
        type="button"
        aria-label=${key === 'id' ? text.table.number : nothing}
        @click=${() => sendCommand(this, 'table.sort', { key })}
      >
        <span class="title"
          ><span class="arrow" aria-hidden="true">${arrow}</span>${text.table.titles[key]} </span
        ><span class="unit">${UNITS[key]}</span>
      </button>
    </th>`;
  }

  private renderRow(detection: Detection, isReachable: boolean, digits: Digits): TemplateResult {
    const { id, classId } = detection;
    return html`<tr
      data-id=${id}
      tabindex=${isReachable ? 0 : -1}
      aria-selected=${id === this.selectedId}
      class=${classMap({ hovered: id === this.hoveredId })}
      @click=${() => this.select(id)}
      @dblclick=${() => sendCommand(this, 'defect.zoom', { id })}
      @pointerenter=${() => this.hover(id)}
    >
      ${COLUMN_KEYS.map((key) =>
        key === 'class'
          ? html`<td class="class" title=${detection.className}>
              <span class="swatch" .style=${`--swatch: ${classColor(this.classes, classId)}`}></span
              ><bdi>${detection.className}</bdi>
            </td>`
          : html`<td class=${key}>
              ${key === 'id' ? write.fixed(this.numbers?.get(detection) ?? detection.id, 0) : cellOf(detection, key, digits)}
            </td>`,
      )}
    </tr>`;
  }

  private get selectedRow(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('tr[aria-selected="true"]');
  }

  private onKey(event: KeyboardEvent): void {
    const row = (event.target as HTMLElement).closest<HTMLElement>('tr[data-id]');
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    const { detections } = this;
    const at = detections.findIndex(({ id }) => id === Number(row.dataset.id));
    const targets: Partial<Record<string, number>> = {
      ArrowUp: at - 1,
      ArrowDown: at + 1,
      Home: 0,
      End: detections.length - 1,
    };
    const to = targets[event.key];
    if (to !== undefined) {
      event.preventDefault();
      const target = detections[Math.max(0, Math.min(detections.length - 1, to))];
      if (!target) return;
      this.renderRoot.querySelector<HTMLElement>(`tr[data-id="${target.id}"]`)?.focus();
      this.select(target.id);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      // The selection may be ahead of the focus.
      const id = this.selectedRow ? this.selectedId : Number(row.dataset.id);
      if (!this.selectedRow && id !== undefined) this.select(id);
      sendCommand(this, 'defect.zoom', { id });
    }
  }

  private select(id: number): void {
    sendCommand(this, 'defect.select', { id });
  }

  private hover(id: number | undefined): void {
    if (id !== this.hoveredId) sendCommand(this, 'defect.hover', { id });
  }
}

/** Not every column has one. */
const UNITS: Partial<Record<ColumnKey, string>> = text.table.units;

type Length = 'x' | 'y' | 'width' | 'height' | 'area';
type Digits = Readonly<Record<Length, number>>;

/** Digits behind the point, equal in all of a column: none where all of its values are whole. */
function digitsOf(detections: readonly Detection[]): Digits {
  const digits = (key: Length) => Number(detections.some((one) => !Number.isInteger(valueOf(one, key))));
  return {
    x: digits('x'),
    y: digits('y'),
    width: digits('width'),
    height: digits('height'),
    area: digits('area'),
  };
}

function cellOf(detection: Detection, key: Exclude<ColumnKey, 'class' | 'id'>, digits: Digits): string {
  return key === 'score' ? write.score(detection.score) : write.fixed(valueOf(detection, key), digits[key]);
}
