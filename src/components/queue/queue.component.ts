import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import { isSettled } from '../../workbench/batch/entries.js';
import type { PhotoEntry } from '../../workbench/batch/photo-batch.js';
import { text } from '../../messages/text.js';
import { controls } from '../shared/controls.styles.js';
import { icons } from '../shared/icons.js';
import { sendCommand } from '../shared/send-command.js';
import { ListWindow } from './list-window.js';
import { renderRow } from './photo-row.js';
import { styles } from './queue.styles.js';
import { Thumbnails } from './thumbnails.js';

const texts = text.queue;

/** A wait worth announcing, ms. */
const LONG = 5000;

/**
 * @summary The photos: a list on a wide screen, a strip on a narrow one.
 *
 * @event defect-command - Something is to be done with one photo, or with all.
 */
export class DefectQueue extends LitElement {
  static override styles = [controls, styles];

  static override properties = {
    entries: { attribute: false },
    selectedId: { attribute: false },
    counts: { attribute: false },
    timeLeft: { attribute: false },
    isPaused: { attribute: false },
  };

  declare entries: readonly PhotoEntry[];
  declare selectedId: number | undefined;
  /** Defects that are reported, by the ids of the photos that have a result. */
  declare counts: ReadonlyMap<number, number>;
  /** Milliseconds until all are done, as far as that is known. */
  declare timeLeft: number | undefined;
  declare isPaused: boolean;

  private thumbnails: Thumbnails | undefined;
  /** The photo whose row has the focus. */
  private focusedId: number | undefined;
  private readonly rows = new ListWindow(
    this,
    () => this.renderRoot.querySelector('.scroller'),
    () => this.renderRoot.querySelector('ol'),
  );

  constructor() {
    super();
    this.entries = [];
    this.counts = new Map();
    this.isPaused = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.thumbnails?.dispose();
    this.thumbnails = undefined;
  }

  protected override willUpdate(): void {
    this.focusedId = idOf(this.shadowRoot?.activeElement?.closest('li'));
  }

  protected override updated(changed: PropertyValues<this>): void {
    const list = this.renderRoot.querySelector('ol')!;
    list.style.setProperty('--count', String(this.entries.length));
    const rows = [...list.querySelectorAll('li')];
    for (const row of rows) row.style.setProperty('--index', String(Number(row.ariaPosInSet) - 1));
    if (changed.has('selectedId')) {
      const at = this.indexOf(this.selectedId);
      if (at >= 0) this.rows.show(at);
    }
    this.keepFocus(list, changed.has('selectedId'));
    this.thumbnails ??= new Thumbnails();
    this.thumbnails.show(
      rows.map((row) => [row.querySelector('canvas')!, this.entries[Number(row.ariaPosInSet) - 1]!.input]),
    );
  }

  override render(): TemplateResult {
    const { entries } = this;
    const total = entries.length;
    const reachable = Math.max(0, this.indexOf(this.selectedId));
    // The row that the Tab key leads to, and the one that has the focus, are there wherever the list is scrolled.
    const indices = this.rows.indices(total, reachable, this.indexOf(this.focusedId));
    return html`
      <header>
        <h2>${texts.title({ photos: total })}</h2>
        <div class="buttons">
          ${this.renderPause()}
          <button
            type="button"
            class="plain icon"
            title=${texts.add}
            aria-label=${texts.add}
            @click=${() => sendCommand(this, 'photos.choose')}
          >
            ${icons.add}
          </button>
        </div>
        ${this.renderOverall(total)}
      </header>
      <div class="scroller" @scroll=${this.rows.check}>
        <ol aria-label=${texts.list} @keydown=${this.onKey}>
          ${repeat(
            indices,
            (index) => entries[index]!.id,
            (index) =>
              renderRow(entries[index]!, {
                index,
                total,
                defects: this.counts.get(entries[index]!.id),
                isSelected: entries[index]!.id === this.selectedId,
                isReachable: index === reachable,
                run: (command, id) => sendCommand(this, command, { id }),
              }),
          )}
        </ol>
      </div>
    `;
  }

