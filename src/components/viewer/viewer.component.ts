import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { clipArea } from '../../core/pipeline/area.js';
import type { Box, Detection, Inspection } from '../../core/types.js';
import type { Picture } from '../../detector/photo/picture.js';
import type { ImageInput } from '../../detector/types.js';
import { text, write } from '../../messages/text.js';
import type { TeachingState } from '../../workbench/lessons/state.js';
import type { ViewerPort } from '../../workbench/ports.js';
import { classCounts } from '../../workbench/results/class-counts.js';
import { seenSize } from '../../workbench/results/seen-size.js';
import { DEFAULT_DISPLAY, type Display, type Drawing, type View } from '../../workbench/state.js';
import { isAboutPhoto } from '../shared/about-photo.js';
import { controls } from '../shared/controls.styles.js';
import { middleCut } from '../shared/middle-cut.js';
import { sendCommand, senderOf } from '../shared/send-command.js';
import { renderAreaNotice } from './area-notice.js';
import { CloseUp } from './close-up.js';
import { Gestures } from './gestures.js';
import { renderEdge } from './edge.js';
import { detectionAt, toleranceOf } from './hit-test.js';
import { wholeLayer, type Layer } from './layer.js';
import { MarkingLoader } from './marking-loader.js';
import { findOutside, isSameOutside, NONE_OUTSIDE, type Outside } from './outside.js';
import { paintPane, type PaintOver } from './pane.js';
import { PhotoFrame } from './photo-frame.js';
import { renderHidden, renderOutside } from './pills.js';
import { RectangleGesture } from './rectangle.js';
import { renderTools, renderZoom } from './tools.js';
import { ViewportController } from './viewport-controller.js';
import { styles } from './viewer.styles.js';
import type { Point, Split } from './viewport.js';
import { StyledElement } from '../shared/styled-element.js';

type Pane = 'original' | 'annotated';

/** CSS pixels that one press of an arrow key moves the photo by. */
const PAN_STEP = 60;

/** What is said of a photo, which changes together with the picture. */
interface Shown {
  readonly name: string;
  readonly inspection: Inspection | undefined;
  readonly detections: readonly Detection[];
}

/**
 * @summary Shows a photo and the defects on it, in one pane or in two that move together.
 *
 * @slot look - Beside the sentences under the photo: how it is looked at.
 * @slot status - Lies over the photo: progress, errors.
 *
 * @event defect-command - `defect.select`, `defect.hover`: the pointer clicked a defect or came over it; without an id, it
 *   clicked beside all of them or left them. How defects are to be drawn, and which of them.
 *
 * While somebody teaches, it is marked on as well; what that takes is fetched then.
 *
 * @event defect-command - `lesson.mark`, `lesson.erase`, and what else can be said of a photo and its marks.
 *
 * @event defect-command - `area.draw`, `area.view`, `area.inspect`, `smallest.set`, `drawing.end`: a rectangle was drawn, or is to be.
 *
 * @csspart toolbar - The row above the photo.
 * @csspart stage - The panes.
 * @csspart caption - The sentences under the photo.
 */
export class DefectViewer extends StyledElement implements ViewerPort {
  static override styles = [controls, styles];

  static override properties = {
    input: { attribute: false },
    name: {},
    inspection: { attribute: false },
    detections: { attribute: false },
    numbers: { attribute: false },
    view: {},
    display: { attribute: false },
    selectedId: { attribute: false },
    hoveredId: { attribute: false },
    areMasksHidden: { attribute: false },
    hiddenDefects: { attribute: false },
    isViewKept: { attribute: false },
    neighbours: { attribute: false },
    drawing: {},
    underWay: { attribute: false },
    teaching: { attribute: false },
    photoId: { attribute: false },
    isFailed: { attribute: false },
    hasLetters: { attribute: false },
    canUndo: { attribute: false },
    canRedo: { attribute: false },
    drawn: { state: true },
    isZoomed: { state: true },
    edge: { state: true },
    outside: { state: true },
    split: { state: true },
    zoomPercent: { state: true },
    isUndrawn: { state: true },
  };

