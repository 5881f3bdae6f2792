import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { classColor } from '../../core/colors.js';
import { isForeign } from '../../core/novelty.js';
import { assess } from '../../core/recipe/assess.js';
import { recipeOf } from '../../core/recipe/recipe.js';
import type { OwnThresholds } from '../../core/recipe/threshold.js';
import {
  MAX_DETECTIONS,
  SCORE_FLOOR,
  type Detection,
  type Inspection,
  type ModelClass,
  type Threshold,
} from '../../core/types.js';
import { controls } from '../shared/controls.styles.js';
import { icons } from '../shared/icons.js';
import { duration, foreignSentence, foundSentence, plural } from '../../workbench/messages/sentences.js';
import '../table/table.js';
import '../threshold/threshold.js';
import { styles } from './details.styles.js';

/**
 * @summary What was found on the photo: headline, confidence slider, classes, table, timings.
 *
 * @event threshold-change - `Threshold`: the slider was moved or set to auto.
 * @event own-reset - The recommended thresholds are to be used again instead of the person's own.
 * @event class-toggle - `{ id: number }`: a class is to be shown or hidden.
 * @event detection-select - `{ id: number }`: a row was chosen.
 * @event detection-hover - `{ id?: number }`: the pointer came over a row or left it.
 * @event detection-open - `{ id: number }`: a row was double clicked, or Enter was pressed on it.
 *
 * @csspart found - The headline.
 */
export class DefectDetails extends LitElement {
  static override styles = [controls, styles];

  static override properties = {
    inspection: { attribute: false },
    detections: { attribute: false },
    threshold: { attribute: false },
    ownThresholds: { attribute: false },
    classes: { attribute: false },
    hiddenClasses: { attribute: false },
    selectedId: { attribute: false },
    hoveredId: { attribute: false },
    status: {},
  };

  /** Of the photo that is shown, once there is one. */
  declare inspection: Inspection | undefined;
  /** Its visible detections. */
  declare detections: readonly Detection[];
  declare threshold: Threshold;
  /** A person's own, which auto uses before the recommended ones. */
  declare ownThresholds: OwnThresholds;
  /** The model's, so that the slider stands in its place before the first result. */
  declare classes: readonly ModelClass[];
  declare hiddenClasses: ReadonlySet<number>;
  declare selectedId: number | undefined;
  declare hoveredId: number | undefined;
  /** Stands for the headline while there is no inspection. */
  declare status: string;

  constructor() {
    super();
    this.detections = [];
    this.threshold = 'auto';
    this.ownThresholds = {};
    this.classes = [];
    this.hiddenClasses = new Set();
    this.status = '';
  }

  /** In the order in which they are listed. */
  get sorted(): readonly Detection[] {
    return this.renderRoot.querySelector('defect-table')?.sorted ?? this.detections;
  }

  override render(): TemplateResult {
    const { inspection } = this;
    const visibility = this.threshold === 'auto' ? this.ownThresholds : this.threshold;
    const above = inspection ? assess(inspection, recipeOf(visibility)).reported : [];
    return html`
      <section class="found" part="found" aria-label="Result">${this.renderFound(inspection, above)}</section>
      <defect-threshold
        .threshold=${this.threshold}
        .classes=${inspection?.model.classes ?? this.classes}
        .detections=${inspection?.detections ?? []}
        .own=${inspection && this.ownThresholds[inspection.model.hash]}
        @threshold-change=${this.relay}
        @own-reset=${this.relay}
      ></defect-threshold>
      <div class="list">
        <div class="notes">${inspection ? this.renderNotes(inspection, above) : nothing}</div>
        ${this.renderLegend(inspection?.model.classes ?? [], above)}
        <defect-table
          .detections=${this.detections}
          .classes=${inspection?.model.classes ?? this.classes}
          .selectedId=${this.selectedId}
          .hoveredId=${this.hoveredId}
          @detection-select=${this.relay}
          @detection-hover=${this.relay}
          @detection-open=${this.relay}
        ></defect-table>
      </div>
      ${this.renderTimings()}
    `;
  }

