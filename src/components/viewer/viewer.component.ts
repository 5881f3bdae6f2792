import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import type { Detection, Inspection } from '../../core/types.js';
import type { ImageInput } from '../../detector/types.js';
import type { View } from '../../workbench/state.js';
import { controls } from '../shared/controls.styles.js';
import { icons } from '../shared/icons.js';
import { photoBitmap } from '../shared/photo-bitmap.js';
import { classCounts, plural, resolutionSentence } from '../../workbench/messages/sentences.js';
import { DEFAULT_OPACITY } from './annotate.js';
import { Gestures } from './gestures.js';
import { detectionAt } from './hit-test.js';
import { paintDetections, paintPhoto } from './paint.js';
import { styles } from './viewer.styles.js';
import {
  centreOn,
  chooseSplit,
  clamp,
  fit,
  panBy,
  scaleRange,
  toPhoto,
  zoomAt,
  type Point,
  type Size,
  type Split,
  type Viewport,
} from './viewport.js';

type Pane = 'original' | 'annotated';

/** Between the panes, CSS pixels. */
const GAP = 1;
/** Zoom of one key press or click. */
const STEP = 1.25;
const PAN_STEP = 60;
const GLIDE_MS = 160;
/** As in the tokens: a tablet, read from further away. */
const ARM_LENGTH = '(pointer: coarse) and (min-width: 641px) and (min-height: 600px)';
const TOLERANCE = { mouse: 5, touch: 14 };

/**
 * @summary Shows a photo and the defects on it, in one pane or in two that move together.
 *
 * @slot status - Lies over the photo: progress, errors.
 *
 * @event detection-select - `{ id?: number }`: a defect, or the empty space beside all of them, was clicked.
 * @event detection-hover - `{ id?: number }`: the pointer came over a defect or left it.
 *
 * @csspart toolbar - The row above the photo.
 * @csspart stage - The panes.
 * @csspart caption - The sentences under the photo.
 */
export class DefectViewer extends LitElement {
  static override styles = [controls, styles];

  static override properties = {
    input: { attribute: false },
    name: {},
    inspection: { attribute: false },
    detections: { attribute: false },
    view: {},
    selectedId: { attribute: false },
    hoveredId: { attribute: false },
    areMasksHidden: { attribute: false },
    opacity: { state: true },
    showBoxes: { state: true },
    showLabels: { state: true },
    bitmap: { state: true },
    split: { state: true },
    zoomPercent: { state: true },
  };

  /** The photo to show. */
  declare input: ImageInput | undefined;
  declare name: string;
  /** Of that photo, once there is one. */
  declare inspection: Inspection | undefined;
  /** The visible ones of the inspection. */
  declare detections: readonly Detection[];
  declare view: View;
  declare selectedId: number | undefined;
  declare hoveredId: number | undefined;
  /** While a key or the button is held. */
  declare areMasksHidden: boolean;

  declare private opacity: number;
  declare private showBoxes: boolean;
  declare private showLabels: boolean;
  declare private bitmap: ImageBitmap | undefined;
  declare private split: Split;
  declare private zoomPercent: number;

  private viewport: Viewport = { scale: 1, x: 0, y: 0 };
  /** Whether the photo is kept fitted when the room changes. */
  private isFitted = true;
  private photoSize: Size | undefined;
  private room: Size = { width: 0, height: 0 };
  private frame = 0;
  private glide: { from: Viewport; to: Viewport; start: number } | undefined;
  private clicked: number | undefined;
  private resizeObserver: ResizeObserver | undefined;

  private readonly gestures = new Gestures({
    pan: (dx, dy) => this.move(panBy(this.viewport, dx, dy)),
    zoom: (factor, point) => this.zoom(factor, point),
    tap: (point, pointerType) => this.select(this.detectionUnder(point, pointerType)),
    hover: (point) => this.hover(point && this.detectionUnder(point, 'mouse')),
  });

