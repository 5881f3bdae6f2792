import { html, type TemplateResult } from 'lit';
import { text } from '../../messages/text.js';
import { controls } from '../shared/controls.styles.js';
import { icons } from '../shared/icons.js';
import { styles } from './sheet.styles.js';
import { step, stopAt, type SheetStop } from './stops.js';
import { StyledElement } from '../shared/styled-element.js';

/** From the sheet's upper edge to where the finger holds it, CSS pixels. */
const GRIP = 12;
const LOWEST = 44;

/**
 * @summary On a phone a sheet over the lower end of its parent, dragged or stepped between three heights; elsewhere
 * just what is in it. The parent says how high the stops are, and leaves the height to `--sheet-height` while the
 * sheet is dragged.
 *
 * @slot - What the sheet shows.
 * @slot headline - In place of the headline; it may take two lines.
 */
export class DefectSheet extends StyledElement {
  static override styles = [controls, styles];

  static override properties = {
    stop: { reflect: true },
    dragged: { type: Boolean, reflect: true },
    headline: {},
  };

  declare stop: SheetStop;
  declare dragged: boolean;
  /** Stands on the handle. */
  declare headline: string;

  constructor() {
    super();
    this.stop = 'peek';
    this.dragged = false;
    this.headline = '';
  }

  override render(): TemplateResult {
    return html`
      <div
        class="handle"
        @pointerdown=${this.onDown}
        @pointermove=${this.onMove}
        @pointerup=${this.onUp}
        @pointercancel=${this.onUp}
      >
        <b class="number"><slot name="headline">${this.headline}</slot></b>
        ${this.renderButton(-1, text.sheet.smaller, icons.chevron)}
        ${this.renderButton(1, text.sheet.larger, icons.chevronUp)}
      </div>
      <slot></slot>
    `;
  }

  private renderButton(by: 1 | -1, label: string, icon: TemplateResult): TemplateResult {
    return html`<button
      type="button"
      class="plain icon"
      aria-label=${label}
      aria-disabled=${step(this.stop, by) === this.stop}
      @click=${() => (this.stop = step(this.stop, by))}
    >
      ${icon}
    </button>`;
  }

  private onDown(event: PointerEvent): void {
    if (event.target instanceof Element && event.target.closest('button')) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.dragged = true;
  }

  private onMove(event: PointerEvent): void {
    if (this.dragged) this.style.setProperty('--sheet-height', `${this.heightAt(event)}px`);
  }

  private onUp(event: PointerEvent): void {
    if (!this.dragged) return;
    this.dragged = false;
    this.style.removeProperty('--sheet-height');
    this.stop = stopAt(this.heightAt(event) / this.parentElement!.clientHeight);
  }

  private heightAt({ clientY }: PointerEvent): number {
    const { top, bottom } = this.parentElement!.getBoundingClientRect();
    return Math.max(LOWEST, Math.min(bottom - top, bottom - clientY + GRIP));
  }
}