  /** The photo to show. */
  declare input: ImageInput | undefined;
  declare name: string;
  /** Of that photo, once there is one. */
  declare inspection: Inspection | undefined;
  /** The visible ones of the inspection. */
  declare detections: readonly Detection[];
  /** What they are called by; their ids by default. */
  declare numbers: ReadonlyMap<Detection, number> | undefined;
  declare view: View;
  declare display: Display;
  declare selectedId: number | undefined;
  declare hoveredId: number | undefined;
  /** While a key or the button is held. */
  declare areMasksHidden: boolean;
  /** How many are not among the visible ones because their class is hidden. */
  declare hiddenDefects: number;
  /** Whether the next photo is shown where this one lies, instead of whole. */
  declare isViewKept: boolean;
  /** Photos that are likely to be shown next, the likeliest first. */
  declare neighbours: readonly ImageInput[];
  /** What a rectangle is about to be drawn for, if so. */
  declare drawing: Drawing | undefined;
  /** Parts of the photo that are being inspected, in its pixels. */
  declare underWay: readonly Box[];
  /** What is taught, while somebody does. */
  declare teaching: TeachingState | undefined;
  /** The photo's id, by which lessons know it. */
  declare photoId: number | undefined;
  /** Whether inspecting it failed, which is read out elsewhere: often for the same reason for which it can't be shown. */
  declare isFailed: boolean;
  /** Whether letters, digits and signs are keys by themselves. */
  declare hasLetters: boolean;
  declare canUndo: boolean;
  declare canRedo: boolean;

  /** Of a wipe: the share of the picture, 0..1 from the left, that shows the photo alone. */
  declare private edge: number;
  declare private outside: Outside;
  /** The rectangle, as far as it is drawn, photo pixels. */
  declare private drawn: Box | undefined;
  /** Whether less than all of the photo is in view. */
  declare private isZoomed: boolean;
  declare private split: Split;
  declare private zoomPercent: number;
  /** Whether the browser gives nothing to draw the photo on. */
  declare private isUndrawn: boolean;

  private readonly photo = new PhotoFrame((picture) => this.opened(picture));
  private readonly closeUp = new CloseUp(() => this.requestPaint());
  private shown: Shown = { name: '', inspection: undefined, detections: [] };
  /** Asked for before its photo was there. */
  private zoomId: number | undefined;
  private frame = 0;
  private sketchFrame = 0;
  private clicked: number | undefined;
  private resizeObserver: ResizeObserver | undefined;

  private readonly viewport = new ViewportController({
    isSplit: () => this.view === 'side-by-side',
    onMove: () => this.moved(),
  });
  private readonly gestures = new Gestures({
    pan: (dx, dy) => this.viewport.panBy(dx, dy),
    zoom: (factor, point) => this.viewport.zoomBy(factor, point),
    tap: (point, pointerType) => this.tap(point, pointerType),
    hover: (point) => this.hover(point && this.detectionUnder(point, 'mouse')),
  });

  private readonly rectangle = new RectangleGesture({
    draw: (corners) => (this.drawn = corners && this.boxBetween(...corners)),
    done: (corners) => this.takeRectangle(this.boxBetween(...corners)),
  });

  private readonly loader = new MarkingLoader(
    {
      viewport: this.viewport,
      gestures: this.gestures,
      send: senderOf(this),
      update: () => this.requestUpdate(),
      updateSketch: () => this.requestSketch(),
    },
    () => this.requestUpdate(),
  );

