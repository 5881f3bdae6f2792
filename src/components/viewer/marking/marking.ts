/** Marking defects on the photo: what pointers and keys do while somebody teaches, and what is seen of it. Fetched when somebody does. */
import { html, nothing, type TemplateResult } from 'lit';
import { classColor } from '../../../core/colors.js';
import type { Detection } from '../../../core/types.js';
import { text } from '../../../messages/marking-text.js';
import { marksOf, type Mark } from '../../../workbench/lessons/lesson.js';
import type { NextPlace, TeachingState } from '../../../workbench/lessons/state.js';
import type { Display } from '../../../workbench/state.js';
import type { SendCommand } from '../../shared/send-command.js';
import type { Gestures } from '../gestures.js';
import { fitCanvas } from '../pane.js';
import type { Context2D } from '../paint-options.js';
import type { Point, Size, Viewport } from '../viewport.js';
import type { ViewportController } from '../viewport-controller.js';
import { stepBrush } from './brush-size.js';
import './brush-slider.js';
import { toleranceOf } from '../hit-test.js';
import { drawingOf } from './drawing-of.js';
import type { Drawing } from './drawing.js';
import './mark-list.js';
import { columnsOf, markAt } from './mark-at.js';
import './marking-bar.js';
import { icons } from './marking-icons.js';
import { paintCursor, paintPlace, paintSketch, type Cursor } from './paint-sketch.js';
import { paintMarks } from './paint-marks.js';
import { MarkingPointers } from './pointers.js';
import { sketchRegion, type Sketch } from './sketch.js';

/** What the viewer shows. */
export interface Shown {
  readonly teaching: TeachingState;
  /** The photo's id. */
  readonly photo: number | undefined;
  /** The detection that is selected. */
  readonly detection: Detection | undefined;
  readonly display: Display;
  readonly areMasksHidden: boolean;
  /** Whether letters, digits and signs are keys by themselves. */
  readonly hasLetters: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

export interface MarkingHost {
  readonly viewport: ViewportController;
  readonly gestures: Gestures;
  readonly send: SendCommand;
  /** Draws the viewer anew. */
  readonly update: () => void;
  /** Draws what is being drawn anew, and nothing else. */
  readonly updateSketch: () => void;
}

/** CSS pixels that one press of an arrow key moves the crosshair by; with Shift it is a pixel of the photo. */
const STEP = 12;
/** CSS pixels from the pane's edge that the crosshair keeps. */
const EDGE = 24;
/** Milliseconds for which a new size of the brush is shown where no pointer shows it. */
const PREVIEW = 1200;
/** Around a place that is to be looked at, the share of the photo that is brought to the middle. */
const AROUND = 1 / 10;

export class Marking {
  /** What the stage is called. */
  readonly stageLabel = text.stage;
  readonly pointers: MarkingPointers;
  private selectedId: number | undefined;
  private shown: Shown | undefined;
  private drawing: Drawing | undefined;
  /** What the other end of a pen erases meanwhile. */
  private erasing: Drawing | undefined;
  /** What is drawn belongs to that photo, whichever is shown when it is complete. */
  private drawnOn: { readonly photo: number; readonly size: Size } | undefined;
  /** Where a mouse or pen is, photo pixels. */
  private pointer: Point | undefined;
  /** Where arrow keys have led the crosshair, photo pixels. */
  private crosshair: Point | undefined;
  /** Where somebody was led last. */
  private place: NextPlace | undefined;
  private isPressedByKey = false;
  private isTouch = false;
  /** Whether the photo is moved meanwhile. */
  isSpaceHeld = false;
  private preview: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: MarkingHost) {
    this.pointers = new MarkingPointers(
      {
        draws: () => this.draws,
        press: (point, type, erases) => {
          this.pointer = this.toPhoto(point);
          this.crosshair = undefined;
          this.press(this.pointer, type, erases);
        },
        drag: (points) => this.drag(points.map((point) => this.toPhoto(point))),
        release: () => this.release(),
        cancel: () => this.cancelPress(),
        hover: (point) => this.hover(point && this.toPhoto(point)),
      },
      host.gestures,
    );
  }

