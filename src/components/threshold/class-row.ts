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
  /** How many detections of all photos have a score in each bin. */
  readonly scores: Uint32Array | undefined;
  readonly onChange: (threshold: Threshold) => void;
}

export function renderClassRow({ one, color, threshold, isOwn, scores, onChange }: ClassRow): TemplateResult {
  const { name } = one;
  const [above, all] = countAbove(scores, threshold);
  const said = text.threshold.classIs({ threshold, isOwn, above, all });
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
      if (count === 0 || isReported(bin, threshold) !== isAbove) return '';
      const height = Math.max(0.08, Math.sqrt(count) / most);
      return `M${bin + 0.1} 1V${1 - height}H${bin + 0.9}V1z`;
    }).join('');
  return html`<svg viewBox="0 0 ${SCORE_BINS} 1" preserveAspectRatio="none" aria-hidden="true">
    ${svg`<path class="below" d=${path(false)} /><path d=${path(true)} />`}
  </svg>`;
}

/** By the middle of a bin. */
const isReported = (bin: number, threshold: number): boolean =>
  SCORE_FLOOR + ((bin + 0.5) / SCORE_BINS) * (1 - SCORE_FLOOR) >= threshold;

function countAbove(scores: Uint32Array | undefined, threshold: number): [above: number, all: number] {
  let above = 0;
  let all = 0;
  scores?.forEach((count, bin) => {
    all += count;
    if (isReported(bin, threshold)) above += count;
  });
  return [above, all];
}
