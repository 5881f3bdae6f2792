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
import type { Box } from '../../core/types.js';

/** Between two panes, CSS pixels. */
const GAP = 1;
/** Zoom of one key press or click. */
const STEP = 1.25;
const GLIDE_MS = 160;

export interface ViewportHost {
  /** Whether two panes share the room. */
  readonly isSplit: () => boolean;
  /** After the photo lies elsewhere, or is about to move. */
  readonly onMove: () => void;
}

/** Where the photo lies in its pane, and how it moves there. */
export class ViewportController {
  current: Viewport = { scale: 1, x: 0, y: 0 };
  photoSize: Size | undefined;
  /** How two panes share the room. */
  split: Split = 'row';
  private room: Size = { width: 0, height: 0 };
  /** Whether the photo is kept fitted when the room changes. */
  private isFitted = true;
  private glide: { readonly from: Viewport; readonly to: Viewport; readonly start: number } | undefined;

  constructor(private readonly host: ViewportHost) {}

  /** Screen pixels per hundred photo pixels. */
  get zoomPercent(): number {
    return Math.round(this.current.scale * devicePixelRatio * 100);
  }

  /** Whether edges of the photo lie outside of the pane. */
  get isZoomed(): boolean {
    if (!this.photoSize) return false;
    const { pane, current } = this;
    const { width, height } = this.photoSize;
    return width * current.scale > pane.width + 1 || height * current.scale > pane.height + 1;
  }

  toPhoto(point: Point): Point {
    return toPhoto(this.current, point);
  }

  /**
   * Shows all of another photo; with `keepsView` the same share of it that was seen of the one before, as is wanted of the
   * next part under the same camera.
   */
  showPhoto(photo: Size | undefined, { keepsView }: { readonly keepsView: boolean }): void {
    const before = this.photoSize;
    this.photoSize = photo && { width: photo.width, height: photo.height };
    this.glide = undefined;
    if (!photo) return;
    this.split = chooseSplit(photo, this.room, GAP);
    if (!before || !keepsView) this.isFitted = true;
    else this.current = { ...this.current, scale: (this.current.scale * before.width) / photo.width };
    this.settle();
  }

  resize(room: Size): void {
    const before = this.pane;
    this.room = room;
    if (this.photoSize) this.split = chooseSplit(this.photoSize, room, GAP);
    // The same point of the photo stays in the middle.
    const { pane } = this;
    this.current = panBy(this.current, (pane.width - before.width) / 2, (pane.height - before.height) / 2);
    this.settle();
  }

  /** After anything but the pointer changed where the photo may lie. */
  settle(): void {
    if (!this.photoSize) return;
    this.glide = undefined;
    this.show(
      this.isFitted ? fit(this.photoSize, this.pane) : clamp(this.current, this.photoSize, this.pane),
    );
  }

  panBy(dx: number, dy: number): void {
    this.move(panBy(this.current, dx, dy));
  }

  /** @param point of the pane, which stays over the same point of the photo */
  zoomBy(factor: number, point: Point): void {
    if (!this.photoSize) return;
    this.move(zoomAt(this.current, factor, point, scaleRange(this.photoSize, this.pane)));
    if (this.current.scale <= fit(this.photoSize, this.pane).scale && factor < 1) this.isFitted = true;
  }

  zoomIn(): void {
    this.zoomBy(STEP, this.centre);
  }

  zoomOut(): void {
    this.zoomBy(1 / STEP, this.centre);
  }

  fit(): void {
    if (!this.photoSize) return;
    this.isFitted = true;
    this.glideTo(fit(this.photoSize, this.pane));
  }

  actualSize(): void {
    this.zoomBy(1 / devicePixelRatio / this.current.scale, this.centre);
  }

  /** Brings a box to the middle, as large as a third of the pane. */
  zoomTo([x, y, width, height]: Box): void {
    if (!this.photoSize) return;
    const { min, max } = scaleRange(this.photoSize, this.pane);
    const wanted = Math.min(this.pane.width / width, this.pane.height / height) / 3;
    const scale = Math.min(max, Math.max(min, wanted));
    this.isFitted = false;
    const centre = { x: x + width / 2, y: y + height / 2 };
    this.glideTo(clamp(centreOn({ ...this.current, scale }, centre, this.pane), this.photoSize, this.pane));
  }

  /** Brings a box to the middle as far as the photo's edges allow, at the zoom of now. */
  reveal([x, y, width, height]: Box): void {
    if (!this.photoSize) return;
    const centre = { x: x + width / 2, y: y + height / 2 };
    const target = clamp(centreOn(this.current, centre, this.pane), this.photoSize, this.pane);
    if (target.x === this.current.x && target.y === this.current.y) return;
    this.isFitted = false;
    this.glideTo(target);
  }

  /** Moves on, if it is moving. @param now as an animation frame gives it, milliseconds */
  step(now: number): void {
    if (!this.glide) return;
    const { from, to, start } = this.glide;
    const t = Math.min(1, Math.max(0, (now - start) / GLIDE_MS));
    const eased = 1 - (1 - t) ** 3;
    const mix = (a: number, b: number) => a + (b - a) * eased;
    if (t === 1) this.glide = undefined;
    this.show({ scale: mix(from.scale, to.scale), x: mix(from.x, to.x), y: mix(from.y, to.y) });
  }

  stop(): void {
    this.glide = undefined;
  }

  /** One pane's size, CSS pixels; both are alike. */
  get pane(): Size {
    const { width, height } = this.room;
    if (!this.host.isSplit()) return this.room;
    return this.split === 'row'
      ? { width: (width - GAP) / 2, height }
      : { width, height: (height - GAP) / 2 };
  }

  private get centre(): Point {
    const { width, height } = this.pane;
    return { x: width / 2, y: height / 2 };
  }

  private move(viewport: Viewport): void {
    if (!this.photoSize) return;
    this.glide = undefined;
    this.isFitted = false;
    this.show(clamp(viewport, this.photoSize, this.pane));
  }

  private show(viewport: Viewport): void {
    this.current = viewport;
    this.host.onMove();
  }

  private glideTo(to: Viewport): void {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.show(to);
      return;
    }
    this.glide = { from: this.current, to, start: performance.now() };
    this.host.onMove();
  }
}
