import { html, nothing, type TemplateResult } from 'lit';
import { classColor } from '../../core/colors.js';
import { isInPart } from '../../core/in-part.js';
import { isForeign } from '../../core/novelty.js';
import type { Assessment } from '../../core/recipe/assess.js';
import type { ClassThresholds } from '../../core/recipe/recipe.js';
import type { ScoreHistogram } from '../../core/recipe/score-histogram.js';
import { DEFAULT_THRESHOLD } from '../../core/recipe/threshold.js';
import {
  MAX_DETECTIONS,
  MAX_PHOTO_DETECTIONS,
  SCORE_FLOOR,
  type Detection,
  type Inspection,
  type ModelClass,
  type Threshold,
} from '../../core/types.js';
import { text, write } from '../../messages/text.js';
import { controls } from '../shared/controls.styles.js';
import { icons } from '../shared/icons.js';
import { middleCut } from '../shared/middle-cut.js';
import { sendCommand, senderOf } from '../shared/send-command.js';
import { seenSize } from '../../workbench/results/seen-size.js';
import { DEFAULT_ORDER, type Order } from '../../workbench/results/sorting.js';
import '../table/table.js';
import '../threshold/threshold.js';
import { styles } from './details.styles.js';
import { renderLookNotes } from './look-notes.template.js';
import { renderRange } from './range.template.js';
import { StyledElement } from '../shared/styled-element.js';

/**
 * @summary What was found on the photo: headline, confidence slider, classes, table, timings.
 *
 * @event defect-command - `class.toggle`, `classes.show`, `photo.bits`, and those of the slider and of the table.
 *
 * @csspart found - The headline.
 */
export class DefectDetails extends StyledElement {
  static override styles = [controls, styles];

  static override properties = {
    inspection: { attribute: false },
    isRunning: { attribute: false },
    isOtherwise: { attribute: false },
    assessment: { attribute: false },
    listed: { attribute: false },
    order: { attribute: false },
    threshold: { attribute: false },
    thresholdOf: { attribute: false },
    reportedByClass: { attribute: false },
    scores: { attribute: false },
    ownThresholds: { attribute: false },
    classes: { attribute: false },
    hiddenClasses: { attribute: false },
    selectedId: { attribute: false },
    hoveredId: { attribute: false },
    status: {},
    canTeach: { attribute: false },
  };

  /** Of the photo that is shown, once there is one. */
  declare inspection: Inspection | undefined;
  /** Whether that is what there is so far. */
  declare isRunning: boolean;
  /** Whether the photo was looked at in another way than it would be now. */
  declare isOtherwise: boolean;
  /** Of that inspection. */
  declare assessment: Assessment | undefined;
  /** What it shows, in the order of the table. */
  declare listed: readonly Detection[];
  declare order: Order;
  declare threshold: Threshold;
  /** The score from which on a class is reported now. */
  declare thresholdOf: (classId: number) => number;
  /** How many are reported on all photos that this model has inspected, by class id. */
  declare reportedByClass: () => ReadonlyMap<number, number>;
  /** Of the same photos. */
  declare scores: () => ScoreHistogram;
  /** A person's own for the model, which auto uses before the recommended ones. */
  declare ownThresholds: ClassThresholds | undefined;
  /** The model's; also before the first result, so that the slider stands in its place. */
  declare classes: readonly ModelClass[];
  declare hiddenClasses: ReadonlySet<number>;
  declare selectedId: number | undefined;
  declare hoveredId: number | undefined;
  /** Stands for the headline while there is no inspection. */
  declare status: string;
  /** Whether a model of one's own can be taught here, and isn't just now. */
  declare canTeach: boolean;

  constructor() {
    super();
    this.isRunning = false;
    this.isOtherwise = false;
    this.listed = [];
    this.order = DEFAULT_ORDER;
    this.threshold = 'auto';
    this.thresholdOf = () => DEFAULT_THRESHOLD;
    this.reportedByClass = () => new Map();
    this.scores = () => new Map();
    this.classes = [];
    this.hiddenClasses = new Set();
    this.status = '';
    this.canTeach = false;
  }

  override render(): TemplateResult {
    const { inspection, assessment } = this;
    return html`
      <section class="found" part="found" aria-label=${text.details.result}>
        ${assessment ? this.renderFound(assessment) : html`<h2>${this.status}</h2>`}
      </section>
      <defect-threshold
        .threshold=${this.threshold}
        .classes=${this.classes}
        .reported=${assessment?.reported ?? NONE}
        .below=${assessment?.below ?? NONE}
        .own=${this.ownThresholds}
        .thresholdOf=${this.thresholdOf}
        .reportedByClass=${this.reportedByClass}
        .scores=${this.scores}
      ></defect-threshold>
      <div class="list">
        <div class="notes">
          ${inspection && assessment ? this.renderNotes(inspection, assessment) : nothing}
        </div>
        ${this.renderLegend(assessment?.reported ?? NONE)}
        <defect-table
          .detections=${this.listed}
          .numbers=${assessment?.numbers}
          .order=${this.order}
          .classes=${this.classes}
          .selectedId=${this.selectedId}
          .hoveredId=${this.hoveredId}
        ></defect-table>
      </div>
      ${this.renderTimings()}
    `;
  }

