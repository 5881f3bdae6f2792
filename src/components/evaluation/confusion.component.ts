import { css, html, nothing, type TemplateResult } from 'lit';
import type { ConfusionCell } from '../../core/evaluation/confusion.js';
import { text } from '../../messages/evaluation-text.js';
import type { CaseRequest } from '../../workbench/evaluation/cases.js';
import type { Evaluated } from '../../workbench/evaluation/state.js';
import { controls } from '../shared/controls.styles.js';
import { cellTitle, MISSED, NO_DEFECT } from './case-texts.js';
import { panel } from './panel.styles.js';
import { StyledElement } from '../shared/styled-element.js';

/**
 * @summary Which class was taken for which: a row per true class, a column per reported one.
 *
 * @event cases-open - `CaseRequest`: what is behind a cell is asked for.
 */
export class DefectConfusion extends StyledElement {
  static override styles = [
    controls,
    panel,
    css`
      td {
        padding: 1px;
        text-align: center;
      }

      td button {
        width: 100%;
        min-width: 44px;
        min-height: max(28px, var(--defect-target));
        padding: 0 6px;
        border-color: transparent;
        background: color-mix(in srgb, var(--cell) calc(8% + var(--share) * 42%), transparent);
        font-variant-numeric: tabular-nums;
      }

      td button:hover:not(:disabled) {
        border-color: var(--defect-accent);
      }

      thead th {
        max-width: 12ch;
        white-space: normal;
        text-align: center;
      }

      .zero {
        color: var(--defect-muted);
      }
    `,
  ];

  static override properties = { evaluated: { attribute: false }, place: { type: Number }, letter: {} };

  declare evaluated: Evaluated | undefined;
  /** Of the model, among those that are compared. */
  declare place: number;
  /** What the model is called beside another one. */
  declare letter: string;

  constructor() {
    super();
    this.place = 0;
    this.letter = '';
  }

  override render(): TemplateResult {
    const { evaluated } = this;
    if (!evaluated) return html``;
    const { cells } = evaluated.outcome;
    const name = text.model(evaluated.model);
    const isUsed = (id: number) => cells.some(({ predicted, actual }) => predicted === id || actual === id);
    const classes = evaluated.classes.filter(({ id }) => isUsed(id));
    const actual = [...classes.filter(({ id }) => cells.some((cell) => cell.actual === id)), NO_DEFECT];
    const predicted = [...classes.filter(({ id }) => cells.some((cell) => cell.predicted === id)), MISSED];
    return html`
      <div class="scroll" tabindex="0" role="region" aria-label=${text.confusion.matrix(name)}>
        <table>
          <caption>
            ${this.letter ? html`<span class="letter">${this.letter}</span>` : nothing}${name}
          </caption>
          <thead>
            <tr>
              <th scope="col">${text.confusion.corner[0]}<br />${text.confusion.corner[1]}</th>
              ${predicted.map(({ name }) => html`<th scope="col">${name}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${actual.map(
              (row) =>
                html`<tr>
                  <th scope="row">${row.name}</th>
                  ${predicted.map((column) => this.renderCell(cells, row, column))}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    `;
  }

  private renderCell(
    cells: readonly ConfusionCell[],
    row: { readonly id: number; readonly name: string },
    column: { readonly id: number; readonly name: string },
  ): TemplateResult {
    const cell = cells.find(({ predicted, actual }) => predicted === column.id && actual === row.id);
    if (!cell) return html`<td class="zero">${row === NO_DEFECT && column === MISSED ? '' : '0'}</td>`;
    const inRow = cells
      .filter(({ actual }) => actual === row.id)
      .reduce((sum, { cases }) => sum + cases.length, 0);
    const share = cell.cases.length / inRow;
    const color = row.id === column.id ? 'var(--defect-accent)' : 'var(--defect-danger)';
    const title = cellTitle(row, column);
    const choice = { kind: 'cell', predicted: column.id, actual: row.id } as const;
    return html`<td>
      <button
        type="button"
        .style=${`--share: ${share.toFixed(3)}; --cell: ${color}`}
        aria-label=${text.confusion.cell({ cases: cell.cases.length, title })}
        title=${text.confusion.share({ title, share })}
        @click=${() => this.open({ place: this.place, choice })}
      >
        ${cell.cases.length}
      </button>
    </td>`;
  }

  private open(detail: CaseRequest): void {
    this.dispatchEvent(new CustomEvent<CaseRequest>('cases-open', { detail }));
  }
}