  constructor() {
    super();
    this.name = '';
    this.detections = [];
    this.view = 'overlay';
    this.display = DEFAULT_DISPLAY;
    this.areMasksHidden = false;
    this.hiddenDefects = 0;
    this.isViewKept = false;
    this.neighbours = [];
    this.underWay = [];
    this.isFailed = false;
    this.hasLetters = false;
    this.canUndo = false;
    this.canRedo = false;
    this.isZoomed = false;
    this.edge = 0.5;
    this.outside = NONE_OUTSIDE;
    this.split = 'row';
    this.zoomPercent = 100;
    this.isUndrawn = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.resizeObserver = new ResizeObserver(() => this.resized());
    if (!this.hasUpdated) return;
    this.resizeObserver.observe(this.stage);
    // Its photo was given back when it was taken out of the page.
    this.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizeObserver?.disconnect();
    cancelAnimationFrame(this.frame);
    cancelAnimationFrame(this.sketchFrame);
    this.frame = 0;
    this.sketchFrame = 0;
    this.loader.marking?.drop();
    this.photo.close();
    this.closeUp.drop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('input') || (changed.has('inspection') && this.isBlank)) this.open();
    else if (changed.has('neighbours')) this.photo.turnTo(this.input, this.neighbours);
    if (!this.photo.isOpening) {
      const { name, inspection, detections } = this;
      this.shown = { name, inspection, detections };
    }
    // The panes have another shape now: the photo has to lie within them.
    if (changed.has('view')) this.viewport.settle();
    this.look();
    this.teach();
  }

  /** Fetches what marking takes when somebody begins to teach, and tells it what is shown. */
  private teach(): void {
    const { teaching, photoId, inspection, selectedId, display, areMasksHidden } = this;
    const { hasLetters, canUndo, canRedo, loader } = this;
    if (!teaching) {
      loader.marking?.close();
      loader.leave();
      return;
    }
    loader.load();
    // What is seen may be the photo before: nothing is marked on it.
    const photo = this.photo.picture ? photoId : undefined;
    const detection = inspection?.detections.find(({ id }) => id === selectedId);
    const shown = { teaching, photo, detection, display, areMasksHidden };
    loader.marking?.show({ ...shown, hasLetters, canUndo, canRedo });
  }

  /** What marks, while somebody teaches and it is there. */
  private get marking() {
    return this.teaching && this.loader.marking;
  }

  protected override firstUpdated(): void {
    this.resizeObserver?.observe(this.stage);
  }

  protected override updated(changed: PropertyValues<this>): void {
    // With another result comes another number of the same defect: nobody has asked to see it.
    if (changed.has('selectedId') && !changed.has('inspection')) this.reveal(this.selectedId);
    if (this.hadFocus && !this.shadowRoot?.activeElement) this.stage.focus({ preventScroll: true });
    this.requestPaint();
  }

  /** Whether a button has the focus that may be gone after the update. */
  private hadFocus = false;

  protected override update(changed: PropertyValues<this>): void {
    this.hadFocus = Boolean(this.shadowRoot?.activeElement?.closest('.pills'));
    super.update(changed);
  }

  override render(): TemplateResult {
    const panes: readonly Pane[] =
      this.view === 'side-by-side'
        ? ['original', 'annotated']
        : [this.view === 'original' ? 'original' : 'annotated'];
    return html`
      <div class="toolbar" part="toolbar">${this.renderTitle()}${this.renderTools()}</div>
      <div class="middle">
        ${this.marking?.renderBar() ?? nothing}
        <div
          class="stage"
          part="stage"
          role="group"
          aria-label=${this.marking?.stageLabel ?? text.viewer.stage}
          tabindex="0"
          data-split=${panes.length === 1 ? 'none' : this.split}
          aria-busy=${this.photo.isOpening}
          @keydown=${this.onKey}
        >
          ${panes.map((pane) => this.renderPane(pane, panes.length > 1))}
          ${this.view === 'wipe' && this.input ? renderEdge(this.edge, (edge) => (this.edge = edge)) : nothing}
          <slot name="status"></slot>
          <div class="pills top">
            ${this.renderFailure()}${this.renderAreaNotice()}
            ${this.teaching ? this.loader.renderFailure() : nothing}${this.marking?.renderGood() ?? nothing}
          </div>
          <div class="pills">${this.renderPills()}</div>
          ${this.marking?.renderOver() ?? nothing}
          ${this.photo.isOpening ? html`<span class="tag opening">${text.viewer.opening({ name: this.name })}</span>` : nothing}
        </div>
      </div>
      <div class="caption" part="caption">
        <div class="sentences">${this.renderSentences()}</div>
        <slot name="look"></slot>
        ${renderZoom({
          percent: this.photo.picture && this.zoomPercent,
          isKept: this.isViewKept,
          onKeep: () => sendCommand(this, 'zoom.keep'),
          onOut: () => this.zoomOut(),
          onIn: () => this.zoomIn(),
          onFit: () => this.fit(),
          onActualSize: () => this.actualSize(),
        })}
      </div>
    `;
  }

  /** Gives the focus to the photo: arrow keys move it, or what it is marked with. */
  override focus(options?: FocusOptions): void {
    this.stage.focus(options);
  }

  /** A key that somebody has pressed anywhere in the inspector. Returns whether it means something to what is drawn or marked. */
  keyDown(event: KeyboardEvent): boolean {
    return this.marking?.keyDown(event) ?? false;
  }

  keyUp(event: KeyboardEvent): void {
    this.marking?.keyUp(event);
  }

  /** Keys that are let go from now on are never reported. */
  blurred(): void {
    this.marking?.letSpaceGo();
  }

  zoomIn(): void {
    this.viewport.zoomIn();
  }

  zoomOut(): void {
    this.viewport.zoomOut();
  }

  /** Shows all of the photo. */
  fit(): void {
    this.viewport.fit();
  }

  /** One pixel of the photo on one pixel of the screen. */
  actualSize(): void {
    this.viewport.actualSize();
  }

  /** Brings a defect to the middle, as large as a third of the pane. */
  zoomTo(id: number): void {
    if (this.photo.isWaiting) {
      this.zoomId = id;
      return;
    }
    const detection = this.detections.find((one) => one.id === id);
    if (detection) this.viewport.zoomTo(detection.box);
  }

  inView(): Box | undefined {
    const { pane } = this.viewport;
    if (!this.photo.picture || pane.width <= 0) return undefined;
    return this.boxBetween({ x: 0, y: 0 }, { x: pane.width, y: pane.height });
  }

  /** Of two points of the pane, in photo pixels. */
  private boxBetween(a: Point, b: Point): Box | undefined {
    const { photoSize } = this.viewport;
    return photoSize && clipArea(boxOf(this.viewport.toPhoto(a), this.viewport.toPhoto(b)), photoSize);
  }

  private takeRectangle(box: Box | undefined): void {
    if (!box) return;
    if (this.drawing === 'area') sendCommand(this, 'area.inspect', { area: box });
    else sendCommand(this, 'smallest.set', { smallest: Math.max(box[2], box[3]) });
    sendCommand(this, 'drawing.end');
  }

  private renderTitle(): TemplateResult {
    const size = this.viewport.photoSize;
    return html`<div class="title">
      <span class="name" title=${this.shown.name}>${middleCut(this.shown.name)}</span>
      ${size && this.input ? html`<span class="size number">${write.size(size)}</span>` : nothing}
    </div>`;
  }

  private renderTools(): TemplateResult {
    return renderTools({
      isDrawingArea: this.drawing === 'area',
      onArea: () => sendCommand(this, 'area.draw'),
      hasDefects: this.view !== 'original',
      display: this.display,
      areMasksHidden: this.areMasksHidden,
      onFill: (opacity) => sendCommand(this, 'fill.set', { opacity }),
      onBoxes: () => sendCommand(this, 'boxes.toggle'),
      onLabels: () => sendCommand(this, 'labels.toggle'),
      onHide: (isHeld) => sendCommand(this, isHeld ? 'masks.hide' : 'masks.show'),
    });
  }

  /** What is wrong with the photo itself, its entry says. */
  private renderFailure(): TemplateResult | typeof nothing {
    const { failure } = this.photo;
    if (!this.isUndrawn && (failure === undefined || isAboutPhoto(failure))) return nothing;
    return html`<div class="pill failure" role=${this.isFailed ? nothing : 'alert'}>
      <span>${text.viewer.notShown}</span>
      <button
        type="button"
        @click=${() => {
          this.open();
          this.requestUpdate();
        }}
      >
        ${text.photoStatus.retry}
      </button>
    </div>`;
  }

  private renderAreaNotice(): TemplateResult | typeof nothing {
    if (this.photo.isOpening) return nothing;
    const { drawing, drawn, isZoomed } = this;
    const area = this.shown.inspection?.input.area;
    return renderAreaNotice({ drawing, drawn, area, isZoomed }, senderOf(this));
  }

  private renderPills(): TemplateResult | typeof nothing {
    if (this.view === 'original' || this.photo.isOpening) return nothing;
    const { hiddenDefects, detections, outside } = this;
    const isAllHidden = hiddenDefects > 0 && detections.length === 0;
    return html`${isAllHidden ? renderHidden(hiddenDefects, () => sendCommand(this, 'classes.show')) : nothing}
    ${renderOutside(outside, (id) => this.goTo(id))}`;
  }

  private renderPane(pane: Pane, isNamed: boolean): TemplateResult {
    const pointers = this.marking?.pointers ?? this.gestures;
    const { down, move, up } = this.drawing ? this.rectangle : pointers;
    const cursor = this.drawing ? 'crosshair' : this.marking?.cursor;
    const isOnDefect = pane === 'annotated' && this.hoveredId !== undefined && !cursor;
    return html`<div class="pane">
      <canvas
        data-pane=${pane}
        role="img"
        aria-label=${this.describe(pane)}
        class=${classMap({ 'on-defect': isOnDefect, drawing: cursor === 'crosshair', bare: cursor === 'none' })}
        @pointerdown=${down}
        @pointermove=${move}
        @pointerup=${up}
        @pointercancel=${up}
        @pointerleave=${pointers.leave}
        @wheel=${this.onWheel}
        @dblclick=${() => cursor || this.fit()}
      ></canvas>
      ${this.marking ? html`<canvas class="sketch" aria-hidden="true"></canvas>` : nothing}
      ${isNamed ? html`<span class="tag">${this.tagOf(pane)}</span>` : nothing}
      ${
        this.view === 'wipe'
          ? html`<span class="tag from">${this.tagOf('original')}</span
              ><span class="tag to">${this.tagOf('annotated')}</span>`
          : nothing
      }
    </div>`;
  }

  private tagOf(pane: Pane): string {
    if (pane === 'original') return text.viewer.original;
    return this.shown.inspection ? text.viewer.defects : text.viewer.notInspected;
  }

  private describe(pane: Pane): string {
    const { name, inspection, detections } = this.shown;
    if (!this.input) return text.viewer.noPhoto;
    if (pane === 'original') return text.viewer.photo(name);
    if (!inspection) return text.viewer.photoNotInspected(name);
    return text.viewer.photoWithDefects({
      name,
      defects: detections.length,
      classes: classCounts(detections),
    });
  }

  private renderSentences(): TemplateResult | typeof nothing {
    const { inspection } = this.shown;
    if (!inspection) return nothing;
    const { domain } = inspection.model;
    return html`
      <p class="first number">${text.results.resolution(seenSize(inspection))}</p>
      <p>${domain ? text.viewer.trainedOn(domain) : text.viewer.trainedOnUnknown}</p>
    `;
  }

  private get stage(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('.stage')!;
  }

  /** Whether a photo that has been inspected could not be shown: it may be readable by now. */
  private get isBlank(): boolean {
    const { isWaiting, picture } = this.photo;
    return (
      this.isConnected && this.input !== undefined && this.inspection !== undefined && !isWaiting && !picture
    );
  }

  private open(): void {
    this.zoomId = undefined;
    this.viewport.stop();
    this.photo.open(this.input, this.neighbours);
    if (!this.input) this.viewport.showPhoto(undefined, { keepsView: false });
  }

  private opened(picture: Picture | undefined): void {
    // What can't be decoded is shown as nothing; its entry says what is wrong with it.
    this.viewport.showPhoto(picture ?? this.inspection?.image, { keepsView: this.isViewKept });
    if (this.zoomId !== undefined) this.zoomTo(this.zoomId);
    this.requestUpdate();
  }

  private resized(): void {
    const { clientWidth: width, clientHeight: height } = this.stage;
    if (width === 0 || height === 0) return;
    this.viewport.resize({ width, height });
    // At once, before the browser paints: a canvas that is stretched for one frame flickers.
    this.paint();
  }

  private moved(): void {
    this.isZoomed = this.viewport.isZoomed;
    this.zoomPercent = this.viewport.zoomPercent;
    this.split = this.viewport.split;
    this.look();
    this.requestPaint();
  }

  /** Finds out what lies outside the pane. */
  private look(): void {
    const { detections, viewport, view } = this;
    const isSeen = this.photo.picture !== undefined && view !== 'original' && viewport.pane.width > 0;
    const outside = isSeen ? findOutside(detections, viewport.current, viewport.pane) : NONE_OUTSIDE;
    // This is asked for with every frame that moves.
    if (!isSameOutside(outside, this.outside)) this.outside = outside;
  }

  private goTo(id: number): void {
    sendCommand(this, 'defect.select', { id });
    const detection = this.detections.find((one) => one.id === id);
    // Selecting moves to it as well, unless it was selected already.
    if (detection) this.viewport.reveal(detection.box);
  }

  private reveal(id: number | undefined): void {
    const detection = this.detections.find((one) => one.id === id);
    const wasClicked = this.clicked === id;
    this.clicked = undefined;
    // What was clicked is in view already.
    if (detection && !wasClicked) this.viewport.reveal(detection.box);
  }

  private detectionUnder(point: Point, pointerType: string): number | undefined {
    if (this.view === 'original' || this.areMasksHidden || !this.photo.picture) return undefined;
    const tolerance = toleranceOf(pointerType);
    const { viewport } = this;
    if (point.x < this.from * viewport.pane.width) return undefined;
    return detectionAt(this.detections, viewport.toPhoto(point), tolerance / viewport.current.scale)?.id;
  }

  /** The share of the pane, 0..1 from the left, in which defects are not drawn. */
  private get from(): number {
    return this.view === 'wipe' ? this.edge : 0;
  }

  private tap(point: Point, pointerType: string): void {
    const id = this.detectionUnder(point, pointerType);
    const { marking } = this;
    // A click with the middle of a hand that draws selects nothing.
    if (marking?.cursor || marking?.isSpaceHeld) return;
    const under = this.detections.find((one) => one.id === id);
    if (!marking?.tap(point, pointerType, under)) this.select(id);
  }

  private readonly onWheel = (event: WheelEvent): void => {
    if (!this.marking?.wheel(event)) this.gestures.wheel(event);
  };

  private select(id: number | undefined): void {
    this.clicked = id;
    sendCommand(this, 'defect.select', { id });
  }

  private hover(id: number | undefined): void {
    if (id !== this.hoveredId) sendCommand(this, 'defect.hover', { id });
  }

  private onKey(event: KeyboardEvent): void {
    if (event.target !== this.stage || event.altKey || event.ctrlKey || event.metaKey) return;
    if (this.marking?.stageKey(event)) {
      event.preventDefault();
      return;
    }
    const steps: Partial<Record<string, readonly [number, number]>> = {
      ArrowLeft: [PAN_STEP, 0],
      ArrowRight: [-PAN_STEP, 0],
      ArrowUp: [0, PAN_STEP],
      ArrowDown: [0, -PAN_STEP],
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    this.viewport.panBy(...step);
  }

  private requestPaint(): void {
    if (this.frame !== 0 || !this.isConnected) return;
    this.frame = requestAnimationFrame((now) => {
      this.frame = 0;
      this.viewport.step(now);
      this.paint();
    });
  }

  private paint(): void {
    // The frame of the photo before, as it was.
    if (this.photo.isOpening) return;
    const { inspection, detections, numbers, display, selectedId, hoveredId, from, underWay, drawn } = this;
    const overlay =
      inspection && !this.areMasksHidden
        ? { detections, numbers, classes: inspection.model.classes, display, selectedId, hoveredId, from }
        : undefined;
    const layers = this.layers();
    const frames = { area: inspection?.input.area, underWay, drawn };
    let isUndrawn = false;
    for (const canvas of this.renderRoot.querySelectorAll<HTMLCanvasElement>('canvas[data-pane]')) {
      const isPlain = canvas.dataset.pane === 'original';
      // Beside the photo with its marks lies the photo alone.
      const hasMarks = !isPlain || this.view === 'original';
      const paintMarks: PaintOver | undefined = hasMarks
        ? (...args) => this.marking?.paint(...args)
        : undefined;
      const isPainted = paintPane(
        canvas,
        layers,
        this.viewport.current,
        isPlain ? undefined : overlay,
        frames,
        paintMarks,
      );
      isUndrawn ||= !isPainted;
    }
    this.isUndrawn = isUndrawn;
    this.paintSketch();
  }

  /** Draws what somebody is drawing, and not the photo below: a large one takes its time. */
  private requestSketch(): void {
    if (this.frame !== 0 || this.sketchFrame !== 0 || !this.isConnected) return;
    this.sketchFrame = requestAnimationFrame(() => {
      this.sketchFrame = 0;
      this.paintSketch();
    });
  }

  private paintSketch(): void {
    for (const canvas of this.renderRoot.querySelectorAll<HTMLCanvasElement>('canvas.sketch')) {
      this.marking?.paintSketch(canvas);
    }
  }

  /** The whole photo, and of a large one the part that is seen, if there is a sharper picture of that. */
  private layers(): readonly Layer[] {
    const { picture } = this.photo;
    const whole = picture && wholeLayer(picture);
    const { current, pane } = this.viewport;
    const ratio = devicePixelRatio;
    this.closeUp.look(
      this.photo.input,
      whole,
      { scale: current.scale * ratio, x: current.x * ratio, y: current.y * ratio },
      { width: pane.width * ratio, height: pane.height * ratio },
    );
    const { layer } = this.closeUp;
    if (!whole) return [];
    return layer ? [whole, layer] : [whole];
  }
}

function boxOf(a: Point, b: Point): Box {
  return [Math.min(a.x, b.x), Math.min(a.y, b.y), Math.abs(a.x - b.x), Math.abs(a.y - b.y)];
}
