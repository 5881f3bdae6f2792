/** One class in the list of thresholds: its slider over the scores of all photos. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { SCORE_BINS } from '../../core/recipe/score-histogram.js';
import { SCORE_FLOOR, type ModelClass, type Threshold } from '../../core/types.js';
import { text, write } from '../../messages/text.js';

export interface ClassRow {
  readonly one: ModelClass;
  readonly color: string;
  readonly threshold: number;
  /** Whether it is a person's own. */
  readonly isOwn: boolean;
  /** How many of them on all photos are reported. */
  readonly reported: number;
  /** How many detections of all photos have a score in each bin. */
  readonly scores: Uint32Array | undefined;
  readonly onChange: (threshold: Threshold) => void;
}

export function renderClassRow(row: ClassRow): TemplateResult {
  const { one, color, threshold, isOwn, reported, scores, onChange } = row;
  const { name } = one;
  const all = scores?.reduce((a, b) => a + b, 0) ?? 0;
  const said = text.threshold.classIs({ threshold, isOwn, reported, all });
  return html`<div class="class" .style=${`--class: ${color}`}>
    <span class="swatch"></span><bdi class="name" title=${name}>${name}</bdi>
    <output class="number" title=${said}>${write.score(threshold)}</output>
    ${
      isOwn
        ? html`<button
            type="button"
            class="link"
            aria-label=${text.threshold.classAuto({ name })}
            @click=${() => onChange('auto')}
          >
            ${text.threshold.auto}
          </button>`
        : html`<span class="state">${text.threshold.auto}</span>`
    }
    <div class="scores">
      ${scores ? renderBars(scores, threshold) : nothing}
      <input
        type="range"
        min=${SCORE_FLOOR}
        max="1"
        step="0.01"
        aria-label=${text.threshold.ofClass({ name })}
        aria-valuetext=${said}
        .value=${String(threshold)}
        @input=${(event: Event) => onChange((event.target as HTMLInputElement).valueAsNumber)}
        @dblclick=${() => onChange('auto')}
      />
    </div>
  </div>`;
}

/** Heights by the root of the numbers, so that single ones are to be seen beside hundreds. */
function renderBars(scores: Uint32Array, threshold: number): TemplateResult {
  const most = Math.sqrt(scores.reduce((a, b) => Math.max(a, b), 1));
  const path = (isAbove: boolean) =>
    Array.from(scores, (count, bin) => {
      if (count === 0 || isBarAbove(bin, threshold) !== isAbove) return '';
      const height = Math.max(0.08, Math.sqrt(count) / most);
      return `M${bin + 0.1} 1V${1 - height}H${bin + 0.9}V1z`;
    }).join('');
  return html`<svg viewBox="0 0 ${SCORE_BINS} 1" preserveAspectRatio="none" aria-hidden="true">
    ${svg`<path class="below" d=${path(false)} /><path d=${path(true)} />`}
  </svg>`;
}

/** By the middle of a bin: a bar has one colour. */
const isBarAbove = (bin: number, threshold: number): boolean =>
  SCORE_FLOOR + ((bin + 0.5) / SCORE_BINS) * (1 - SCORE_FLOOR) >= threshold;
