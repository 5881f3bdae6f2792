import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Rows before and after those in sight that are there as well, so that scrolling shows no gaps. */
const MARGIN = 6;
/** So many are there before anything could be measured. */
const UNMEASURED = 20;
/** Left beside a row that is brought in sight, CSS pixels: the list has so much room around it. */
const GAP = 6;

export interface ScrolledRows {
  /** How far the list's beginning is before that of the room, CSS pixels. */
  readonly offset: number;
  /** How much of the list is in sight, CSS pixels. */
  readonly room: number;
  /** From one row to the next, CSS pixels; 0 while that isn't known. */
  readonly extent: number;
}

/** The rows in sight, and some more: from the first up to, and without, the second. */
export function rowsInSight({ offset, room, extent }: ScrolledRows, count: number): [number, number] {
  if (extent <= 0) return [0, Math.min(count, UNMEASURED)];
  const first = Math.floor(offset / extent) - MARGIN;
  const end = Math.ceil((offset + room) / extent) + MARGIN;
  return [Math.max(0, Math.min(first, count)), Math.min(count, Math.max(0, end))];
}

/** The offset at which a row is in sight as a whole, as near as possible to that of now. */
export function offsetShowing({ offset, room, extent }: ScrolledRows, index: number): number {
  return Math.max(Math.min(offset, index * extent - GAP), (index + 1) * extent + GAP - room);
}

/**
 * Which rows of a long list are worth having: those in sight. All rows have one extent, which the style sheet decides:
 * the list is as long as all of them, whether they are there or not. Its custom property `--flow` says whether it runs
 * along `block` or `inline`.
 */
export class ListWindow implements ReactiveController {
  private measures: ScrolledRows = { offset: 0, room: 0, extent: 0 };
  private observer: ResizeObserver | undefined;
  private count = 0;
  private rendered: readonly [number, number] = [0, 0];

  /**
   * @param scroller what scrolls
   * @param list what is in it, as long as all rows
   */
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly scroller: () => HTMLElement | null,
    private readonly list: () => HTMLElement | null,
  ) {
    host.addController(this);
  }

  /** The indices to render of so many rows: those in sight, and those that must be there whatever is in sight. */
  indices(count: number, ...kept: readonly number[]): number[] {
    this.count = count;
    const [from, to] = (this.rendered = rowsInSight(this.measures, count));
    const all = new Set(kept.filter((index) => index >= 0 && index < count));
    for (let index = from; index < to; index++) all.add(index);
    return [...all].sort((a, b) => a - b);
  }

  /** How many rows fit in sight; 1 at least. */
  get page(): number {
    const { room, extent } = this.measures;
    return extent > 0 ? Math.max(1, Math.floor(room / extent)) : 1;
  }

  /** Scrolls until that row is in sight. Only after it was rendered, or others were. */
  show(index: number): void {
    this.measure();
    const by = offsetShowing(this.measures, index) - this.measures.offset;
    if (by === 0) return;
    const { isInline, isFromRight } = this.flow();
    this.scroller()?.scrollBy(isInline ? { left: isFromRight ? -by : by } : { top: by });
    this.check();
  }

  /** Has the host render others where other rows came in sight. */
  readonly check = (): void => {
    this.measure();
    const [from, to] = rowsInSight(this.measures, this.count);
    if (from !== this.rendered[0] || to !== this.rendered[1]) this.host.requestUpdate();
  };

  hostUpdated(): void {
    if (this.observer) return;
    const [scroller, list] = [this.scroller(), this.list()];
    if (!scroller || !list) return;
    this.observer = new ResizeObserver(this.check);
    this.observer.observe(scroller);
    this.observer.observe(list);
  }

  hostDisconnected(): void {
    this.observer?.disconnect();
    this.observer = undefined;
  }

  private measure(): void {
    const [scroller, list] = [this.scroller(), this.list()];
    if (!scroller || !list) return;
    const { isInline, isFromRight } = this.flow(list);
    const [room, all] = [scroller.getBoundingClientRect(), list.getBoundingClientRect()];
    const start = isFromRight ? all.right - room.right : room.left - all.left;
    this.measures = {
      offset: isInline ? start : room.top - all.top,
      room: isInline ? room.width : room.height,
      extent: this.count > 0 ? (isInline ? all.width : all.height) / this.count : 0,
    };
  }

  private flow(list = this.list()): { readonly isInline: boolean; readonly isFromRight: boolean } {
    if (!list) return { isInline: false, isFromRight: false };
    const style = getComputedStyle(list);
    return {
      isInline: style.getPropertyValue('--flow').trim() === 'inline',
      isFromRight: style.direction === 'rtl',
    };
  }
}
