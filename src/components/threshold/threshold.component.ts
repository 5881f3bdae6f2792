import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { classColor } from '../../core/colors.js';
import type { ClassThresholds } from '../../core/recipe/recipe.js';
import { DEFAULT_THRESHOLD } from '../../core/recipe/threshold.js';
import { SCORE_FLOOR, type Detection, type ModelClass, type Threshold } from '../../core/types.js';
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
    detections: { attribute: false },
    own: { attribute: false },
    thresholdOf: { attribute: false },
  };

  declare threshold: Threshold;
  declare classes: readonly ModelClass[];
  /** All of the photo, whatever the threshold: they are the ticks on the scale. */
  declare detections: readonly Detection[];
  /** A person's own thresholds for this model, which auto uses before the recommended ones. */
  declare own: ClassThresholds | undefined;
  /** The score from which on a class is reported now. */
  declare thresholdOf: (classId: number) => number;

  constructor() {
    super();
    this.threshold = 'auto';
    this.classes = [];
    this.detections = [];
    this.thresholdOf = () => DEFAULT_THRESHOLD;
  }

  override render(): TemplateResult {
    const isAuto = this.threshold === 'auto';
    return html`
      <div class="head">
        <label for="slider">Confidence</label>
        <output class="number" for="slider">${this.describe()}</output>
        <button
          type="button"
          aria-pressed=${isAuto}
          title=${
            this.own
              ? 'Your threshold of each class, else the recommended one (double click on the slider)'
              : "Each class's own recommended threshold (double click on the slider)"
          }
          @click=${() => this.change('auto')}
        >
          Auto
        </button>
      </div>
      <div class="scale" aria-hidden="true">${this.detections.map((one) => this.renderTick(one))}</div>
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
      <div class="ends number"><span>${SCORE_FLOOR}: show more</span><span>${MAX}: show fewer</span></div>
      ${this.renderOwn()}
      <details>
        <summary>What the score means</summary>
        <p id="meaning">
          How alike a spot is to the defects that the model has learned, from 0 to 1. It says nothing about
          how severe a defect is, and it is no probability of scrap. Auto uses for each class the threshold at
          which it did best on photos kept out of its training.
        </p>
      </details>
    `;
  }

  private renderOwn(): TemplateResult | typeof nothing {
    const { own } = this;
    if (!own) return nothing;
    const names = this.classes
      .filter(({ id }) => own[id] !== undefined)
      .map(({ id, name }) => `${name} ${own[id]!.toFixed(2)}`);
    if (names.length === 0) return nothing;
    return html`<p class="own number">
      <b>Yours:</b> ${names.join(', ')}.
      <button type="button" class="link" @click=${() => sendCommand(this, 'thresholds.reset')}>
        Back to the recommended ones
      </button>
    </p>`;
  }

  private renderTick(detection: Detection): TemplateResult | typeof nothing {
    const left = (detection.score - SCORE_FLOOR) / (MAX - SCORE_FLOOR);
    if (left < 0) return nothing;
    const isBelow = detection.score < this.thresholdOf(detection.classId);
    const color = classColor(this.classes, detection.classId);
    return html`<span
      class=${classMap({ tick: true, below: isBelow })}
      .style=${`left: ${(left * 100).toFixed(2)}%; --tick: ${color}`}
    ></span>`;
  }

  /** The thresholds in use, of the classes that the photo has (of all, where it has none). */
  private get inUse(): readonly number[] {
    const present = this.classes.filter(({ id }) => this.detections.some(({ classId }) => classId === id));
    return (present.length > 0 ? present : this.classes).map(({ id }) => this.thresholdOf(id));
  }

  /** Where the slider stands; for several thresholds in their middle. */
  private get position(): number {
    if (this.threshold !== 'auto') return this.threshold;
    const { inUse } = this;
    return inUse.length > 0 ? (Math.min(...inUse) + Math.max(...inUse)) / 2 : 0.5;
  }

  private describe(): string {
    if (this.threshold !== 'auto') return `${this.threshold.toFixed(2)} for all classes`;
    const [low, high] = [Math.min(...this.inUse), Math.max(...this.inUse)].map((value) => value.toFixed(2));
    if (this.inUse.length === 0) return 'auto';
    const auto = this.own ? 'yours' : 'auto';
    return low === high ? `${auto}, ${low}` : `${auto}, ${low} to ${high} by class`;
  }

  private change(threshold: Threshold): void {
    if (threshold !== this.threshold) sendCommand(this, 'threshold.set', { threshold });
  }
}
