import { pointIn, type Gestures } from '../gestures.js';
import type { Point } from '../viewport.js';

/** What is drawn with, as far as pointers know. Points are relative to the pane. */
export interface PointerHandler {
  /** Whether a press draws; else it moves the photo. */
  draws(): boolean;
  /** @param erases whether it is the eraser's end of a pen */
  press(point: Point, pointerType: string, erases: boolean): void;
  drag(points: readonly Point[]): void;
  release(): void;
  /** As if the press had never been. */
  cancel(): void;
  /** Where a mouse or pen is; undefined when it has left. */
  hover(point: Point | undefined): void;
}

/** CSS pixels; a finger that has moved further has drawn something when a second one comes. */
const DRAWN = 24;
/** The eraser's end of a pen, among `buttons`, and as `button`. */
const ERASER = { among: 32, one: 5 };

/**
 * Tells pointers that draw from those that move the photo. One mouse, pen or finger draws; two fingers, the middle button and whatever
 * is pressed while the handler does not draw move. Who has used a pen has the hand on the screen: fingers draw no more then.
 */
export class MarkingPointers {
  private pen = false;
  private drawing: { readonly id: number; readonly type: string; at: Point; travelled: number } | undefined;

  constructor(
    private readonly handler: PointerHandler,
    private readonly gestures: Gestures,
  ) {}

  get isDrawing(): boolean {
    return this.drawing !== undefined;
  }

  readonly down = (event: PointerEvent): void => {
    const { drawing, handler, gestures } = this;
    const { pointerId: id, pointerType: type } = event;
    const pane = event.currentTarget as HTMLElement;
    if (type === 'pen') this.pen = true;
    if (drawing) {
      // Beside a pen it is the hand that touches.
      if (type !== 'touch' || drawing.type !== 'touch') return;
      this.drawing = undefined;
      if (drawing.travelled > DRAWN) handler.release();
      else handler.cancel();
      gestures.take(drawing.id, drawing.at);
      gestures.down(event);
      return;
    }
    if (!this.mayDraw(event)) {
      gestures.down(event);
      return;
    }
    pane.setPointerCapture(id);
    const at = pointIn(event, pane);
    this.drawing = { id, type, at, travelled: 0 };
    handler.press(at, type, (event.buttons & ERASER.among) > 0);
  };

  readonly move = (event: PointerEvent): void => {
    const { drawing, handler, gestures } = this;
    const pane = event.currentTarget as HTMLElement;
    const at = pointIn(event, pane);
    if (drawing?.id === event.pointerId) {
      drawing.travelled += Math.hypot(at.x - drawing.at.x, at.y - drawing.at.y);
      drawing.at = at;
      // All places since the last event: a fast stroke is round, too.
      const passed = event.getCoalescedEvents().map((one) => pointIn(one, pane));
      handler.drag(passed.length > 0 ? passed : [at]);
      return;
    }
    if (gestures.holds(event.pointerId) || !handler.draws()) gestures.move(event);
    if (event.pointerType !== 'touch') handler.hover(at);
  };

  readonly up = (event: PointerEvent): void => {
    const { drawing, handler, gestures } = this;
    if (drawing?.id !== event.pointerId) {
      gestures.up(event);
      return;
    }
    this.drawing = undefined;
    if (event.type === 'pointercancel') handler.cancel();
    else handler.release();
  };

  readonly leave = (): void => {
    this.gestures.leave();
    this.handler.hover(undefined);
  };

  /** What is being drawn was given up: its pointer means nothing until it is let go. */
  forget(): void {
    this.drawing = undefined;
  }

  private mayDraw({ button, pointerType }: PointerEvent): boolean {
    if (button !== 0 && button !== ERASER.one) return false;
    if (pointerType === 'touch' && (this.pen || this.gestures.isBusy)) return false;
    return this.handler.draws();
  }
}
