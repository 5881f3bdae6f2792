import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import { classColor } from '../../core/colors.js';
import type { ClassThresholds } from '../../core/recipe/recipe.js';
import type { ScoreHistogram } from '../../core/recipe/score-histogram.js';
import { DEFAULT_THRESHOLD } from '../../core/recipe/threshold.js';
import { SCORE_FLOOR, type Detection, type ModelClass, type Threshold } from '../../core/types.js';
import { text } from '../../messages/text.js';
import { controls } from '../shared/controls.styles.js';
import { sendCommand } from '../shared/send-command.js';
import { thresholdsInUse, type ThresholdRange } from '../../workbench/results/thresholds-in-use.js';
import { renderClassRow } from './class-row.js';
import { styles } from './threshold.styles.js';
import { StyledElement } from '../shared/styled-element.js';

const MAX = 1;
const STEP = 0.01;
/** Up to so many classes, all of them have a slider. */
const MANY = 24;

/**
 * @summary The confidence slider: one threshold for all classes, or each class's own. Unfolded, one slider for each class.
 *
 * @event defect-command - `threshold.set` and `class.threshold`, while dragging, too: nothing has to be inspected again.
 *   `thresholds.reset`.
 */
export class DefectThreshold extends StyledElement {
  static override styles = [controls, styles];

  static override properties = {
    threshold: { attribute: false },
    classes: { attribute: false },
    reported: { attribute: false },
    below: { attribute: false },
    own: { attribute: false },
    thresholdOf: { attribute: false },
    reportedByClass: { attribute: false },
    scores: { attribute: false },
    isUnfolded: { state: true },
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
  /** How many are reported on all photos that the model has inspected, by class id. */
  declare reportedByClass: () => ReadonlyMap<number, number>;
  /** Of the same photos. */
  declare scores: () => ScoreHistogram;
  declare private isUnfolded: boolean;

  constructor() {
    super();
    this.threshold = 'auto';
    this.classes = [];
    this.reported = [];
    this.below = [];
    this.thresholdOf = () => DEFAULT_THRESHOLD;
    this.reportedByClass = () => new Map();
    this.scores = () => new Map();
    this.isUnfolded = false;
  }

  override render(): TemplateResult {
    const isAuto = this.threshold === 'auto';
    const { inUse } = this;
    // Several thresholds have no one place on the scale: each has a mark instead.
    const isSplit = isAuto && inUse !== undefined && inUse.low !== inUse.high;
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
        ${isSplit ? this.present.map((one) => this.renderMark(one)) : nothing}
      </div>
      <input
        id="slider"
        class=${classMap({ split: isSplit })}
        type="range"
        min=${SCORE_FLOOR}
        max=${MAX}
        step=${STEP}
        .value=${String(this.position)}
        aria-valuetext=${this.describe()}
        aria-describedby="meaning"
        @keydown=${isSplit ? this.onStep : nothing}
        @input=${(event: Event) => this.change((event.target as HTMLInputElement).valueAsNumber)}
        @dblclick=${() => this.change('auto')}
      />
      <div class="ends number">
        <span>${text.threshold.lowest(SCORE_FLOOR)}</span><span>${text.threshold.highest(MAX)}</span>
      </div>
      ${this.renderOwn()} ${this.renderClasses()}
      <details class="about">
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

  private renderTick(detection: Detection, isBelow: boolean): TemplateResult {
    const color = classColor(this.classes, detection.classId);
    return html`<span
      class=${classMap({ tick: true, below: isBelow })}
      .style=${`--at: ${shareOf(detection.score)}; --tick: ${color}`}
    ></span>`;
  }

  private renderMark({ id }: ModelClass): TemplateResult {
    const at = shareOf(this.thresholdOf(id));
    return html`<span class="mark" .style=${`--at: ${at}; --tick: ${classColor(this.classes, id)}`}></span>`;
  }

  private renderClasses(): TemplateResult | typeof nothing {
    if (this.classes.length === 0) return nothing;
    return html`<details class="classes" @toggle=${this.onToggle}>
      <summary>${text.threshold.byClass}</summary>
      ${this.isUnfolded ? this.renderRows() : nothing}
    </details>`;
  }

  private renderRows(): TemplateResult {
    const { classes, own } = this;
    const scores = this.scores();
    const reported = this.reportedByClass();
    // Of a model with very many classes, those that there is something to say about.
    const rows =
      classes.length <= MANY
        ? classes
        : classes.filter(({ id }) => scores.has(id) || own?.[id] !== undefined);
    return html`<p>${text.threshold.aboutClasses}</p>
      ${repeat(
        rows,
        ({ id }) => id,
        (one) =>
          renderClassRow({
            one,
            color: classColor(classes, one.id),
            threshold: this.thresholdOf(one.id),
            isOwn: this.threshold !== 'auto' || own?.[one.id] !== undefined,
            reported: reported.get(one.id) ?? 0,
            scores: scores.get(one.id),
            onChange: (threshold) => sendCommand(this, 'class.threshold', { id: one.id, threshold }),
          }),
      )}`;
  }

  /** The classes that the photo has; all, where it has none. */
  private get present(): readonly ModelClass[] {
    const found = new Set([...this.reported, ...this.below].map(({ classId }) => classId));
    const present = this.classes.filter(({ id }) => found.has(id));
    return present.length > 0 ? present : this.classes;
  }

  private get inUse(): ThresholdRange | undefined {
    return thresholdsInUse(this.classes, [...this.reported, ...this.below], this.thresholdOf);
  }

  /** Where the slider stands. For several thresholds that is to be seen nowhere, but it has to stand somewhere. */
  private get position(): number {
    if (this.threshold !== 'auto') return this.threshold;
    const { inUse } = this;
    return inUse ? (inUse.low + inUse.high) / 2 : DEFAULT_THRESHOLD;
  }

  /** The first step with a key begins beyond the thresholds in use, so that it never shows more on the way to less. */
  private readonly onStep = (event: KeyboardEvent): void => {
    const { inUse } = this;
    if (!inUse) return;
    const isDown = ['ArrowLeft', 'ArrowDown', 'PageDown'].includes(event.key);
    const isUp = ['ArrowRight', 'ArrowUp', 'PageUp'].includes(event.key);
    // The browser goes on from there.
    if (isDown || isUp) (event.target as HTMLInputElement).value = String(isDown ? inUse.low : inUse.high);
  };

  private readonly onToggle = (event: Event): void => {
    this.isUnfolded = (event.target as HTMLDetailsElement).open;
  };

  private describe(): string {
    if (this.threshold !== 'auto') return text.threshold.forAll(this.threshold);
    const { inUse } = this;
    if (!inUse) return text.threshold.noClasses;
    return text.threshold.perClass({ isOwn: this.own !== undefined, ...inUse });
  }

  private change(threshold: Threshold): void {
    if (threshold !== this.threshold) sendCommand(this, 'threshold.set', { threshold });
  }
}

/** Where on the scale a score lies, 0..1. A model's own floor may be lower than that of the scale. */
const shareOf = (score: number): number => Math.max(0, (score - SCORE_FLOOR) / (MAX - SCORE_FLOOR));
