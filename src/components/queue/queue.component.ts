import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { BatchTotals } from '../../workbench/batch/entries.js';
import type { PhotoEntry, UnderWay } from '../../workbench/batch/photo-batch.js';
import type { PlainCommand } from '../../workbench/commands/commands.js';
import type { Lesson } from '../../workbench/lessons/lesson.js';
import { PHOTO_ORDERS, type PhotoOrder } from '../../workbench/results/ranking.js';
import { text } from '../../messages/text.js';
import { controls } from '../shared/controls.styles.js';
import { icons } from '../shared/icons.js';
import '../menu/menu.js';
import { sendCommand } from '../shared/send-command.js';
import { ListWindow } from './list-window.js';
import { renderRow } from './photo-row.js';
import { styles } from './queue.styles.js';
import { Thumbnails } from './thumbnails.js';
import { StyledElement } from '../shared/styled-element.js';

const texts = text.queue;

const NONE: readonly number[] = [];
const NO_PHOTOS: BatchTotals = { total: 0, waiting: 0, running: 0, done: 0, failed: 0, cancelled: 0 };

/** A wait worth announcing, ms. */
const LONG = 5000;

/**
 * @summary The photos: a list on a wide screen, a strip on a narrow one.
 *
 * @event defect-command - Something is to be done with one photo, or with all.
 */
export class DefectQueue extends StyledElement {
  static override styles = [controls, styles];

  static override properties = {
    entries: { attribute: false },
    totals: { attribute: false },
    selectedId: { attribute: false },
    counts: { attribute: false },
    otherwise: { attribute: false },
    underWay: { attribute: false },
    timeLeft: { attribute: false },
    isPaused: { attribute: false },
    lesson: { attribute: false },
    chosen: { attribute: false },
    order: { attribute: false },
  };

  declare entries: readonly PhotoEntry[];
  /** How many are in which state. */
  declare totals: BatchTotals;
  declare selectedId: number | undefined;
  /** Defects that are reported, by the ids of the photos that have a result. */
  declare counts: ReadonlyMap<number, number>;
  /** Photos that were looked at in another way than they would be now. */
  declare otherwise: ReadonlySet<number>;
  /** How far those have come that are seen in several views. */
  declare underWay: ReadonlyMap<number, UnderWay>;
  /** Milliseconds until all are done, as far as that is known. */
  declare timeLeft: number | undefined;
  declare isPaused: boolean;
  /** What is taught, while somebody teaches. */
  declare lesson: Lesson | undefined;
  /** Photos that are chosen together: what is said is said of all of them. */
  declare chosen: readonly number[];
  /** In which order they stand; undefined where there is but one. */
  declare order: PhotoOrder | undefined;

  private thumbnails: Thumbnails | undefined;
  /** The photo whose row has the focus, or the one that has taken its place. */
  private focusedId: number | undefined;
  /** Of the button there that has the focus, where it isn't the photo itself. */
  private focusedCommand: string | undefined;
  private isFocusedGone = false;
  private readonly rows = new ListWindow(
    this,
    () => this.renderRoot.querySelector('.scroller'),
    () => this.renderRoot.querySelector('ol'),
  );

