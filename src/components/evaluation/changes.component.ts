import { css, html, type TemplateResult } from 'lit';
import type { FalseAlarmChanges, TruthChanges } from '../../core/evaluation/comparison.js';
import { text } from '../../messages/evaluation-text.js';
import type { CaseChoice, CaseRequest } from '../../workbench/evaluation/cases.js';
import type { Changes } from '../../workbench/evaluation/evaluator-api.js';
import type { Evaluated } from '../../workbench/evaluation/state.js';
import { controls } from '../shared/controls.styles.js';
import { panel } from './panel.styles.js';
import { StyledElement } from '../shared/styled-element.js';

interface Tone {
  /** Whose detections are shown: the model that reported something. */
  readonly place: 0 | 1;
  readonly tone: 'better' | 'worse' | 'same';
}

interface Row extends Tone {
  readonly title: string;
  readonly count: number;
  readonly choice: CaseChoice;
}

const TRUTHS: readonly (Tone & { readonly change: keyof TruthChanges })[] = [
  { change: 'fixed', place: 1, tone: 'better' },
  { change: 'broken', place: 0, tone: 'worse' },
  { change: 'foundByBoth', place: 1, tone: 'same' },
  { change: 'missedByBoth', place: 1, tone: 'same' },
];

const FALSE_ALARMS: readonly (Tone & { readonly change: keyof FalseAlarmChanges })[] = [
  { change: 'gone', place: 0, tone: 'better' },
  { change: 'added', place: 1, tone: 'worse' },
  { change: 'kept', place: 1, tone: 'same' },
];

/**
 * @summary What the second model does otherwise, defect by defect and false alarm by false alarm.
 *
 * @event cases-open - `CaseRequest`: what is behind a number is asked for.
 */
export class DefectModelChanges extends StyledElement {
  static override styles = [
    controls,
    panel,
    css`
      .lists {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(240px, 1fr));
        gap: 12px 32px;
        margin-top: 10px;
      }

      li {
        display: flex;
        align-items: center;
        gap: 10px;
        padding: 3px 0;
      }

      li button {
        min-width: 56px;
        font-variant-numeric: tabular-nums;
      }

      .better::before {
        content: '▲';
        color: var(--defect-accent);
      }

      .worse::before {
        content: '▼';
        color: var(--defect-danger);
      }

      .same::before {
        content: '=';
        color: var(--defect-muted);
      }

      li::before {
        width: 1.2em;
        font-size: var(--defect-text-xs);
        text-align: center;
      }
    `,
  ];

  static override properties = { evaluated: { attribute: false }, changes: { attribute: false } };

  declare evaluated: readonly Evaluated[];
  declare changes: Changes | undefined;

  constructor() {
    super();
    this.evaluated = [];
  }

  override render(): TemplateResult {
    const [first, second] = this.evaluated;
    if (!this.changes || !first || !second) return html``;
    const { truths, falseAlarms } = this.changes;
    return html`
      <h3>${text.changes.title(first.model, second.model)}</h3>
      <p class="quiet">${text.changes.about(first.photos.length)}</p>
      <div class="lists">
        ${this.renderList(
          text.changes.truths,
          TRUTHS.map(({ change, ...row }) => ({
            ...row,
            title: text.changes.truths[change],
            count: truths[change].length,
            choice: { kind: 'truths', change },
          })),
        )}
        ${this.renderList(
          text.changes.falseAlarms,
          FALSE_ALARMS.map(({ change, ...row }) => ({
            ...row,
            title: text.changes.falseAlarms[change],
            count: falseAlarms[change].length,
            choice: { kind: 'falseAlarms', change },
          })),
        )}
      </div>
    `;
  }

  private renderList(
    { title, count }: { readonly title: string; readonly count: (changes: number) => string },
    rows: readonly Row[],
  ): TemplateResult {
    return html`<div>
      <h4>${title}</h4>
      <ul>
        ${rows.map(
          (row) =>
            html`<li class=${row.tone}>
              <button
                type="button"
                aria-label="${count(row.count)} ${row.title}"
                ?disabled=${row.count === 0}
                @click=${() => this.open(row)}
              >
                ${row.count}
              </button>
              <span>${row.title}</span>
            </li>`,
        )}
      </ul>
    </div>`;
  }

  private open({ place, choice }: Row): void {
    const detail: CaseRequest = { place, choice };
    this.dispatchEvent(new CustomEvent<CaseRequest>('cases-open', { detail }));
  }
}