  /** What is to be marked now. */
  show(shown: Shown): void {
    const before = this.shown;
    this.shown = shown;
    const { tool, brush } = shown.teaching;
    const isOther = !before || before.photo !== shown.photo;
    if (isOther) this.complete();
    if (isOther || before.teaching.tool !== tool) {
      this.drop();
      this.selectedId = undefined;
    } else if (before.teaching.brush !== brush) this.showBrush();
    if (isOther) this.crosshair = undefined;
    if (!this.marks.some(({ id }) => id === this.selectedId)) this.selectedId = undefined;
    this.lead(shown);
    this.host.updateSketch();
  }

  /** Brings the place that is to be looked at to the middle, once its photo is there. */
  private lead({ photo, teaching: { place } }: Shown): void {
    const { viewport } = this.host;
    if (place === this.place || (place && place.photo !== photo)) return;
    this.place = place;
    if (!place || !viewport.photoSize) return;
    const [width, height] = [viewport.photoSize.width * AROUND, viewport.photoSize.height * AROUND];
    viewport.zoomTo([place.x - width / 2, place.y - height / 2, width, height]);
  }

  /** Takes what is being drawn as it is, as far as it encloses anything: another photo is shown. */
  private complete(): void {
    for (const one of [this.erasing, this.drawing]) this.finish(one?.release() ?? one?.finish?.());
  }

  /** Gives up what is being drawn. */
  drop(): void {
    this.drawing = undefined;
    this.erasing = undefined;
    this.isPressedByKey = false;
    this.pointers.forget();
    this.host.updateSketch();
  }

  /** Nobody teaches any more, or the viewer is taken out of the page. */
  close(): void {
    this.drop();
    clearTimeout(this.preview);
    this.preview = undefined;
    this.shown = undefined;
    this.isSpaceHeld = false;
  }

  /** What the pointer looks like on the photo. */
  get cursor(): 'none' | 'crosshair' | undefined {
    const { shown } = this;
    if (!shown || !this.draws) return undefined;
    const { tool } = shown.teaching;
    return tool === 'brush' || tool === 'eraser' ? 'none' : 'crosshair';
  }

  /** Selects a mark, and brings it into view. */
  readonly select = (id: number | undefined): void => {
    this.selectedId = id;
    const mark = this.marks.find((one) => one.id === id);
    if (mark) {
      const { x, y, width, height } = mark.region;
      this.host.viewport.reveal([x, y, width, height]);
      if (this.shown?.detection) this.host.send('defect.select', {});
    }
    this.host.update();
  };

  /**
   * A tap while the photo is moved. @param under the detection there, if any
   * @returns whether a mark was there, and is selected now
   */
  tap(point: Point, pointerType: string, under: Detection | undefined): boolean {
    if (!this.shown || this.shown.areMasksHidden || this.shown.teaching.tool !== 'move') return false;
    const tolerance = this.toleranceOf(pointerType);
    const mark = markAt(this.marks, this.toPhoto(point), tolerance);
    // Small things on large ones can be reached.
    const isTaken = mark !== undefined && !(under && under.area < columnsOf(mark).area);
    const id = isTaken ? mark.id : undefined;
    if (id !== this.selectedId) {
      this.selectedId = id;
      this.host.update();
    }
    if (isTaken && this.shown.detection) this.host.send('defect.select', {});
    return isTaken;
  }

  /** @returns whether the wheel was turned for the brush */
  wheel(event: WheelEvent): boolean {
    const { shown } = this;
    if (!shown || !event.shiftKey || this.cursor !== 'none') return false;
    event.preventDefault();
    // With Shift, some browsers turn the wheel sideways.
    const turned = event.deltaY || event.deltaX;
    if (turned !== 0) this.sizeBrush(turned < 0 ? 1 : -1);
    return true;
  }