  /** Always as high: the slider under it must not move while it is dragged. */
  private renderFound(inspection: Inspection | undefined, above: readonly Detection[]): TemplateResult {
    if (!inspection) return html`<h2>${this.status}</h2>`;
    const hidden = above.length - this.detections.length;
    const fainter = inspection.detections.length - above.length;
    return html`
      <h2 class="number">
        ${foundSentence(above)}${hidden > 0 ? html` <small>(${hidden} hidden)</small>` : nothing}
      </h2>
      <p class="number">
        ${
          fainter > 0
            ? `${plural(fainter, 'fainter spot')} below the threshold`
            : `Nothing more down to a score of ${SCORE_FLOOR}`
        }
      </p>
    `;
  }

  private renderNotes(
    { model, detections, truncated, novelty }: Inspection,
    above: readonly Detection[],
  ): TemplateResult {
    const known = model.classes.map(({ name }) => name).join(', ');
    return html`
      ${isForeign(novelty) ? html`<p class="note">${foreignSentence(model)}</p>` : nothing}
      ${
        above.length === 0
          ? html`<p class="note">
              This is not a pass. The model knows ${known}${model.domain ? ` on ${model.domain}` : ''}, and
              can miss those, too.
              ${
                detections.length > 0
                  ? html`<button class="link" type="button" @click=${() => this.setThreshold(SCORE_FLOOR)}>
                      Show what lies below the threshold
                    </button>`
                  : nothing
              }
            </p>`
          : nothing
      }
      ${
        truncated
          ? html`<p class="note">
              Only the ${MAX_DETECTIONS} with the highest scores are listed: there may be more on this photo.
            </p>`
          : nothing
      }
    `;
  }

  private renderLegend(classes: readonly ModelClass[], above: readonly Detection[]): TemplateResult {
    const counts = new Map<number, number>();
    for (const { classId } of above) counts.set(classId, (counts.get(classId) ?? 0) + 1);
    return html`<div class="legend" role="group" aria-label="Classes shown">
      ${classes
        .filter(({ id }) => counts.has(id))
        .map(({ id, name, description }) => {
          const isShown = !this.hiddenClasses.has(id);
          return html`<button
            type="button"
            aria-pressed=${isShown}
            title=${description ?? (isShown ? `Hide ${name}` : `Show ${name}`)}
            @click=${() => this.dispatchEvent(new CustomEvent('class-toggle', { detail: { id } }))}
          >
            <span class="swatch" .style=${`--swatch: ${classColor(classes, id)}`}></span>${name}
            <span class="number">${counts.get(id)}</span>
          </button>`;
        })}
    </div>`;
  }

  private renderTimings(): TemplateResult {
    const { inspection } = this;
    if (!inspection) return html`<div></div>`;
    const { timing, input, runtime, model, image, novelty } = inspection;
    const row = (name: string, value: string) =>
      html`<dt>${name}</dt>
        <dd class="number">${value}</dd>`;
    return html`<details class="timings">
      <summary>
        <span class="number">Done in ${duration(timing.total)} on ${plural(runtime.threads, 'thread')}</span
        >${icons.chevron}
      </summary>
      <dl>
        ${row('Decode the photo', duration(timing.decode))}
        ${row('Scale it for the network', duration(timing.resample))}
        ${row('Run the network', duration(timing.infer))} ${row('Trace the outlines', duration(timing.post))}
        ${row('Network input', `${input.width} × ${input.height} px`)}
        ${row('Runtime', `${runtime.provider}, ${plural(runtime.threads, 'thread')}`)}
        ${row('Model', `${model.name} ${model.version}`)}
        ${
          novelty === undefined ? nothing : row('Distance to the training data', `${novelty.toFixed(2)} of 1`)
        }
        <dt>SHA-256 of the model</dt>
        <dd class="hash" title=${model.hash}>${model.hash}</dd>
        <dt>SHA-256 of the photo</dt>
        <dd class="hash" title=${image.hash}>${image.hash}</dd>
      </dl>
    </details>`;
  }

  private setThreshold(threshold: Threshold): void {
    this.dispatchEvent(new CustomEvent<Threshold>('threshold-change', { detail: threshold }));
  }

  /** Passes an event of a child on as the element's own. */
  private relay(event: Event): void {
    this.dispatchEvent(new CustomEvent(event.type, { detail: (event as CustomEvent<unknown>).detail }));
  }
}