  constructor() {
    super();
    this.entries = [];
    this.totals = NO_PHOTOS;
    this.counts = new Map();
    this.otherwise = new Set();
    this.underWay = new Map();
    this.isPaused = false;
    this.chosen = NONE;
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

  /** Gives the focus to the photo that the Tab key leads to. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.photo[tabindex="0"]')?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const focused = this.shadowRoot?.activeElement as HTMLElement | null | undefined;
    this.focusedId = idOf(focused?.closest('li'));
    this.focusedCommand = focused?.dataset.command;
    this.isFocusedGone = this.focusedId !== undefined && this.indexOf(this.focusedId) < 0;
    if (!this.isFocusedGone) return;
    const at = changed.get('entries')?.findIndex(({ id }) => id === this.focusedId) ?? 0;
    this.focusedId = this.entries[Math.min(at, this.entries.length - 1)]?.id;
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
      rows.map((row) => {
        const { input, output } = this.entries[Number(row.ariaPosInSet) - 1]!;
        return [row.querySelector('canvas')!, input, output] as const;
      }),
    );
  }

  override render(): TemplateResult {
    const { entries } = this;
    const total = entries.length;
    const reachable = Math.max(0, this.indexOf(this.selectedId));
    // The row that the Tab key leads to, and the one that has the focus, are there wherever the list is scrolled.
    const chosen = new Set(this.chosen);
    const indices = this.rows.indices(total, reachable, this.indexOf(this.focusedId));
    return html`
      <header>
        <h2>${texts.title({ photos: total })}</h2>
        <div class="buttons">
          ${this.renderPause()} ${this.renderIcon('add', texts.add, icons.add, 'photos.choose')}
          ${this.renderIcon('clear', texts.clear, icons.clear, 'photos.clear')} ${this.renderMenu()}
        </div>
        ${this.renderOverall()} ${this.renderAgain()} ${this.renderOrder()} ${this.renderChosen()}
        <progress
          max=${Math.max(1, total)}
          .value=${this.isBusy ? this.settled : 0}
          aria-label=${texts.inspected}
          class=${this.isBusy ? '' : 'idle'}
        ></progress>
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
                underWay: this.underWay.get(entries[index]!.id),
                isOtherwise: this.otherwise.has(entries[index]!.id),
                isSelected: entries[index]!.id === this.selectedId,
                isReachable: index === reachable,
                isChosen: chosen.has(entries[index]!.id),
                taught: this.lesson && (this.lesson.photos.get(entries[index]!.id) ?? 'nothing'),
                run: (command, id) => sendCommand(this, command, { id }),
                press: (event, id) => this.press(event, id),
              }),
          )}
        </ol>
      </div>
    `;
  }

  private get isBusy(): boolean {
    const { waiting, running } = this.totals;
    return waiting + running > 0;
  }

  private get settled(): number {
    const { total, waiting, running } = this.totals;
    return total - waiting - running;
  }

  private renderIcon(
    kind: string,
    label: string,
    icon: TemplateResult,
    command: PlainCommand,
  ): TemplateResult {
    return html`<button
      type="button"
      class="plain icon ${kind}"
      title=${label}
      aria-label=${label}
      @click=${() => sendCommand(this, command)}
    >
      ${icon}
    </button>`;
  }

  private renderPause(): TemplateResult | typeof nothing {
    if (this.isPaused) return this.renderIcon('pause on', texts.resume, icons.resume, 'photos.resume');
    if (this.totals.waiting === 0) return nothing;
    return this.renderIcon('pause', texts.pause, icons.pause, 'photos.pause');
  }

  /** Nothing comes to the place of what cancels all: a second click there must not do something else. */
  private renderOverall(): TemplateResult {
    return html`<div class="overall">
      <span class="number">${this.describe()}</span>
      ${this.isBusy ? this.renderButton(texts.cancelAll, 'photos.cancel') : nothing}
    </div>`;
  }

  private describe(): string {
    const { isPaused, timeLeft = 0, totals } = this;
    if (!this.isBusy) return texts.settled(totals);
    return texts.progress({
      done: this.settled,
      total: totals.total,
      isPaused,
      timeLeft: timeLeft >= LONG ? timeLeft : undefined,
    });
  }

  private renderAgain(): TemplateResult | typeof nothing {
    const { failed, cancelled } = this.totals;
    if (this.isBusy || failed + cancelled === 0) return nothing;
    return html`<div class="again">${this.renderRetries()}</div>`;
  }

  private renderRetries(): (TemplateResult | typeof nothing)[] {
    const { failed, cancelled } = this.totals;
    const retry = (photos: number, label: string, command: PlainCommand) =>
      photos > 0 ? this.renderButton(label, command) : nothing;
    return [
      retry(failed, texts.retryFailed({ photos: failed }), 'photos.retry'),
      retry(cancelled, texts.retryCancelled({ photos: cancelled }), 'photos.retry-cancelled'),
    ];
  }

  /** What is said of all that are chosen together. */
  private renderChosen(): TemplateResult | typeof nothing {
    const photos = this.chosen.length;
    if (photos === 0) return nothing;
    return html`<div class="chosen-bar">
      <span class="number">${texts.chosen({ photos })}</span>
      <button type="button" @click=${() => sendCommand(this, 'lesson.good')}>${texts.areGood}</button>
    </div>`;
  }

  private renderOrder(): TemplateResult | typeof nothing {
    const { order } = this;
    if (!order) return nothing;
    return html`<select
      class="order"
      aria-label=${texts.order}
      @change=${({ target }: Event) =>
        sendCommand(this, 'photos.order', { by: (target as HTMLSelectElement).value as PhotoOrder })}
    >
      ${PHOTO_ORDERS.map(
        (by) => html`<option value=${by} .selected=${by === order}>${texts.orders[by]}</option>`,
      )}
    </select>`;
  }

  private renderOrders(): TemplateResult | typeof nothing {
    const { order } = this;
    if (!order) return nothing;
    return html`${PHOTO_ORDERS.map(
      (by) =>
        html`<button
          type="button"
          class="plain"
          data-close
          aria-pressed=${by === order}
          @click=${() => sendCommand(this, 'photos.order', { by })}
        >
          ${texts.orders[by]}
        </button>`,
    )}`;
  }

  /** Where there is no room for buttons. */
  private renderMenu(): TemplateResult {
    return html`<defect-menu label=${texts.more}>
      <span slot="label" class="hidden-text">${texts.more}</span>
      <span slot="label">${icons.more}</span>
      <div class="items">
        ${this.isBusy ? this.renderButton(texts.cancelAll, 'photos.cancel') : nothing}
        ${this.renderButton(texts.add, 'photos.choose')} ${this.isBusy ? nothing : this.renderRetries()}
        ${
          this.chosen.length > 0
            ? this.renderButton(texts.removeChosen({ photos: this.chosen.length }), 'photos.remove')
            : this.renderButton(texts.removeShown, 'photo.remove')
        }
        ${this.renderButton(texts.clear, 'photos.clear')} ${this.renderOrders()}
      </div>
    </defect-menu>`;
  }

  private renderButton(label: string, command: PlainCommand): TemplateResult {
    return html`<button type="button" class="plain" data-close @click=${() => sendCommand(this, command)}>
      ${label}
    </button>`;
  }

  private indexOf(id: number | undefined): number {
    return id === undefined ? -1 : this.entries.findIndex((entry) => entry.id === id);
  }

  /** With Shift all from the photo that is shown up to that one are chosen, with Ctrl that one as well, or no more. */
  private press(event: MouseEvent, id: number): void {
    if (this.lesson && event.shiftKey) this.choose(this.upTo(id));
    else if (this.lesson && (event.ctrlKey || event.metaKey)) {
      const before = this.chosen.length > 0 ? this.chosen : [this.selectedId ?? id];
      this.choose(before.includes(id) ? before.filter((one) => one !== id) : [...before, id]);
    } else sendCommand(this, 'photo.show', { id });
  }

  private choose(ids: readonly number[]): void {
    sendCommand(this, 'photos.select', { ids: ids.length > 1 ? ids : NONE });
  }

  /** From where the choice began. */
  private upTo(id: number): readonly number[] {
    const from = this.indexOf(this.chosen[0] ?? this.selectedId);
    const to = this.indexOf(id);
    const ids = this.entries.slice(Math.min(from, to), Math.max(from, to) + 1).map((entry) => entry.id);
    return from <= to ? ids : ids.reverse();
  }

  private onKey(event: KeyboardEvent): void {
    if (this.lesson && this.onChoiceKey(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
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
      const chosen = this.lesson && event.shiftKey ? this.upTo(target.id) : NONE;
      sendCommand(this, 'photo.show', { id: target.id });
      if (chosen.length > 0) this.choose(chosen);
    } else if (event.key === 'Delete') {
      event.preventDefault();
      if (this.chosen.includes(id)) sendCommand(this, 'photos.remove');
      else sendCommand(this, 'photo.remove', { id });
    }
  }

  /** Whether it was a key that chooses all, or none. */
  private onChoiceKey({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
    if (key === 'a' && (ctrlKey || metaKey)) {
      this.choose(this.entries.map(({ id }) => id));
      return true;
    }
    if (key !== 'Escape' || this.chosen.length === 0) return false;
    this.choose(NONE);
    return true;
  }

  /**
   * The focus goes with the selection, and stays in the list when what had it is gone or was moved in the page: at its place, so that
   * several photos can be removed one after the other.
   */
  private keepFocus(list: HTMLElement, isOtherSelected: boolean): void {
    if (this.focusedId === undefined) return;
    const focused = this.shadowRoot?.activeElement;
    const isLeft = focused && idOf(focused.closest('li')) === this.focusedId;
    if (isLeft && !(isOtherSelected && focused.matches('.photo'))) return;
    const isHere = this.isFocusedGone || !isOtherSelected;
    const row = isHere ? list.querySelector<HTMLElement>(`li[data-id="${this.focusedId}"]`) : null;
    const photo = (row ?? list).querySelector<HTMLElement>(row ? '.photo' : '.photo[tabindex="0"]');
    photo?.focus({ preventScroll: true });
    // Buttons of a row are shown only once it has the focus.
    if (row && this.isFocusedGone && this.focusedCommand !== undefined)
      row
        .querySelector<HTMLElement>(`[data-command="${this.focusedCommand}"]`)
        ?.focus({ preventScroll: true });
  }
}

const idOf = (row: HTMLElement | null | undefined): number | undefined =>
  row ? Number(row.dataset.id) : undefined;
