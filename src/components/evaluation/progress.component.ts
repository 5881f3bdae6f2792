import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { controls } from '../shared/controls.styles.js';
import { plural, timeLeftSentence } from '../../workbench/messages/sentences.js';
import { panel } from './panel.styles.js';
import type { RunFailure, RunState } from '../../workbench/evaluation/photo-run.js';

/** A run as it is shown. A new object for every change. */
export interface RunView {
  readonly state: RunState;
  /** Of the model; empty until it is loaded. */
  readonly name: string;
  readonly done: number;
  readonly total: number;
  /** Milliseconds. */
  readonly remaining?: number | undefined;
  readonly failures: readonly RunFailure[];
  readonly error?: string | undefined;
}

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

  static override properties = { view: { attribute: false } };

  declare view: RunView | undefined;

  override render(): TemplateResult | typeof nothing {
    const { view } = this;
    if (!view) return nothing;
    const { state, done, total, failures, name } = view;
    if (state === 'failed') return html`<p class="notice error" role="alert">${view.error}</p>`;
    const isOn = state === 'loading' || state === 'running';
    return html`
      ${
        isOn
          ? html`<div class="bar">
              <span class="number"
                >${state === 'loading' ? 'Loading the model' : `${name}: ${done} of ${total} photos`}</span
              >
              <progress aria-label="Photos inspected" max=${total} .value=${done}></progress>
              <span class="number quiet"
                >${view.remaining === undefined ? '' : timeLeftSentence(view.remaining)}</span
              >
              <button type="button" @click=${() => this.dispatchEvent(new CustomEvent('run-cancel'))}>
                Stop
              </button>
            </div>`
          : state === 'cancelled'
            ? html`<p class="notice">
                ${name || 'The run'} was stopped after ${done} of ${plural(total, 'photo')}. The figures are
                those of what was done.
              </p>`
            : nothing
      }
      ${
        failures.length > 0
          ? html`<details>
              <summary class="few">${plural(failures.length, 'photo')} could not be evaluated</summary>
              <ul>
                ${failures.slice(0, LISTED).map(({ path, message }) => html`<li>${path}: ${message}</li>`)}
                ${failures.length > LISTED ? html`<li>and ${failures.length - LISTED} more</li>` : nothing}
              </ul>
            </details>`
          : nothing
      }
    `;
  }
}
