import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { classColor } from '../../core/colors.js';
import type { ClassThresholds } from '../../core/recipe/recipe.js';
import { DEFAULT_THRESHOLD } from '../../core/recipe/threshold.js';
import { SCORE_FLOOR, type Detection, type ModelClass, type Threshold } from '../../core/types.js';
import { text } from '../../messages/text.js';
import { controls } from '../shared/controls.styles.js';
import { sendCommand } from '../shared/send-command.js';
import { styles } from './threshold.styles.js';

const MAX = 1;
const STEP = 0.01;

/**
 * @summary The confidence slider: one threshold for all classes, or each class's recommended one.
 *
 * @event defect-command - `threshold.set`, while dragging, too: nothing has to be inspected again. `thresholds.reset`.
 */
export class DefectThreshold extends LitElement {
  static override styles = [controls, styles];

  static override properties = {
    threshold: { attribute: false },
    classes: { attribute: false },
    reported: { attribute: false },
    below: { attribute: false },
    own: { attribute: false },
    thresholdOf: { attribute: false },
  };

  declare threshold: Threshold;
  declare classes: readonly ModelClass[];
  /** What the assessment of the photo reports. Like what is below, they are ticks on the scale. */
  declare reported: readonly Detection[];
  /** What is below the thresholds. */
  declare below: readonly Detection[];
  /** A person's own thresholds for this model, which auto uses before the recommended ones. */
  declare own: ClassThresholds | undefined;
  /** The score from which on a class is reported now. */
  declare thresholdOf: (classId: number) => number;

  constructor() {
    super();
    this.threshold = 'auto';
    this.classes = [];
    this.reported = [];
    this.below = [];
    this.thresholdOf = () => DEFAULT_THRESHOLD;
  }

  override render(): TemplateResult {
    const isAuto = this.threshold === 'auto';
    return html`
      <div class="head">
        <label for="slider">${text.threshold.confidence}</label>
        <output class="number" for="slider">${this.describe()}</output>
        <button
          type="button"
          aria-pressed=${isAuto}
          title=${this.own ? text.threshold.ownOrRecommended : text.threshold.recommended}
          @click=${() => this.change('auto')}
        >
          ${text.threshold.auto}
        </button>
      </div>
      <div class="scale" aria-hidden="true">
        ${this.below.map((one) => this.renderTick(one, true))}
        ${this.reported.map((one) => this.renderTick(one, false))}
      </div>
      <input
        id="slider"
        type="range"
        min=${SCORE_FLOOR}
        max=${MAX}
        step=${STEP}
        .value=${String(this.position)}
        aria-valuetext=${this.describe()}
        aria-describedby="meaning"
        @input=${(event: Event) => this.change((event.target as HTMLInputElement).valueAsNumber)}
        @dblclick=${() => this.change('auto')}
      />
      <div class="ends number">
        <span>${text.threshold.lowest(SCORE_FLOOR)}</span><span>${text.threshold.highest(MAX)}</span>
      </div>
      ${this.renderOwn()}
      <details>
        <summary>${text.threshold.aboutScores}</summary>
        <p id="meaning">${text.threshold.scores}</p>
      </details>
    `;
  }

  private renderOwn(): TemplateResult | typeof nothing {
    const { own } = this;
    if (!own) return nothing;
    const thresholds = this.classes.flatMap(({ id, name }) => {
      const threshold = own[id];
      return threshold === undefined ? [] : [{ name, threshold }];
    });
    if (thresholds.length === 0) return nothing;
    return html`<p class="own number">
      <b>${text.threshold.own}</b> ${text.threshold.ownThresholds(thresholds)}
      <button type="button" class="link" @click=${() => sendCommand(this, 'thresholds.reset')}>
        ${text.threshold.reset}
      </button>
    </p>`;
  }

  private renderTick(detection: Detection, isBelow: boolean): TemplateResult | typeof nothing {
    const left = (detection.score - SCORE_FLOOR) / (MAX - SCORE_FLOOR);
    if (left < 0) return nothing;
    const color = classColor(this.classes, detection.classId);
    return html`<span
      class=${classMap({ tick: true, below: isBelow })}
      .style=${`left: ${left * 100}%; --tick: ${color}`}
    ></span>`;
  }

  /** The thresholds in use, of the classes that the photo has (of all, where it has none). */
  private get inUse(): readonly number[] {
    const found = new Set([...this.reported, ...this.below].map(({ classId }) => classId));
    const present = this.classes.filter(({ id }) => found.has(id));
    return (present.length > 0 ? present : this.classes).map(({ id }) => this.thresholdOf(id));
  }

  /** Where the slider stands; for several thresholds in their middle. */
  private get position(): number {
    if (this.threshold !== 'auto') return this.threshold;
    const { inUse } = this;
    return inUse.length > 0 ? (Math.min(...inUse) + Math.max(...inUse)) / 2 : 0.5;
  }

  private describe(): string {
    if (this.threshold !== 'auto') return text.threshold.forAll(this.threshold);
    const { inUse } = this;
    if (inUse.length === 0) return text.threshold.noClasses;
    return text.threshold.perClass({
      isOwn: this.own !== undefined,
      low: Math.min(...inUse),
      high: Math.max(...inUse),
    });
  }

  private change(threshold: Threshold): void {
    if (threshold !== this.threshold) sendCommand(this, 'threshold.set', { threshold });
  }
}
