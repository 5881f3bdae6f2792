import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { baseName } from '../../datasets/paths.js';
import { text } from '../../messages/evaluation-text.js';
import type { CaseList } from '../../workbench/evaluation/cases.js';
import type { ShownCase } from '../../workbench/evaluation/evaluator-api.js';
import type { Evaluated, Picture } from '../../workbench/evaluation/state.js';
import { controls } from '../shared/controls.styles.js';
import { icons } from '../shared/icons.js';
import { middleCut } from '../shared/middle-cut.js';
import { sendCommand } from '../shared/send-command.js';
import { areaOf, wholePhoto } from './case-painter.js';
import { CasePhotos } from './case-photos.js';
import { describeCase, listTitle } from './case-texts.js';
import { galleryStyles } from './gallery.styles.js';
import { paintPhoto } from './paint-photo.js';
import { panel } from './panel.styles.js';
import { StyledElement } from '../shared/styled-element.js';

/** So many at first, and more on demand. */
const PAGE = 24;
const SIDE = 160;

/**
 * @summary Crops of photos, each with a person's outline and the model's; one of them can be opened, close up or as a whole.
 *
 * @event defect-command - `evaluation.case`, `evaluation.next-case` or `evaluation.previous-case`.
 */
export class DefectCaseGallery extends StyledElement {
  static override styles = [controls, panel, galleryStyles];

  static override properties = {
    evaluated: { attribute: false },
    list: { attribute: false },
    photos: { attribute: false },
    load: { attribute: false },
    limit: { state: true },
    isWhole: { state: true },
    opened: { attribute: false },
  };

  declare evaluated: Evaluated | undefined;
  declare list: CaseList | undefined;
  /** The photos' paths. */
  declare photos: readonly string[];
  /** Gives a photo, and what to draw on it, for the model at that place. */
  declare load: ((place: number, photo: number) => Promise<Picture | undefined>) | undefined;
  /** Place of the case that is seen as a whole. */
  declare opened: number | undefined;
  declare private limit: number;
  /** Whether the opened photo is seen as a whole, and not just the case. */
  declare private isWhole: boolean;

  private observer: IntersectionObserver | undefined;
  /** A phone that is turned round gives the opened photo another shape. */
  private readonly turned = new ResizeObserver(() => {
    this.paintWhole().catch(reportError);
  });
  private waiting: HTMLCanvasElement[] = [];
  private isPainting = false;
  /** Counts what the opened case's canvas was to show: what comes late is not painted on it. */
  private turn = 0;
  private readonly decoded = new CasePhotos();

