import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { text } from '../../messages/evaluation-text.js';
import { failureSentence } from '../../workbench/evaluation/failure-sentence.js';
import type { RunFailure, RunState } from '../../workbench/evaluation/state.js';
import { text as shared } from '../../messages/text.js';
import { controls } from '../shared/controls.styles.js';
import { panel } from './panel.styles.js';

/** So many failures are listed. */
const LISTED = 20;

/**
 * @summary How far a run is, and which photos failed.
 *
 * @event run-cancel - The run is to be stopped; what is done stays.
 */
export class DefectEvaluationProgress extends LitElement {
  static override styles = [
    controls,
    panel,
    css`
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 12px;
      }

      progress {
        flex: 1;
        min-width: 120px;
      }

      details {
        margin-top: 4px;
        font-size: var(--defect-text-s);
      }

      summary {
        width: fit-content;
        cursor: pointer;
      }

      li {
        padding: 2px 0 2px 16px;
        overflow-wrap: anywhere;
      }
    `,
  ];

  static override properties = { run: { attribute: false }, total: { type: Number } };

  declare run: RunState | undefined;
  /** Photos. */
  declare total: number;

  constructor() {
    super();
    this.total = 0;
  }

  override render(): TemplateResult | typeof nothing {
    const { run } = this;
    if (!run) return nothing;
    if (run.error) return html`<p class="notice error" role="alert">${failureSentence(run.error)}</p>`;
    return html`${this.renderState(run)} ${renderFailures(run.failures)}`;
  }

  private renderState({ phase, model, done, timeLeft }: RunState): TemplateResult | typeof nothing {
    const { total } = this;
    const name = model ? text.model(model) : '';
    if (phase === 'cancelled') {
      return html`<p class="notice">${text.progress.stopped({ name, done, total })}</p>`;
    }
    if (phase === 'done') return nothing;
    return html`<div class="bar">
      <span class="number">${model ? text.progress.done({ name, done, total }) : text.progress.loading}</span>
      <progress aria-label=${text.progress.bar} max=${total} .value=${done}></progress>
      <span class="number quiet">${timeLeft === undefined ? '' : shared.photos.timeLeft(timeLeft)}</span>
      <button type="button" @click=${() => this.dispatchEvent(new CustomEvent('run-cancel'))}>
        ${text.progress.stop}
      </button>
    </div>`;
  }
}

function renderFailures(failures: readonly RunFailure[]): TemplateResult | typeof nothing {
  if (failures.length === 0) return nothing;
  const listed = failures.slice(0, LISTED);
  const rest = failures.length - listed.length;
  return html`<details>
    <summary class="few">${text.progress.failed(failures.length)}</summary>
    <ul>
      ${listed.map(
        ({ path, why }) => html`<li>${text.progress.failure({ path, why: failureSentence(why) })}</li>`,
      )}
      ${rest > 0 ? html`<li>${text.progress.andMore(rest)}</li>` : nothing}
    </ul>
  </details>`;
}
