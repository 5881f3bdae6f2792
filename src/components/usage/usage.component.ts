import { html, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { date, meanTime, text as texts, weekday } from '../../messages/usage-text.js';
import { dayOf, errorCounts, STAGES, totals, type Counts } from '../../workbench/usage/usage.js';
import type { UsageView } from '../../workbench/usage/usage-store.js';
import { controls } from '../shared/controls.styles.js';
import { DialogView } from '../shared/dialog.js';
import { sendCommand } from '../shared/send-command.js';
import { styles } from './usage.styles.js';

/** How far back days are listed. */
const WEEKS = 4;

/**
 * @summary What was counted on this device: times, errors, photos per day.
 *
 * @event defect-command - `usage.export`, `usage.clear`, `dialog.close`.
 */
export class DefectUsage extends DialogView {
  static override styles = [controls, styles];

  static override properties = {
    ...DialogView.properties,
    view: { attribute: false },
    isAsking: { state: true },
  };

  declare view: UsageView;
  /** Whether everything is really to be deleted. */
  declare private isAsking: boolean;

  constructor() {
    super();
    this.view = { usage: { days: [] } };
    this.isAsking = false;
  }

  protected override readonly dialog = 'usage';

  override render(): TemplateResult {
    const { usage, problem } = this.view;
    const all = totals(usage);
    return html`<dialog
      aria-labelledby="title"
      @click=${this.clicked}
      @close=${this.closed}
      @keydown=${(event: KeyboardEvent) => event.stopPropagation()}
    >
      <h2 id="title">${texts.title}</h2>
      <p>${texts.promise}</p>
      <div role="status">${problem ? html`<p class="problem">${texts.problems[problem]}</p>` : nothing}</div>
      ${
        all.since === undefined
          ? html`<p class="quiet">${texts.nothing}</p>`
          : [this.renderSum(all, all.since), renderTimes(all), renderErrors(all), this.renderDays()]
      }
      <footer>${this.isAsking ? this.renderQuestion() : this.renderActions()}</footer>
    </dialog>`;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('isOpen') && !this.isOpen) this.isAsking = false;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    // The safe answer has the focus first; then it goes back to where it was.
    if (changed.get('isAsking') !== undefined && this.isOpen) {
      this.renderRoot.querySelector<HTMLElement>(this.isAsking ? '.keep' : '.clear')?.focus();
    }
  }

  private renderSum({ photos }: Counts, since: string): TemplateResult {
    return html`<section>
      <table aria-labelledby="title">
        <tbody>
          <tr>
            <th scope="row">${texts.since}</th>
            <td>${date(since)}</td>
          </tr>
          <tr>
            <th scope="row">${texts.photos}</th>
            <td>${photos}</td>
          </tr>
        </tbody>
      </table>
    </section>`;
  }

  private renderDays(): TemplateResult {
    const first = dayOf(new Date(), WEEKS * 7 - 1);
    const days = this.view.usage.days.filter(({ day, photos }) => day >= first && photos > 0);
    const most = Math.max(...days.map(({ photos }) => photos));
    return html`<section>
      <h3 id="days">${texts.days({ weeks: WEEKS })}</h3>
      ${
        days.length === 0
          ? html`<p class="quiet">${texts.noDays}</p>`
          : html`<table aria-labelledby="days">
              <thead>
                <tr>
                  <th scope="col">${texts.day}</th>
                  <th scope="col">${texts.photosOfDay}</th>
                  <td aria-hidden="true"></td>
                </tr>
              </thead>
              <tbody>
                ${days.toReversed().map(
                  ({ day, photos }) =>
                    html`<tr>
                      <th scope="row">${weekday(day)}</th>
                      <td>${photos}</td>
                      <td class="bar" aria-hidden="true">${bar(photos / most)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>`
      }
    </section>`;
  }

  private renderActions(): TemplateResult {
    return html`
      <button type="button" @click=${() => sendCommand(this, 'usage.export', { format: 'csv' })}>
        ${texts.csv}
      </button>
      <button type="button" @click=${() => sendCommand(this, 'usage.export', { format: 'json' })}>
        ${texts.json}
      </button>
      <button type="button" class="clear" @click=${() => (this.isAsking = true)}>${texts.clear}</button>
      <button type="button" class="primary" ?autofocus=${this.isOpen} @click=${() => this.close()}>
        ${texts.close}
      </button>
    `;
  }

  private renderQuestion(): TemplateResult {
    return html`
      <p>${texts.question}</p>
      <button type="button" class="danger" @click=${this.onDelete}>${texts.delete}</button>
      <button type="button" class="keep" @click=${() => (this.isAsking = false)}>${texts.keep}</button>
    `;
  }

  private onDelete(): void {
    this.isAsking = false;
    sendCommand(this, 'usage.clear');
  }
}

function renderTimes({ photos, time }: Counts): TemplateResult {
  return html`<section>
    <h3 id="times">${texts.times}</h3>
    <table aria-labelledby="times">
      <thead>
        <tr>
          <th scope="col">${texts.stage}</th>
          <th scope="col">${texts.mean}</th>
        </tr>
      </thead>
      <tbody>
        ${STAGES.map(
          (stage) =>
            html`<tr>
              <th scope="row">${texts.stages[stage]}</th>
              <td>${meanTime(time[stage], photos)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function renderErrors(counts: Counts): TemplateResult {
  const errors = errorCounts(counts);
  return html`<section>
    <h3 id="errors">${texts.errors}</h3>
    ${
      errors.length === 0
        ? html`<p class="quiet">${texts.noErrors}</p>`
        : html`<table aria-labelledby="errors">
            <thead>
              <tr>
                <th scope="col">${texts.code}</th>
                <th scope="col">${texts.count}</th>
              </tr>
            </thead>
            <tbody>
              ${errors.map(
                ([code, count]) =>
                  html`<tr>
                    <th scope="row">${code}</th>
                    <td>${count}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }
  </section>`;
}

/** The page's policy allows no inline style, so that the length is an attribute. */
const bar = (share: number) =>
  html`<svg aria-hidden="true">
    ${svg`<rect width="${(share * 100).toFixed(1)}%" height="100%" rx="2" />`}
  </svg>`;
