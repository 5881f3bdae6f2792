import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Case } from '../../core/evaluation/confusion.js';
import { baseName } from '../../datasets/paths.js';
import { controls } from '../shared/controls.styles.js';
import { icons } from '../shared/icons.js';
import { photoBitmap } from '../shared/photo-bitmap.js';
import { fainterReport, paintCase, regionOf, wholePhoto } from './case-painter.js';
import type { CaseList } from '../../workbench/evaluation/cases.js';
import { score } from './format.js';
import { panel } from './panel.styles.js';
import type { Evaluated } from '../../workbench/evaluation/session.js';

/** So many at first, and more on demand. */
const PAGE = 24;
const SIDE = 160;

/** @summary Crops of photos, each with a person's outline and the model's; one of them can be seen as a whole. */
export class DefectCaseGallery extends LitElement {
  static override styles = [
    controls,
    panel,
    css`
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 4px 16px;
        margin-bottom: 8px;
      }

      .key {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }

      .key::before {
        content: '';
        width: 22px;
        border-top: 2px solid var(--defect-accent);
      }

      .key.person::before {
        border-top: 2px dashed var(--defect-text);
      }

      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(148px, 1fr));
        gap: 10px;
      }

      li button {
        display: grid;
        justify-items: stretch;
        gap: 4px;
        width: 100%;
        padding: 0 0 6px;
        overflow: hidden;
        text-align: start;
        white-space: normal;
        font-weight: 400;
      }

      li canvas {
        width: 100%;
        aspect-ratio: 1;
        background: var(--defect-stage);
      }

      li span {
        padding: 0 8px;
        overflow: hidden;
        font-size: var(--defect-text-xs);
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      li .what {
        font-weight: 600;
        white-space: normal;
      }

      .more {
        margin-top: 12px;
      }

      dialog {
        width: min(1100px, calc(100vw - 24px));
        max-height: calc(100dvh - 24px);
        padding: 12px 16px;
        border: 1px solid var(--defect-border);
        border-radius: 10px;
        background: var(--defect-surface);
        color: var(--defect-text);
      }

      dialog::backdrop {
        background: rgb(0 0 0 / 0.5);
      }

      dialog header {
        display: flex;
        align-items: center;
        gap: 8px;
        margin-bottom: 8px;
      }

      dialog p {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }

      dialog canvas {
        display: block;
        width: 100%;
        height: min(70dvh, 800px);
        background: var(--defect-stage);
      }
    `,
  ];

  static override properties = {
    evaluated: { attribute: false },
    list: { attribute: false },
    limit: { state: true },
    opened: { state: true },
  };

  declare evaluated: Evaluated | undefined;
  declare list: CaseList | undefined;
  declare private limit: number;
  /** Place of the case that is seen as a whole. */
  declare private opened: number | undefined;

  private observer: IntersectionObserver | undefined;
  private waiting: HTMLCanvasElement[] = [];
  private isPainting = false;
  /** The photo that was decoded last: cases of one photo follow each other. */
  private decoded:
    { readonly image: number; readonly evaluated: Evaluated; readonly bitmap: ImageBitmap } | undefined;

