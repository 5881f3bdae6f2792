import { css, html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { text } from '../../../messages/marking-text.js';
import { controls } from '../../shared/controls.styles.js';
import { sendCommand } from '../../shared/send-command.js';
import { radiusAt, SLIDER, sliderOf, stepBrush } from './brush-size.js';
import { StyledElement } from '../../shared/styled-element.js';

/**
 * @summary How large the brush is. It lies over the photo, so that nothing moves when the brush is chosen.
 *
 * @event defect-command - `lesson.brush`.
 */
export class DefectBrushSlider extends StyledElement {
  static override styles = [
    controls,
    css`
      :host {
        position: absolute;
        inset-block-end: 8px;
        inset-inline-start: 8px;
        max-width: calc(100% - 16px);
        border: 1px solid var(--defect-border-strong);
        border-radius: var(--defect-radius);
        background: var(--defect-surface);
        font-size: var(--defect-text-s);
      }

      label {
        display: flex;
        align-items: center;
        gap: 6px;
        padding-inline: 10px;
        color: var(--defect-muted);
      }

      input {
        flex: 1;
        width: 120px;
        min-width: 0;
        min-height: var(--defect-control);
      }

      output {
        min-width: 4em;
        color: var(--defect-text);
        text-align: end;
      }

      .dot {
        flex: none;
        width: 12px;
        height: 12px;
        border-radius: 50%;
        background: currentColor;
        forced-color-adjust: none;
      }

      .dot.small {
        width: 4px;
        height: 4px;
      }
    `,
  ];

  static override properties = { radius: { attribute: false } };

  /** Photo pixels. */
  declare radius: number;

  constructor() {
    super();
    this.radius = 1;
  }

  override render(): TemplateResult {
    const size = text.brushIs({ diameter: 2 * this.radius });
    return html`<label title=${text.brushHint}>
      <span class="hidden-text">${text.brushSize}</span>
      <span class="dot small" aria-hidden="true"></span>
      <input
        type="range"
        min="0"
        max=${SLIDER}
        aria-valuetext=${size}
        .value=${live(String(sliderOf(this.radius)))}
        @input=${this.onInput}
      />
      <span class="dot" aria-hidden="true"></span>
      <output class="number" aria-hidden="true">${size}</output>
    </label>`;
  }

  private readonly onInput = (event: Event): void => {
    const position = (event.target as HTMLInputElement).valueAsNumber;
    const before = sliderOf(this.radius);
    const radius = radiusAt(position);
    // Between small sizes lie several positions of the slider: a key always leads to the next size.
    const isSame = radius === this.radius && position !== before;
    const next = isSame ? stepBrush(radius, position < before ? -1 : 1) : radius;
    sendCommand(this, 'lesson.brush', { radius: next });
  };
}
