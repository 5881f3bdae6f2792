import { css, html, LitElement, type TemplateResult } from 'lit';
import type { Change } from '../../core/evaluation/comparison.js';
import { controls } from '../shared/controls.styles.js';
import type { CaseList } from '../../workbench/evaluation/cases.js';
import { plural } from '../../workbench/messages/sentences.js';
import { panel } from './panel.styles.js';
import type { Compared, Evaluated } from '../../workbench/evaluation/session.js';

interface Row {
  readonly title: string;
  readonly changes: readonly Change[];
  /** Whose detections are shown: the model that reported something. */
  readonly place: 0 | 1;
  readonly tone: 'better' | 'worse' | 'same';
}

/**
 * @summary What the second model does otherwise, defect by defect and false alarm by false alarm.
 *
 * @event cases-open - `CaseList`: what is behind a number is asked for.
 */
export class DefectModelChanges extends LitElement {
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

  static override properties = { evaluated: { attribute: false }, compared: { attribute: false } };

  declare evaluated: readonly Evaluated[];
  declare compared: Compared | undefined;

  constructor() {
    super();
    this.evaluated = [];
  }

  override render(): TemplateResult {
    const [first, second] = this.evaluated;
    if (!this.compared || !first || !second) return html``;
    const { truths, falseAlarms } = this.compared;
    return html`
      <h3>A: ${first.model.name} ${first.model.version} → B: ${second.model.name} ${second.model.version}</h3>
      <p class="quiet">Each at its own thresholds, on the same ${first.photos.length} photos.</p>
      <div class="lists">
        ${this.renderList('Defects', 'defect', [
          { title: 'fixed: found by B only', changes: truths.fixed, place: 1, tone: 'better' },
          { title: 'broken: found by A only', changes: truths.broken, place: 0, tone: 'worse' },
          { title: 'found by both', changes: truths.foundByBoth, place: 1, tone: 'same' },
          { title: 'found by neither', changes: truths.missedByBoth, place: 1, tone: 'same' },
        ])}
        ${this.renderList('False alarms', 'false alarm', [
          { title: 'gone: raised by A only', changes: falseAlarms.gone, place: 0, tone: 'better' },
          { title: 'new: raised by B only', changes: falseAlarms.added, place: 1, tone: 'worse' },
          { title: 'raised by both', changes: falseAlarms.kept, place: 1, tone: 'same' },
        ])}
      </div>
    `;
  }

  private renderList(title: string, one: string, rows: readonly Row[]): TemplateResult {
    return html`<div>
      <h4>${title}</h4>
      <ul>
        ${rows.map(
          (row) =>
            html`<li class=${row.tone}>
              <button
                type="button"
                aria-label="${plural(row.changes.length, one)} ${row.title}"
                ?disabled=${row.changes.length === 0}
                @click=${() => this.open(title, row)}
              >
                ${row.changes.length}
              </button>
              <span>${row.title}</span>
            </li>`,
        )}
      </ul>
    </div>`;
  }

  private open(what: string, { title, changes, place }: Row): void {
    const cases = changes.flatMap(({ first, second }) => (place === 0 ? first : second) ?? []);
    const detail: CaseList = { title: `${what} ${title}`, place, cases };
    this.dispatchEvent(new CustomEvent<CaseList>('cases-open', { detail }));
  }
}