  constructor() {
    super();
    this.limit = PAGE;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer?.disconnect();
    this.observer = undefined;
    this.decoded?.bitmap.close();
    this.decoded = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('list')) this.limit = PAGE;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('evaluated') || changed.has('list') || changed.has('limit')) this.observe();
    if (changed.has('opened') && this.opened !== undefined) void this.paintWhole();
  }

  override render(): TemplateResult {
    const { list, evaluated } = this;
    if (!list || !evaluated) return html``;
    const shown = list.cases.slice(0, this.limit);
    const rest = list.cases.length - shown.length;
    return html`
      <div class="head">
        <h3>${list.title} <span class="number quiet">${list.cases.length}</span></h3>
        <small class="key person">outlined by a person</small>
        <small class="key">outlined by the model</small>
      </div>
      ${
        shown.length === 0
          ? html`<p class="quiet">None on these photos.</p>`
          : html`<ul>
              ${repeat(
                shown,
                ({ image, truth, detection }) => `${image} ${truth} ${detection}`,
                (one, i) => this.renderCase(evaluated, one, i),
              )}
            </ul>`
      }
      ${
        rest > 0
          ? html`<button type="button" class="more" @click=${() => (this.limit += PAGE)}>
              ${rest <= PAGE ? `Show the other ${rest}` : `Show ${PAGE} more of ${rest}`}
            </button>`
          : nothing
      }
      ${this.renderDialog(evaluated, list)}
    `;
  }

  private renderCase(evaluated: Evaluated, one: Case, place: number): TemplateResult {
    return html`<li>
      <button type="button" @click=${() => this.open(place)}>
        <canvas data-place=${place} aria-hidden="true"></canvas>
        <span class="what">${describe(evaluated, one)}</span>
        <span class="quiet" title=${nameOf(evaluated, one)}>${baseName(nameOf(evaluated, one))}</span>
      </button>
    </li>`;
  }

  private renderDialog(evaluated: Evaluated, list: CaseList): TemplateResult {
    const one = this.opened === undefined ? undefined : list.cases[this.opened];
    return html`<dialog aria-label="Photo" @close=${() => (this.opened = undefined)} @keydown=${this.onKey}>
      ${
        one
          ? html`<header>
                <p class="number">
                  <b>${describe(evaluated, one)}</b> · ${nameOf(evaluated, one)} · ${this.opened! + 1} of
                  ${list.cases.length}
                </p>
                <button type="button" class="icon" aria-label="Previous" @click=${() => this.step(-1)}>
                  ‹
                </button>
                <button type="button" class="icon" aria-label="Next" @click=${() => this.step(1)}>›</button>
                <button
                  type="button"
                  class="plain icon"
                  aria-label="Close"
                  @click=${() => this.dialog.close()}
                >
                  ${icons.close}
                </button>
              </header>
              <canvas
                role="img"
                aria-label="${describe(evaluated, one)} on ${nameOf(evaluated, one)}"
              ></canvas>`
          : nothing
      }
    </dialog>`;
  }

  private get dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog')!;
  }

  private open(place: number): void {
    this.opened = place;
    this.dialog.showModal();
  }

  private step(by: 1 | -1): void {
    const count = this.list!.cases.length;
    this.opened = (this.opened! + by + count) % count;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    this.step(event.key === 'ArrowRight' ? 1 : -1);
  };

  /** Crops are painted when they come into sight, one after the other: photos are large. */
  private observe(): void {
    this.observer ??= new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          this.waiting = this.waiting.filter((canvas) => canvas !== target);
          if (isIntersecting) this.waiting.push(target as HTMLCanvasElement);
        }
        void this.paint();
      },
      { rootMargin: '200px' },
    );
    this.observer.disconnect();
    this.waiting = [];
    for (const canvas of this.renderRoot.querySelectorAll('li canvas')) this.observer.observe(canvas);
  }

  private async paint(): Promise<void> {
    if (this.isPainting) return;
    this.isPainting = true;
    for (let canvas = this.waiting.shift(); canvas; canvas = this.waiting.shift()) {
      this.observer?.unobserve(canvas);
      const { evaluated, list } = this;
      const one = list?.cases[Number(canvas.dataset.place)];
      if (!evaluated || !one) continue;
      const bitmap = await this.decode(evaluated, one.image);
      const unit = devicePixelRatio;
      canvas.width = canvas.height = Math.round(SIDE * unit);
      if (bitmap) paintCase(canvas, bitmap, evaluated, one, regionOf(evaluated, one), unit);
    }
    this.isPainting = false;
  }

  private async paintWhole(): Promise<void> {
    const { evaluated, list, opened } = this;
    const one = opened === undefined ? undefined : list?.cases[opened];
    const canvas = this.renderRoot.querySelector<HTMLCanvasElement>('dialog canvas');
    if (!evaluated || !one || !canvas) return;
    const bitmap = await this.decode(evaluated, one.image);
    if (!bitmap || this.opened !== opened) return;
    const unit = devicePixelRatio;
    canvas.width = Math.round(canvas.clientWidth * unit);
    canvas.height = Math.round(canvas.clientHeight * unit);
    paintCase(canvas, bitmap, evaluated, one, wholePhoto(evaluated.photos[one.image]!), unit);
  }

  /** Undefined where the photo is gone. */
  private async decode(evaluated: Evaluated, image: number): Promise<ImageBitmap | undefined> {
    if (this.decoded?.evaluated === evaluated && this.decoded.image === image) return this.decoded.bitmap;
    try {
      const bitmap = await photoBitmap(await evaluated.photos[image]!.image.file.blob());
      this.decoded?.bitmap.close();
      this.decoded = { image, evaluated, bitmap };
      return bitmap;
    } catch {
      return undefined;
    }
  }
}

const nameOf = ({ photos }: Evaluated, { image }: Case): string => photos[image]!.image.file.path;

/** `pitting 0.62`, `pitting, only 0.31` (below the threshold), `pitting, overlap 0.31`, `pitting → crack 0.70`. */
function describe(evaluated: Evaluated, one: Case): string {
  const { images, classes, photos, model } = evaluated;
  const { image, truth, detection } = one;
  const compared = images[image]!;
  const nameOfClass = (id: number) => classes.find((one) => one.id === id)?.name ?? 'defect';
  const reported =
    detection === undefined
      ? undefined
      : `${model.classes.find(({ id }) => id === photos[image]!.detections[detection]!.classId)?.name ?? 'defect'} ${score(compared.detections[detection]!.score)}`;
  if (truth === undefined) {
    const nearest = Math.max(0, ...compared.overlaps[detection!]!);
    return `${reported}${nearest > 0 ? `, overlap ${score(nearest)}` : ''}`;
  }
  const actual = nameOfClass(compared.truths[truth]!.classId);
  if (reported === undefined) {
    const fainter = fainterReport(evaluated, one);
    if (fainter !== undefined) return `${actual}, only ${score(compared.detections[fainter]!.score)}`;
    const nearest = Math.max(0, ...compared.overlaps.map((row) => row[truth]!));
    return `${actual}, ${nearest > 0 ? `overlap ${score(nearest)}` : 'nothing near'}`;
  }
  // Found as what it is: said once.
  return reported.startsWith(`${actual} `) ? reported : `${actual} → ${reported}`;
}