  constructor() {
    super();
    this.photos = [];
    this.limit = PAGE;
    this.isWhole = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer?.disconnect();
    this.observer = undefined;
    this.turned.disconnect();
    this.turn++;
    this.decoded.close();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('list')) this.limit = PAGE;
    if (changed.has('opened') && this.opened === undefined) this.isWhole = false;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('evaluated') || changed.has('list') || changed.has('limit')) this.observe();
    if (changed.has('opened') || changed.has('isWhole')) this.showOpened();
  }

  override render(): TemplateResult {
    const { list, evaluated } = this;
    if (!list || !evaluated) return html``;
    const shown = list.cases.slice(0, this.limit);
    const rest = list.cases.length - shown.length;
    return html`
      <div class="head">
        <h3>${listTitle(evaluated, list.choice)} <span class="number quiet">${list.cases.length}</span></h3>
        <small class="key person">${text.cases.byPerson}</small>
        <small class="key">${text.cases.byModel}</small>
      </div>
      ${
        shown.length === 0
          ? html`<p class="quiet">${text.cases.none}</p>`
          : html`<ul>
              ${repeat(
                shown,
                ({ image, truth, detection }) => `${image} ${truth ?? ''} ${detection ?? ''}`,
                (one, i) => this.renderCase(evaluated, one, i),
              )}
            </ul>`
      }
      ${
        rest > 0
          ? html`<button type="button" class="more" @click=${() => (this.limit += PAGE)}>
              ${rest <= PAGE ? text.cases.showRest(rest) : text.cases.showMore({ more: PAGE, rest })}
            </button>`
          : nothing
      }
      ${this.renderDialog(evaluated, list)}
    `;
  }

  private renderCase(evaluated: Evaluated, one: ShownCase, place: number): TemplateResult {
    const path = this.pathOf(one);
    return html`<li>
      <button type="button" @click=${() => sendCommand(this, 'evaluation.case', { place })}>
        <canvas data-place=${place} aria-hidden="true"></canvas>
        <span class="what">${describeCase(evaluated, one)}</span>
        <span class="quiet" title=${path}>${middleCut(baseName(path))}</span>
      </button>
    </li>`;
  }

  private renderDialog(evaluated: Evaluated, list: CaseList): TemplateResult {
    const { opened } = this;
    const one = opened === undefined ? undefined : list.cases[opened];
    return html`<dialog
      aria-label=${text.cases.photo}
      @close=${() => sendCommand(this, 'evaluation.case')}
      @keydown=${this.onKey}
    >
      ${one && opened !== undefined ? this.renderWhole(describeCase(evaluated, one), this.pathOf(one), opened) : nothing}
    </dialog>`;
  }

  private renderWhole(what: string, photo: string, place: number): TemplateResult {
    const count = text.cases.place({ place: place + 1, cases: this.list?.cases.length ?? 0 });
    return html`<header>
        <p class="number"><b>${what}</b> · ${photo} · ${count}</p>
        <button type="button" aria-pressed=${this.isWhole} @click=${() => (this.isWhole = !this.isWhole)}>
          ${text.cases.wholePhoto}
        </button>
        <button type="button" class="icon" aria-label=${text.cases.previous} @click=${() => this.step(-1)}>
          ‹
        </button>
        <button type="button" class="icon" aria-label=${text.cases.next} @click=${() => this.step(1)}>
          ›
        </button>
        <button
          type="button"
          class="plain icon"
          aria-label=${text.close}
          @click=${() => this.dialog?.close()}
        >
          ${icons.close}
        </button>
      </header>
      <canvas role="img" aria-label=${text.cases.onPhoto({ what, photo })}></canvas>`;
  }

  private pathOf({ image }: ShownCase): string {
    return this.photos[image] ?? '';
  }

  private get dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  private showOpened(): void {
    const { dialog } = this;
    if (this.opened === undefined) {
      dialog?.close();
      return;
    }
    if (dialog?.open === false) dialog.showModal();
    this.turned.observe(this.renderRoot.querySelector('dialog canvas')!);
    this.paintWhole().catch(reportError);
  }

  private step(by: 1 | -1): void {
    sendCommand(this, by > 0 ? 'evaluation.next-case' : 'evaluation.previous-case');
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
        this.paint().catch(reportError);
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
    try {
      for (let canvas = this.waiting.shift(); canvas; canvas = this.waiting.shift()) {
        this.observer?.unobserve(canvas);
        // One that can't be painted keeps no other from it.
        await this.paintCrop(canvas).catch(reportError);
      }
    } finally {
      this.isPainting = false;
    }
  }

  private async paintCrop(canvas: HTMLCanvasElement): Promise<void> {
    const one = this.list?.cases[Number(canvas.dataset.place)];
    const decoded = one && (await this.open(one.image));
    canvas.width = canvas.height = Math.round(SIDE * devicePixelRatio);
    if (!decoded) return;
    const area = areaOf(decoded.outlines, one);
    await paintPhoto({ canvas, one, area, unit: devicePixelRatio }, decoded);
  }

  private async paintWhole(): Promise<void> {
    const turn = ++this.turn;
    const { list, opened } = this;
    const one = opened === undefined ? undefined : list?.cases[opened];
    const canvas = this.renderRoot.querySelector<HTMLCanvasElement>('dialog canvas');
    if (!one || !canvas) return;
    const decoded = await this.open(one.image);
    if (!decoded || this.turn !== turn) return;
    canvas.width = Math.round(canvas.clientWidth * devicePixelRatio);
    canvas.height = Math.round(canvas.clientHeight * devicePixelRatio);
    const { outlines } = decoded;
    const area = this.isWhole ? wholePhoto(outlines) : areaOf(outlines, one, canvas.width / canvas.height);
    const view = { canvas, one, area, unit: devicePixelRatio };
    await paintPhoto(view, decoded, () => this.turn === turn);
  }

  /** Nothing where the photo is gone. */
  private open(image: number): ReturnType<CasePhotos['open']> | undefined {
    const { evaluated, list, load } = this;
    if (!evaluated || !list || !load) return undefined;
    return this.decoded.open(evaluated, image, () => load(list.place, image));
  }
}