  /** A key that somebody has pressed anywhere in the inspector. Returns whether it meant something here. */
  keyDown({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
    const { shown } = this;
    if (!shown || ctrlKey || metaKey || altKey) return false;
    if (key === ' ' && shown.teaching.tool !== 'move') {
      if (!this.isSpaceHeld) {
        this.isSpaceHeld = true;
        this.host.update();
        this.host.updateSketch();
      }
      return true;
    }
    if (this.drawing) {
      if (key === 'Escape') return this.giveUp();
      if (key === 'Enter' && this.drawing.finish) return this.finish(this.drawing.finish());
      if (key === 'Backspace' && this.drawing.stepBack?.()) {
        this.host.updateSketch();
        return true;
      }
    }
    const { selectedId: id } = this;
    if (id !== undefined) {
      if (key === 'Escape') this.select(undefined);
      else if (key === 'Delete' || key === 'Backspace') this.host.send('lesson.remove-mark', { id });
      else return this.letter(key, shown);
      return true;
    }
    return this.letter(key, shown);
  }

  keyUp({ key }: KeyboardEvent): void {
    if (key === ' ') this.letSpaceGo();
  }

  letSpaceGo(): void {
    if (!this.isSpaceHeld) return;
    this.isSpaceHeld = false;
    this.host.update();
    this.host.updateSketch();
  }

  /** A key that was pressed on the photo itself: arrows move the crosshair, Enter presses and lets go. */
  stageKey({ key, shiftKey }: KeyboardEvent): boolean {
    const { shown } = this;
    if (!shown || !this.draws) return false;
    const [dx, dy] = ARROWS[key] ?? [0, 0];
    if (dx !== 0 || dy !== 0) {
      this.moveCrosshair(dx, dy, shiftKey);
      return true;
    }
    const { crosshair } = this;
    if (key !== 'Enter' || !crosshair) return false;
    if (this.isPressedByKey) this.release();
    else {
      this.press(crosshair, 'mouse', false);
      // A corner of a polygon is put at once.
      if (shown.teaching.tool === 'polygon') this.release();
      else this.isPressedByKey = true;
    }
    return true;
  }

  /** @param viewport in canvas pixels */
  paint(context: Context2D, viewport: Viewport, unit: number): void {
    const { shown, marks, selectedId } = this;
    if (!shown || shown.areMasksHidden) return;
    const { display, teaching } = shown;
    const { classes } = teaching.lesson;
    const { opacity, labels } = display;
    paintMarks(context, marks, viewport, { classes, selectedId, opacity, labels, unit });
  }

  /** Draws what is being drawn on a canvas that lies over the photo. */
  paintSketch(canvas: HTMLCanvasElement): void {
    const { ratio, unit } = fitCanvas(canvas);
    const context = canvas.getContext('2d');
    if (!context) return;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    const { shown, drawing, erasing, cursor, host } = this;
    const { photoSize, current } = host.viewport;
    if (!shown || !photoSize) return;
    const viewport = {
      scale: current.scale * ratio,
      x: Math.round(current.x * ratio),
      y: Math.round(current.y * ratio),
    };
    const { lesson, classId, place } = shown.teaching;
    const color = classColor(lesson.classes, classId ?? lesson.nextClassId);
    if (place && place.photo === shown.photo) paintPlace(context, place, viewport, unit);
    for (const one of [drawing, erasing])
      if (one?.sketch) paintSketch(context, one.sketch, photoSize, viewport, { color, unit });
    const seen = this.seenCursor();
    if (seen) paintCursor(context, seen, viewport, unit);
    canvas.dataset.cursor = seen?.kind ?? cursor ?? '';
  }

  renderBar(): TemplateResult | typeof nothing {
    const { shown } = this;
    if (!shown) return nothing;
    const { teaching, photo, detection, hasLetters, canUndo, canRedo } = shown;
    return html`<defect-marking-bar
      .teaching=${teaching}
      .isGood=${this.isGood}
      .hasPhoto=${photo !== undefined}
      .detection=${detection}
      .mark=${this.marks.find(({ id }) => id === this.selectedId)}
      .hasLetters=${hasLetters}
      .canUndo=${canUndo}
      .canRedo=${canRedo}
    ></defect-marking-bar>`;
  }

  /** What lies over the photo: the size of the brush, and the list of marks. */
  renderOver(): TemplateResult {
    return html`${this.renderSize()}${this.renderList()}`;
  }

  private renderSize(): TemplateResult | typeof nothing {
    const teaching = this.shown?.teaching;
    if (teaching?.tool !== 'brush' && teaching?.tool !== 'eraser') return nothing;
    return html`<defect-brush-slider .radius=${teaching.brush}></defect-brush-slider>`;
  }

  private renderList(): TemplateResult | typeof nothing {
    const { shown, marks } = this;
    if (!shown || marks.length === 0) return nothing;
    return html`<defect-mark-list
      .marks=${marks}
      .classes=${shown.teaching.lesson.classes}
      .selectedId=${this.selectedId}
      .select=${this.select}
    ></defect-mark-list>`;
  }

  /** What is said over a photo that is called good. */
  renderGood(): TemplateResult | typeof nothing {
    return this.isGood
      ? html`<div class="pill good">${icons.good}<span>${text.isGood}</span></div>`
      : nothing;
  }

  private get isGood(): boolean {
    const { shown } = this;
    return shown?.photo !== undefined && (shown.teaching.lesson.photos.get(shown.photo)?.isGood ?? false);
  }

  private get marks(): readonly Mark[] {
    const { shown } = this;
    return shown?.photo === undefined ? NONE : marksOf(shown.teaching.lesson, shown.photo);
  }

  /** Whether a press draws. */
  private get draws(): boolean {
    const { shown, isSpaceHeld, host } = this;
    if (!shown || shown.photo === undefined || isSpaceHeld || !host.viewport.photoSize) return false;
    return shown.teaching.tool !== 'move';
  }

  private toPhoto(point: Point): Point {
    return this.host.viewport.toPhoto(point);
  }

  private toleranceOf(pointerType: string): number {
    return toleranceOf(pointerType) / this.host.viewport.current.scale;
  }

  private press(point: Point, type: string, erases: boolean): void {
    const { teaching, photo } = this.shown!;
    const { tool, brush } = teaching;
    if (tool === 'move') return;
    this.isTouch = type === 'touch';
    if (this.selectedId !== undefined) this.select(undefined);
    // A polygon goes on with every press.
    if (erases) this.erasing = drawingOf('eraser', brush);
    else if (!this.drawing?.sketch) this.drawing = drawingOf(tool, brush);
    this.drawnOn = { photo: photo!, size: this.host.viewport.photoSize! };
    this.pressed!.press(point, this.toleranceOf(type));
    this.host.updateSketch();
  }

  /** What the press is about. */
  private get pressed(): Drawing | undefined {
    return this.erasing ?? this.drawing;
  }

  private drag(points: readonly Point[]): void {
    this.pointer = points.at(-1);
    this.pressed?.drag(points);
    this.host.updateSketch();
  }

  private release(): void {
    this.isPressedByKey = false;
    if (this.isTouch) this.pointer = undefined;
    const { pressed } = this;
    this.erasing = undefined;
    this.finish(pressed?.release());
  }

  private cancelPress(): void {
    this.pressed?.cancelPress();
    this.erasing = undefined;
    this.pointer = undefined;
    this.host.updateSketch();
  }

  private hover(point: Point | undefined): void {
    this.pointer = point;
    if (point) this.crosshair = undefined;
    this.drawing?.hover?.(point);
    this.host.updateSketch();
  }

  private giveUp(): boolean {
    const wasDrawing = this.drawing?.sketch !== undefined;
    this.drop();
    return wasDrawing;
  }

  /** Makes a mark of what was drawn. Returns whether there was anything. */
  private finish(sketch: Sketch | undefined): boolean {
    const { drawnOn } = this;
    this.host.updateSketch();
    const region = sketch && drawnOn && sketchRegion(sketch, drawnOn.size);
    if (!region) return false;
    const erases = sketch.kind === 'stroke' && sketch.erases;
    this.host.send(erases ? 'lesson.erase' : 'lesson.mark', { photo: drawnOn.photo, region });
    return true;
  }

  private letter(key: string, { hasLetters, detection, teaching }: Shown): boolean {
    if (!hasLetters) return false;
    const { selectedId: id, host } = this;
    if (key === '[' || key === ']') {
      this.sizeBrush(key === ']' ? 1 : -1);
      return true;
    }
    if (key.toLowerCase() === 'a') {
      // Where none is selected it does nothing, rather than what it does while nobody teaches.
      if (detection) host.send('lesson.accept', { detection: detection.id });
      return true;
    }
    const one = /^[1-9]$/.test(key) ? teaching.lesson.classes[Number(key) - 1] : undefined;
    if (!one || id === undefined) return false;
    host.send('lesson.change-mark', { id, classId: one.id });
    return true;
  }

  private sizeBrush(by: number): void {
    const { brush } = this.shown!.teaching;
    this.host.send('lesson.brush', { radius: stepBrush(brush, by) });
  }

  /** Where nothing else shows how large it is. */
  private showBrush(): void {
    clearTimeout(this.preview);
    this.preview = setTimeout(() => {
      this.preview = undefined;
      this.host.updateSketch();
    }, PREVIEW);
  }

  private moveCrosshair(dx: number, dy: number, isFine: boolean): void {
    const { viewport } = this.host;
    const { width, height } = viewport.photoSize!;
    const { pane, current } = viewport;
    const step = isFine ? 1 : Math.max(1, STEP / current.scale);
    const from = this.crosshair ?? this.pointer ?? this.toPhoto({ x: pane.width / 2, y: pane.height / 2 });
    const within = (value: number, most: number) => Math.min(most - 0.5, Math.max(0.5, value));
    const to = { x: within(from.x + dx * step, width), y: within(from.y + dy * step, height) };
    this.pointer = undefined;
    this.crosshair = to;
    // The photo follows where it would leave the pane.
    const beyond = (at: number, length: number) => Math.min(0, at - EDGE) + Math.max(0, at - (length - EDGE));
    const [x, y] = [to.x * current.scale + current.x, to.y * current.scale + current.y];
    const [left, top] = [beyond(x, pane.width), beyond(y, pane.height)];
    if (left !== 0 || top !== 0) viewport.panBy(-left, -top);
    if (this.isPressedByKey) this.drawing?.drag([to]);
    else this.drawing?.hover?.(to);
    this.host.updateSketch();
  }

  private seenCursor(): Cursor | undefined {
    const { shown, host, draws } = this;
    if (!shown || !draws) return undefined;
    const { tool, brush: radius } = shown.teaching;
    const isBrush = tool === 'brush' || tool === 'eraser';
    const kind = isBrush ? 'brush' : 'crosshair';
    if (this.crosshair) return { kind, at: this.crosshair, radius };
    // The system shows where a cross is.
    if (!isBrush) return undefined;
    const { width, height } = host.viewport.pane;
    const isPreview = this.preview !== undefined;
    const at = this.pointer ?? (isPreview ? this.toPhoto({ x: width / 2, y: height / 2 }) : undefined);
    return at && { kind, at, radius };
  }
}

const NONE: readonly never[] = [];

const ARROWS: Partial<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
