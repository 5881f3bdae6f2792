import type { Point } from './viewport.js';

export interface GestureHandler {
  pan(dx: number, dy: number): void;
  zoom(factor: number, point: Point): void;
  tap(point: Point, pointerType: string): void;
  /** Nothing when the pointer has left. */
  hover(point: Point | undefined): void;
}

/** CSS pixels; a pointer that moved no further has clicked. */
const CLICK = 5;
/** Zoom per CSS pixel of wheel; a notch of a mouse wheel is about 100 of them. */
const WHEEL = 0.0016;
const LINE_HEIGHT = 16;

/** Turns pointer and wheel events on a pane into panning, zooming, taps and hovering. Points are relative to the pane. */
export class Gestures {
  private readonly pointers = new Map<number, Point>();
  private travelled = 0;

  constructor(private readonly handler: GestureHandler) {}

  readonly down = (event: PointerEvent): void => {
    if (event.button > 1) return;
    const pane = event.currentTarget as HTMLElement;
    pane.setPointerCapture(event.pointerId);
    this.take(event.pointerId, pointIn(event, pane));
  };

  /** From now on a pointer that is down moves the photo, whatever it did before. */
  take(pointerId: number, point: Point): void {
    if (this.pointers.size === 0) this.travelled = 0;
    this.pointers.set(pointerId, point);
  }

  holds(pointerId: number): boolean {
    return this.pointers.has(pointerId);
  }

  get isBusy(): boolean {
    return this.pointers.size > 0;
  }

  readonly move = (event: PointerEvent): void => {
    const point = pointIn(event, event.currentTarget as HTMLElement);
    const before = this.pointers.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== 'touch') this.handler.hover(point);
      return;
    }
    this.travelled += Math.hypot(point.x - before.x, point.y - before.y);
    const others = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, other]) => other);
    this.pointers.set(event.pointerId, point);
    const [other] = others;
    if (other) this.pinch(before, point, other);
    else if (this.travelled > CLICK) this.handler.pan(point.x - before.x, point.y - before.y);
  };

  readonly up = (event: PointerEvent): void => {
    const wasDown = this.pointers.delete(event.pointerId);
    if (!wasDown || event.type === 'pointercancel') return;
    if (this.pointers.size === 0 && this.travelled <= CLICK && event.button === 0) {
      this.handler.tap(pointIn(event, event.currentTarget as HTMLElement), event.pointerType);
    }
    // When one finger of a pinch is lifted, lifting the other one is no tap.
    if (this.pointers.size > 0) this.travelled = Infinity;
  };

  readonly leave = (): void => this.handler.hover(undefined);

  readonly wheel = (event: WheelEvent): void => {
    // In a page that scrolls the wheel scrolls the page, as with embedded maps.
    if (pageScrolls() && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_HEIGHT : 1);
    // Browsers report a pinch on a touchpad as a wheel with Ctrl and small steps.
    const speed = event.ctrlKey ? WHEEL * 6 : WHEEL;
    const factor = Math.exp(-Math.max(-400, Math.min(400, pixels)) * speed);
    this.handler.zoom(factor, pointIn(event, event.currentTarget as HTMLElement));
  };

  private pinch(before: Point, now: Point, other: Point): void {
    const distance = (a: Point) => Math.max(1, Math.hypot(a.x - other.x, a.y - other.y));
    this.handler.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
    this.handler.zoom(distance(now) / distance(before), {
      x: (now.x + other.x) / 2,
      y: (now.y + other.y) / 2,
    });
  }
}

function pageScrolls(): boolean {
  const { scrollHeight, clientHeight } = document.documentElement;
  return scrollHeight > clientHeight + 1;
}

/** Relative to the pane. */
export function pointIn(event: MouseEvent, pane: HTMLElement): Point {
  const { left, top } = pane.getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
}