  private renderPause(): TemplateResult | typeof nothing {
    const isNeeded = this.isPaused || this.entries.some(({ state }) => state === 'waiting');
    if (!isNeeded) return nothing;
    const label = this.isPaused ? texts.resume : texts.pause;
    return html`<button
      type="button"
      class=${classMap({ plain: true, icon: true, pause: true, on: this.isPaused })}
      title=${label}
      aria-label=${label}
      @click=${() => sendCommand(this, this.isPaused ? 'photos.resume' : 'photos.pause')}
    >
      ${this.isPaused ? icons.resume : icons.pause}
    </button>`;
  }

  private renderOverall(total: number): TemplateResult {
    const settled = this.entries.filter(isSettled).length;
    const failed = this.entries.filter(({ state }) => state === 'failed').length;
    const isBusy = settled < total;
    const button = (label: string, command: 'photos.cancel' | 'photos.retry' | 'photos.clear') =>
      html`<button type="button" class="plain" @click=${() => sendCommand(this, command)}>${label}</button>`;
    return html`<div class="overall">
        <span class="number">
          ${isBusy ? this.describe(settled, total) : failed > 0 ? texts.failed({ photos: failed }) : texts.allDone}
        </span>
        ${
          isBusy
            ? button(texts.cancelAll, 'photos.cancel')
            : failed > 0
              ? button(texts.retryFailed, 'photos.retry')
              : button(texts.clear, 'photos.clear')
        }
      </div>
      <progress
        max=${Math.max(1, total)}
        .value=${isBusy ? settled : 0}
        aria-label=${texts.inspected}
        class=${isBusy ? '' : 'idle'}
      ></progress>`;
  }

  private describe(done: number, total: number): string {
    const { isPaused, timeLeft = 0 } = this;
    return texts.progress({ done, total, isPaused, timeLeft: timeLeft >= LONG ? timeLeft : undefined });
  }

  private indexOf(id: number | undefined): number {
    return id === undefined ? -1 : this.entries.findIndex((entry) => entry.id === id);
  }

  private onKey(event: KeyboardEvent): void {
    const id = idOf((event.target as HTMLElement).closest('li'));
    const isOnPhoto = (event.target as HTMLElement).matches('.photo');
    if (id === undefined || !isOnPhoto || event.altKey || event.ctrlKey || event.metaKey) return;
    const at = this.indexOf(id);
    const last = this.entries.length - 1;
    const targets: Partial<Record<string, number>> = {
      ArrowUp: at - 1,
      ArrowLeft: at - 1,
      ArrowDown: at + 1,
      ArrowRight: at + 1,
      PageUp: at - this.rows.page,
      PageDown: at + this.rows.page,
      Home: 0,
      End: last,
    };
    const to = targets[event.key];
    const target = to === undefined ? undefined : this.entries[Math.max(0, Math.min(last, to))];
    if (target) {
      event.preventDefault();
      sendCommand(this, 'photo.show', { id: target.id });
    } else if (event.key === 'Delete') {
      event.preventDefault();
      sendCommand(this, 'photo.remove', { id });
    }
  }

  /** The focus goes with the selection, and stays in the list when what had it is gone or was moved in the page. */
  private keepFocus(list: HTMLElement, isOtherSelected: boolean): void {
    if (this.focusedId === undefined) return;
    const focused = this.shadowRoot?.activeElement;
    const isLeft = focused && idOf(focused.closest('li')) === this.focusedId;
    if (isLeft && !(isOtherSelected && focused.matches('.photo'))) return;
    const same = isOtherSelected ? null : list.querySelector(`li[data-id="${this.focusedId}"]`);
    const photo = (same ?? list).querySelector<HTMLElement>(same ? '.photo' : '.photo[tabindex="0"]');
    photo?.focus({ preventScroll: true });
  }
}

const idOf = (row: HTMLElement | null | undefined): number | undefined =>
  row ? Number(row.dataset.id) : undefined;