  /** Of constant height, so that the slider under it does not move while it is dragged. */
  private renderFound({ reported, hidden, below }: Assessment): TemplateResult {
    const { inspection } = this;
    return html`
      <h2 class="number">
        ${(inspection?.lacksMasks ? text.results.unmasked : text.results.found)(reported.length)}${hidden.length > 0 ? html` <small>${text.details.hidden(hidden.length)}</small>` : nothing}
        ${inspection?.input.area ? html`<small>${text.details.inAnArea}</small>` : nothing}
        ${inspection && isInPart(inspection) ? html`<small>${text.details.seenInPart}</small>` : nothing}
      </h2>
      <p class="number">
        ${below.length > 0 ? text.details.fainter(below.length) : text.details.nothingFainter(SCORE_FLOOR)}
      </p>
    `;
  }

  private renderNotes(
    { image, input, detections, model, truncated, lacksMasks, novelty }: Inspection,
    { reported, shown, hidden, below }: Assessment,
  ): TemplateResult {
    const classes = model.classes.map(({ name }) => name);
    return html`
      ${
        hidden.length > 0
          ? html`<p class="note">
              ${text.details.notShown({ defects: hidden.length, isAll: shown.length === 0 })}
              <button class="link" type="button" @click=${() => sendCommand(this, 'classes.show')}>
                ${text.details.showClasses}
              </button>
            </p>`
          : nothing
      }
      ${renderLookNotes(input, this, senderOf(this))}
      ${image.isIncomplete ? html`<p class="note">${text.details.incomplete}</p>` : nothing}
      ${image.isFirstOfSeveral ? html`<p class="note">${text.details.firstOfSeveral}</p>` : nothing}
      ${image.bits === undefined ? nothing : renderRange(image.bits, (bits) => sendCommand(this, 'photo.bits', { bits }))}
      ${isForeign(novelty) ? html`<p class="note">${text.results.foreign(model)} ${this.renderTeach()}</p>` : nothing}
      ${
        reported.length === 0
          ? html`<p class="note">
              ${text.details.notAPass({ classes, domain: model.domain })}
              ${
                below.length > 0
                  ? html`<button
                      class="link"
                      type="button"
                      @click=${() => sendCommand(this, 'threshold.set', { threshold: SCORE_FLOOR })}
                    >
                      ${text.details.showFainter}
                    </button>`
                  : nothing
              }
            </p>`
          : nothing
      }
      ${lacksMasks ? html`<p class="note">${text.details.lacksMasks}</p>` : nothing}
      ${truncated ? html`<p class="note">${sayTruncated(input, detections.length)}</p>` : nothing}
    `;
  }

  private renderTeach(): TemplateResult | typeof nothing {
    if (!this.canTeach) return nothing;
    return html`<button class="link" type="button" @click=${() => sendCommand(this, 'lesson.start')}>
      ${text.details.teach}
    </button>`;
  }

  private renderLegend(reported: readonly Detection[]): TemplateResult {
    const { classes } = this;
    const counts = new Map<number, number>();
    for (const { classId } of reported) counts.set(classId, (counts.get(classId) ?? 0) + 1);
    return html`<div class="legend" role="group" aria-label=${text.details.classes}>
      ${classes
        .filter(({ id }) => counts.has(id))
        .map(({ id, name, description }) => {
          const isShown = !this.hiddenClasses.has(id);
          return html`<button
            type="button"
            aria-pressed=${isShown}
            title=${description ?? (isShown ? text.details.hideClass(name) : text.details.showClass(name))}
            @click=${() => sendCommand(this, 'class.toggle', { id })}
          >
            <span class="swatch" .style=${`--swatch: ${classColor(classes, id)}`}></span><bdi>${name}</bdi>
            <span class="number">${counts.get(id)}</span>
          </button>`;
        })}
    </div>`;
  }

  private renderTimings(): TemplateResult {
    const { inspection } = this;
    if (!inspection) return html`<div></div>`;
    const { timing, input, runtime, model, image, novelty } = inspection;
    const { details } = text;
    const { threads } = runtime;
    const time = this.isRunning && isInPart(inspection) ? details.doneSoFar : details.done;
    const row = (name: string, value: string) =>
      html`<dt>${name}</dt>
        <dd class="number">${value}</dd>`;
    return html`<details class="timings">
      <summary>
        <span class="number">${time({ milliseconds: timing.total, threads })}</span>${icons.chevron}
      </summary>
      <dl>
        ${row(details.decode, write.duration(timing.decode))}
        ${row(details.resample, write.duration(timing.resample))}
        ${row(details.infer, write.duration(timing.infer))} ${row(details.post, write.duration(timing.post))}
        <dt>${details.seen}</dt>
        <dd>${text.results.resolution(seenSize(inspection))}</dd>
        ${input.area ? row(details.area, details.areaIs(input.area)) : nothing}
        ${row(details.views, details.viewsAre(input))} ${row(details.input, write.size(input))}
        ${row(details.runtime, details.runtimeIs(runtime))} ${row(details.model, details.modelIs(model))}
        ${novelty === undefined ? nothing : row(details.novelty, details.noveltyIs(novelty))}
        <dt>${details.modelHash}</dt>
        <dd class="hash" title=${model.hash}>${middleCut(model.hash)}</dd>
        <dt>${details.photoHash}</dt>
        <dd class="hash" title=${image.hash}>${middleCut(image.hash)}</dd>
      </dl>
    </details>`;
  }
}

/** A tile that is full says nothing about the others. */
function sayTruncated({ planned }: Inspection['input'], detections: number): string {
  if (planned === 1) return text.details.truncated(MAX_DETECTIONS);
  return detections < MAX_PHOTO_DETECTIONS
    ? text.details.truncatedTiles(MAX_DETECTIONS)
    : text.details.truncated(MAX_PHOTO_DETECTIONS);
}

/** The same list each time, so that views need no update. */
const NONE: readonly never[] = [];
