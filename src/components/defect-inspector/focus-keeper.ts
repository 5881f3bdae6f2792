import type { LitElement, ReactiveController } from 'lit';

/**
 * Gives the focus to something near when what had it is gone: it would fall to the page otherwise, whose beginning is
 * where the keys go on then.
 */
export class FocusKeeper implements ReactiveController {
  /** What had the focus last, as far as it is known; undefined where it was given up. */
  private last: Element | undefined;
  private frame = 0;

  /** @param near what takes the focus over, as the host is then */
  constructor(
    private readonly host: LitElement,
    private readonly near: () => HTMLElement | null | undefined,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.host.addEventListener('focusin', this.noteFocus);
    this.host.addEventListener('focusout', this.noteBlur);
  }

  hostDisconnected(): void {
    this.host.removeEventListener('focusin', this.noteFocus);
    this.host.removeEventListener('focusout', this.noteBlur);
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.last = undefined;
  }

  /** What is within the host changes a little later. */
  hostUpdated(): void {
    if (!this.last || this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.keep();
    });
  }

  private readonly noteFocus = (event: FocusEvent): void => {
    this.last = event.composedPath()[0] as Element;
  };

  /**
   * What lets go of the focus and could still have it has lost it to something else, or to a click beside everything. It needn't
   * be the last one that is known here: moves within one of the parts are not told outside of it.
   */
  private readonly noteBlur = (event: FocusEvent): void => {
    const { last } = this;
    const left = event.composedPath()[0] as Element;
    queueMicrotask(() => {
      const isThere = left.isConnected && left.checkVisibility() && !left.matches(':disabled');
      if (last === this.last) this.last = isThere ? undefined : left;
    });
  };

  private keep(): void {
    if (!this.last) return;
    // `:focus-within` goes on in Chromium after a slotted child that had the focus isn't shown any more.
    const { activeElement } = this.host.getRootNode() as Document | ShadowRoot;
    const isWithin = this.host.contains(activeElement);
    if (isWithin && activeElement?.checkVisibility()) return;
    this.last = undefined;
    // What isn't shown any more may let go of the focus only after this frame.
    if (isWithin || document.activeElement === document.body) this.near()?.focus({ preventScroll: true });
  }
}
