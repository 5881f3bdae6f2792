import { css, html, nothing, type TemplateResult } from 'lit';
import { text } from '../../messages/evaluation-text.js';
import {
  isUnderWay,
  NO_EVALUATION,
  type EvaluationState,
  type RunState,
} from '../../workbench/evaluation/state.js';
import { controls } from '../shared/controls.styles.js';
import { icons } from '../shared/icons.js';
import { sendCommand } from '../shared/send-command.js';
import { StyledElement } from '../shared/styled-element.js';

/**
 * @summary While the evaluation isn't shown: how far it is, or that it has ended, and the way back to it.
 *
 * @event defect-command - `evaluation.open`, `evaluation.cancel` or `evaluation.seen`.
 */
export class DefectEvaluationStrip extends StyledElement {
  static override styles = [
    controls,
    css`
      .strip {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 8px;
        padding: 4px 12px;
        border-bottom: 1px solid var(--defect-border);
        background: var(--defect-surface);
        color: var(--defect-text);
        font-size: var(--defect-text-s);
      }

      progress {
        flex: 1;
        width: 40px;
        min-width: 40px;
        max-width: 320px;
        height: 8px;
        overflow: hidden;
        border-radius: 4px;
        background: var(--defect-hover);
      }

      .space {
        flex: 1;
      }
    `,
  ];

  static override properties = { state: { attribute: false } };

  declare state: EvaluationState;

  constructor() {
    super();
    this.state = NO_EVALUATION;
  }

  override render(): TemplateResult {
    const { state } = this;
    const run = state.runs.find(isUnderWay);
    const said = run ? text.strip.goesOn : state.hasNews ? text.strip.done(state.dataset!.name) : '';
    // Told when it changes, but not after every photo.
    return html`<div class="hidden-text" role="status">${said}</div>
      ${run ? this.renderProgress(run) : state.hasNews ? this.renderNews(said) : nothing}`;
  }

  private renderProgress({ done, isPaused, model }: RunState): TemplateResult {
    const total = this.state.dataset!.photos.length;
    const { progress, strip } = text;
    const name = strip.title;
    return html`<div class="strip">
      <span class="number">${model ? progress.done({ name, done, total }) : progress.loading}</span>
      <progress aria-label=${progress.bar} max=${total} .value=${done}></progress>
      ${isPaused ? html`<span>${progress.paused}</span>` : nothing}
      <button type="button" @click=${() => sendCommand(this, 'evaluation.open')}>${strip.show}</button>
      <button type="button" @click=${() => sendCommand(this, 'evaluation.cancel')}>${progress.stop}</button>
    </div>`;
  }

  private renderNews(said: string): TemplateResult {
    const { strip } = text;
    return html`<div class="strip">
      <span aria-hidden="true">${said}</span><span class="space"></span>
      <button type="button" @click=${() => sendCommand(this, 'evaluation.open')}>${strip.show}</button>
      <button
        type="button"
        class="plain icon"
        aria-label=${strip.close}
        @click=${() => sendCommand(this, 'evaluation.seen')}
      >
        ${icons.close}
      </button>
    </div>`;
  }
}
