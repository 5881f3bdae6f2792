import { css, html, nothing, type TemplateResult } from 'lit';
import { text } from '../../messages/evaluation-text.js';
import { failureSentence } from '../../workbench/evaluation/failure-sentence.js';
import { isUnderWay, type RunFailure, type RunState } from '../../workbench/evaluation/state.js';
import { text as shared } from '../../messages/text.js';
import { controls } from '../shared/controls.styles.js';
import { sendCommand } from '../shared/send-command.js';
import { panel } from './panel.styles.js';
import { StyledElement } from '../shared/styled-element.js';

/** So many failures are listed. */
const LISTED = 20;

/**
 * @summary How far a run is, and which photos failed.
 *
 * @event defect-command - `evaluation.pause`, `evaluation.resume`, `evaluation.cancel` or `evaluation.retry`.
 */
export class DefectEvaluationProgress extends StyledElement {
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
    return html`
      ${run.error ? html`<p class="notice error" role="alert">${failureSentence(run.error)}</p>` : nothing}
      ${this.renderState(run)} ${renderFailures(run.failures)} ${this.renderRetry(run)}
    `;
  }

  private renderState(run: RunState): TemplateResult | typeof nothing {
    const { model, done } = run;
    const { total } = this;
    const name = model ? text.model(model) : '';
    if (run.phase === 'cancelled') {
      return html`<p class="notice">${text.progress.stopped({ name, done, total })}</p>`;
    }
    return isUnderWay(run) ? this.renderBar(run, name) : nothing;
  }

  private renderBar({ model, done, timeLeft, isPaused }: RunState, name: string): TemplateResult {
    const { total } = this;
    const time = timeLeft === undefined ? '' : shared.photos.timeLeft(timeLeft);
    return html`<div class="bar">
      <span class="number">${model ? text.progress.done({ name, done, total }) : text.progress.loading}</span>
      <progress aria-label=${text.progress.bar} max=${total} .value=${done}></progress>
      <span class="number quiet">${isPaused ? text.progress.paused : time}</span>
      <button
        type="button"
        @click=${() => sendCommand(this, isPaused ? 'evaluation.resume' : 'evaluation.pause')}
      >
        ${isPaused ? text.progress.resume : text.progress.pause}
      </button>
      <button type="button" @click=${() => sendCommand(this, 'evaluation.cancel')}>
        ${text.progress.stop}
      </button>
    </div>`;
  }

  private renderRetry(run: RunState): TemplateResult | typeof nothing {
    const { phase, left, model } = run;
    // Without a model, everything is still to be done, which the button above says.
    if (isUnderWay(run) || left === 0 || !model) return nothing;
    return html`<button type="button" @click=${() => sendCommand(this, 'evaluation.retry')}>
      ${text.progress.retry({ left, isAfterStop: phase === 'cancelled' })}
    </button>`;
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