  constructor() {
    super();
    this.name = '';
    this.detections = [];
    this.view = 'overlay';
    this.areMasksHidden = false;
    this.opacity = DEFAULT_OPACITY;
    this.showBoxes = false;
    this.showLabels = true;
    this.split = 'row';
    this.zoomPercent = 100;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.resizeObserver = new ResizeObserver(() => this.resized());
    if (this.hasUpdated) this.resizeObserver.observe(this.stage);
    // Its bitmap was given back when it was taken out of the page.
    if (this.hasUpdated && this.input && !this.bitmap) void this.load(this.input);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizeObserver?.disconnect();
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.dropBitmap();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('input')) {
      this.dropBitmap();
      if (this.input) void this.load(this.input);
    }
    // Panes of another shape: what was seen is brought into them.
    if (changed.has('view') || (changed as Map<PropertyKey, unknown>).has('split')) this.settle();
  }

  protected override firstUpdated(): void {
    this.resizeObserver?.observe(this.stage);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('selectedId') && this.selectedId !== undefined) this.reveal(this.selectedId);
    this.requestPaint();
  }

  override render(): TemplateResult {
    const panes: readonly Pane[] =
      this.view === 'side-by-side'
        ? ['original', 'annotated']
        : [this.view === 'original' ? 'original' : 'annotated'];
    return html`
      <div class="toolbar" part="toolbar">${this.renderTitle()}${this.renderTools()}</div>
      <div
        class="stage"
        part="stage"
        role="group"
        aria-label="Photo. Plus and minus zoom, arrow keys move, 0 shows all of it."
        tabindex="0"
        data-split=${panes.length === 1 ? 'none' : this.split}
        @keydown=${this.onKey}
      >
        ${panes.map((pane) => this.renderPane(pane, panes.length > 1))}
        <slot name="status"></slot>
      </div>
      <div class="caption" part="caption">
        <div class="sentences">${this.renderSentences()}</div>
        ${this.renderZoom()}
      </div>
    `;
  }

  zoomIn(): void {
    this.zoom(STEP, this.paneCentre);
  }

  zoomOut(): void {
    this.zoom(1 / STEP, this.paneCentre);
  }

  /** Shows all of the photo. */
  fit(): void {
    if (!this.photoSize) return;
    this.isFitted = true;
    this.glideTo(fit(this.photoSize, this.pane));
  }

  /** One pixel of the photo on one pixel of the screen. */
  actualSize(): void {
    this.zoom(1 / devicePixelRatio / this.viewport.scale, this.paneCentre);
  }

  toggleBoxes(): void {
    this.showBoxes = !this.showBoxes;
  }

  toggleLabels(): void {
    this.showLabels = !this.showLabels;
  }

  /** Brings a defect to the middle, as large as a third of the pane. */
  zoomTo(id: number): void {
    const detection = this.detections.find((one) => one.id === id);
    if (!detection || !this.photoSize) return;
    const [x, y, width, height] = detection.box;
    const { min, max } = scaleRange(this.photoSize, this.pane);
    const wanted = Math.min(this.pane.width / width, this.pane.height / height) / 3;
    const scale = Math.min(max, Math.max(min, wanted));
    this.isFitted = false;
    const centre = { x: x + width / 2, y: y + height / 2 };
    this.glideTo(clamp(centreOn({ ...this.viewport, scale }, centre, this.pane), this.photoSize, this.pane));
  }

  private renderTitle(): TemplateResult {
    const size = this.photoSize;
    return html`<div class="title">
      <span class="name" title=${this.name}>${this.name}</span>
      ${size && this.input ? html`<span class="size number">${size.width} × ${size.height} px</span>` : nothing}
    </div>`;
  }

  private renderTools(): TemplateResult | typeof nothing {
    if (this.view === 'original') return nothing;
    const toggle = (text: string, isOn: boolean, toggled: () => void) =>
      html`<button type="button" aria-pressed=${isOn} @click=${toggled}>${text}</button>`;
    const hold = (isHeld: boolean) => () => (this.areMasksHidden = isHeld);
    const key = (isHeld: boolean) => (event: KeyboardEvent) => {
      if (event.key !== ' ' && event.key !== 'Enter') return;
      event.preventDefault();
      this.areMasksHidden = isHeld;
    };
    return html`<div class="tools">
      <label class="fill">
        <span>Fill</span>
        <input
          type="range"
          min="0"
          max="1"
          step="0.05"
          aria-label="Opacity of the filling"
          .value=${String(this.opacity)}
          @input=${(event: Event) => (this.opacity = (event.target as HTMLInputElement).valueAsNumber)}
        />
      </label>
      ${toggle('Boxes', this.showBoxes, () => this.toggleBoxes())}
      ${toggle('Labels', this.showLabels, () => this.toggleLabels())}
      <button
        type="button"
        class="icon"
        title="Hold to hide the defects (H)"
        aria-label="Hold to hide the defects"
        aria-pressed=${this.areMasksHidden}
        @pointerdown=${hold(true)}
        @pointerup=${hold(false)}
        @pointerleave=${hold(false)}
        @pointercancel=${hold(false)}
        @keydown=${key(true)}
        @keyup=${key(false)}
        @blur=${hold(false)}
        @contextmenu=${(event: Event) => event.preventDefault()}
      >
        ${this.areMasksHidden ? icons.eyeOff : icons.eye}
      </button>
    </div>`;
  }

  private renderPane(pane: Pane, isNamed: boolean): TemplateResult {
    const { down, move, up, leave, wheel } = this.gestures;
    const isOnDefect = pane === 'annotated' && this.hoveredId !== undefined;
    return html`<div class="pane">
      <canvas
        data-pane=${pane}
        role="img"
        aria-label=${this.describe(pane)}
        class=${classMap({ 'on-defect': isOnDefect })}
        @pointerdown=${down}
        @pointermove=${move}
        @pointerup=${up}
        @pointercancel=${up}
        @pointerleave=${leave}
        @wheel=${wheel}
        @dblclick=${() => this.fit()}
      ></canvas>
      ${isNamed ? html`<span class="tag">${this.tagOf(pane)}</span>` : nothing}
    </div>`;
  }

  private tagOf(pane: Pane): string {
    if (pane === 'original') return 'Original';
    return this.inspection ? 'Defects' : 'Not inspected yet';
  }

  private describe(pane: Pane): string {
    if (!this.input) return 'No photo';
    if (pane === 'original') return `Photo ${this.name}`;
    if (!this.inspection) return `Photo ${this.name}, not inspected yet`;
    const counts = classCounts(this.detections);
    return `Photo ${this.name} with ${plural(this.detections.length, 'defect')} outlined${counts && `: ${counts}`}`;
  }

  private renderZoom(): TemplateResult {
    const button = (label: string, keys: string, content: unknown, act: () => void, kind: string) =>
      html`<button
        type="button"
        class="plain ${kind}"
        title="${label} (${keys})"
        aria-label=${label}
        ?disabled=${!this.bitmap}
        @click=${act}
      >
        ${content}
      </button>`;
    return html`<div class="zoom" role="group" aria-label="Zoom">
      ${button('Zoom out', '−', icons.minus, () => this.zoomOut(), 'icon minor')}
      <output class="number minor" aria-label="Zoom">${this.bitmap ? `${this.zoomPercent} %` : '–'}</output>
      ${button('Zoom in', '+', icons.plus, () => this.zoomIn(), 'icon minor')}
      ${button('Show all of the photo', '0', icons.fit, () => this.fit(), 'icon')}
      ${button('1:1, true size', '1', '1:1', () => this.actualSize(), 'minor')}
    </div>`;
  }

  private renderSentences(): TemplateResult | typeof nothing {
    if (!this.inspection) return nothing;
    const { domain } = this.inspection.model;
    return html`
      <p class="first number">${resolutionSentence(this.inspection)}</p>
      <p>${domain ? `Trained only on ${domain}` : 'The model doesn’t say what it was trained on'}</p>
    `;
  }

  private get stage(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('.stage')!;
  }

  /** One pane's size, CSS pixels; both are alike. */
  private get pane(): Size {
    const { width, height } = this.room;
    if (this.view !== 'side-by-side') return this.room;
    return this.split === 'row'
      ? { width: (width - GAP) / 2, height }
      : { width, height: (height - GAP) / 2 };
  }

  private get paneCentre(): Point {
    const { width, height } = this.pane;
    return { x: width / 2, y: height / 2 };
  }

  private async load(input: ImageInput): Promise<void> {
    const bitmap = await photoBitmap(input).catch(() => undefined);
    if (input !== this.input || !this.isConnected) {
      bitmap?.close();
      return;
    }
    const before = this.photoSize;
    this.photoSize = bitmap ?? this.inspection?.image;
    this.bitmap = bitmap;
    const { photoSize } = this;
    if (!photoSize) {
      // The size of the photo before is still written there.
      this.requestUpdate();
      return;
    }
    this.split = chooseSplit(photoSize, this.room, GAP);
    // The next part under the same camera is looked at in the same place.
    const isSameFormat = before?.width === photoSize.width && before.height === photoSize.height;
    this.photoSize = { width: photoSize.width, height: photoSize.height };
    if (!isSameFormat) this.isFitted = true;
    this.settle();
  }

  private dropBitmap(): void {
    this.bitmap?.close();
    this.bitmap = undefined;
    this.glide = undefined;
  }

  private resized(): void {
    const { clientWidth, clientHeight } = this.stage;
    if (clientWidth === 0 || clientHeight === 0) return;
    const before = this.pane;
    this.room = { width: clientWidth, height: clientHeight };
    if (this.photoSize) this.split = chooseSplit(this.photoSize, this.room, GAP);
    // What was in the middle stays in the middle.
    const { pane } = this;
    this.viewport = panBy(this.viewport, (pane.width - before.width) / 2, (pane.height - before.height) / 2);
    this.settle();
    // Before the browser paints: a canvas that was stretched for one frame flickers.
    this.paint();
  }

  /** After anything but the pointer changed where the photo may lie. */
  private settle(): void {
    if (!this.photoSize) return;
    this.glide = undefined;
    this.show(
      this.isFitted ? fit(this.photoSize, this.pane) : clamp(this.viewport, this.photoSize, this.pane),
    );
  }

  private move(viewport: Viewport): void {
    if (!this.photoSize) return;
    this.glide = undefined;
    this.isFitted = false;
    this.show(clamp(viewport, this.photoSize, this.pane));
  }

  private zoom(factor: number, point: Point): void {
    if (!this.photoSize) return;
    this.move(zoomAt(this.viewport, factor, point, scaleRange(this.photoSize, this.pane)));
    if (this.viewport.scale <= fit(this.photoSize, this.pane).scale && factor < 1) this.isFitted = true;
  }

  private show(viewport: Viewport): void {
    this.viewport = viewport;
    this.zoomPercent = Math.round(viewport.scale * devicePixelRatio * 100);
    this.requestPaint();
  }

  private glideTo(to: Viewport): void {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.show(to);
      return;
    }
    this.glide = { from: this.viewport, to, start: performance.now() };
    this.requestPaint();
  }

  private stepGlide(now: number): void {
    if (!this.glide) return;
    const { from, to, start } = this.glide;
    const t = Math.min(1, Math.max(0, (now - start) / GLIDE_MS));
    const eased = 1 - (1 - t) ** 3;
    const mix = (a: number, b: number) => a + (b - a) * eased;
    if (t === 1) this.glide = undefined;
    this.show({ scale: mix(from.scale, to.scale), x: mix(from.x, to.x), y: mix(from.y, to.y) });
  }

  private reveal(id: number): void {
    const detection = this.detections.find((one) => one.id === id);
    const wasClicked = this.clicked === id;
    this.clicked = undefined;
    // What was clicked is looked at already.
    if (!detection || !this.photoSize || wasClicked) return;
    const [x, y, width, height] = detection.box;
    const centre = { x: x + width / 2, y: y + height / 2 };
    const target = clamp(centreOn(this.viewport, centre, this.pane), this.photoSize, this.pane);
    if (target.x !== this.viewport.x || target.y !== this.viewport.y) {
      this.isFitted = false;
      this.glideTo(target);
    }
  }

  private detectionUnder(point: Point, pointerType: string): number | undefined {
    if (this.view === 'original' || this.areMasksHidden || !this.bitmap) return undefined;
    const tolerance = pointerType === 'touch' ? TOLERANCE.touch : TOLERANCE.mouse;
    const at = toPhoto(this.viewport, point);
    return detectionAt(this.detections, at, tolerance / this.viewport.scale)?.id;
  }

  private select(id: number | undefined): void {
    this.clicked = id;
    this.dispatchEvent(new CustomEvent('detection-select', { detail: { id } }));
  }

  private hover(id: number | undefined): void {
    if (id !== this.hoveredId) this.dispatchEvent(new CustomEvent('detection-hover', { detail: { id } }));
  }

  private onKey(event: KeyboardEvent): void {
    if (event.target !== this.stage || event.altKey || event.ctrlKey || event.metaKey) return;
    const steps: Partial<Record<string, readonly [number, number]>> = {
      ArrowLeft: [PAN_STEP, 0],
      ArrowRight: [-PAN_STEP, 0],
      ArrowUp: [0, PAN_STEP],
      ArrowDown: [0, -PAN_STEP],
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    this.move(panBy(this.viewport, ...step));
  }

  private requestPaint(): void {
    if (this.frame !== 0 || !this.isConnected) return;
    this.frame = requestAnimationFrame((now) => {
      this.frame = 0;
      this.stepGlide(now);
      this.paint();
    });
  }

  private paint(): void {
    for (const canvas of this.renderRoot.querySelectorAll('canvas')) this.paintPane(canvas);
  }

  private paintPane(canvas: HTMLCanvasElement): void {
    const ratio = devicePixelRatio;
    const width = Math.max(1, Math.round(canvas.clientWidth * ratio));
    const height = Math.max(1, Math.round(canvas.clientHeight * ratio));
    // Setting a canvas' size, even to what it is, empties it and costs.
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const context = canvas.getContext('2d', { alpha: true })!;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    if (!this.bitmap) return;
    const { scale, x, y } = this.viewport;
    const viewport = { scale: scale * ratio, x: Math.round(x * ratio), y: Math.round(y * ratio) };
    paintPhoto(context, this.bitmap, viewport);
    if (canvas.dataset.pane === 'original' || !this.inspection || this.areMasksHidden) return;
    paintDetections(context, this.detections, viewport, {
      classes: this.inspection.model.classes,
      opacity: this.opacity,
      labels: this.showLabels,
      boxes: this.showBoxes,
      unit: ratio * (matchMedia(ARM_LENGTH).matches ? 1.2 : 1),
      selectedId: this.selectedId,
      hoveredId: this.hoveredId,
    });
  }
}
