import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import { isSettled } from '../../workbench/batch/entries.js';
import type { PhotoEntry } from '../../workbench/batch/photo-batch.js';
import { text } from '../../messages/text.js';
import { controls } from '../shared/controls.styles.js';
import { icons } from '../shared/icons.js';
import { sendCommand } from '../shared/send-command.js';
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

  protected override updated(changed: PropertyValues<this>): void {
    const list = this.renderRoot.querySelector('ol')!;
    this.thumbnails ??= new Thumbnails(list);
    const canvases = list.querySelectorAll('canvas');
    for (const [i, { input }] of this.entries.entries()) this.thumbnails.show(canvases[i]!, input);
    if (changed.has('selectedId')) {
      list.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }

  override render(): TemplateResult {
    const total = this.entries.length;
    const reachable = this.selectedId ?? this.entries[0]?.id;
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
      <ol aria-label=${texts.list} @keydown=${this.onKey}>
        ${repeat(
          this.entries,
          ({ id }) => id,
          (entry) => this.renderEntry(entry, entry.id === reachable),
        )}
      </ol>
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

  private renderEntry(entry: PhotoEntry, isReachable: boolean): TemplateResult {
    const { id, name, state } = entry;
    return html`<li class=${state}>
      <button
        type="button"
        class="photo"
        data-id=${id}
        title=${entry.error?.message ?? name}
        tabindex=${isReachable ? 0 : -1}
        aria-current=${id === this.selectedId}
        @click=${() => this.select(id)}
      >
        <canvas aria-hidden="true"></canvas>
        <span class="name">${name}</span>
        <span class="state"><span class="dot"></span><span class="word">${texts.states[state]}</span></span>
        ${this.renderCount(entry)}
      </button>
      <span class=${classMap({ actions: true, quiet: state === 'done' || state === 'waiting' })}>
        ${this.renderActions(entry)}
      </span>
    </li>`;
  }

  private renderCount({ id }: PhotoEntry): TemplateResult | typeof nothing {
    const defects = this.counts.get(id);
    if (defects === undefined) return nothing;
    return html`<span class=${classMap({ count: true, number: true, none: defects === 0 })} aria-hidden="true"
        >${defects}</span
      ><span class="hidden-text">${texts.defects({ defects })}</span>`;
  }

  private renderActions({ id, name, state }: PhotoEntry): TemplateResult {
    const button = (
      command: 'photo.cancel' | 'photo.retry' | 'photo.remove',
      title: string,
      label: string,
      icon: TemplateResult,
    ) =>
      html`<button
        type="button"
        class="plain icon"
        title=${title}
        aria-label=${label}
        @click=${() => sendCommand(this, command, { id })}
      >
        ${icon}
      </button>`;
    const cancel = () => button('photo.cancel', texts.cancel, texts.cancelPhoto({ name }), icons.stop);
    const retry = () => button('photo.retry', texts.retry, texts.retryPhoto({ name }), icons.retry);
    const remove = () => button('photo.remove', texts.remove, texts.removePhoto({ name }), icons.close);
    switch (state) {
      case 'waiting':
      case 'running':
        return cancel();
      case 'done':
        return remove();
      case 'failed':
      case 'cancelled':
        return html`${retry()}${remove()}`;
    }
  }

  private onKey(event: KeyboardEvent): void {
    const photo = (event.target as HTMLElement).closest<HTMLElement>('.photo');
    if (!photo || event.altKey || event.ctrlKey || event.metaKey) return;
    const at = this.entries.findIndex(({ id }) => id === Number(photo.dataset.id));
    const last = this.entries.length - 1;
    const targets: Partial<Record<string, number>> = {
      ArrowUp: at - 1,
      ArrowLeft: at - 1,
      ArrowDown: at + 1,
      ArrowRight: at + 1,
      Home: 0,
      End: last,
    };
    const to = targets[event.key];
    const target = to === undefined ? undefined : this.entries[Math.max(0, Math.min(last, to))];
    if (target) {
      event.preventDefault();
      this.select(target.id);
      this.renderRoot.querySelector<HTMLElement>(`.photo[data-id="${target.id}"]`)?.focus();
    } else if (event.key === 'Delete') {
      event.preventDefault();
      sendCommand(this, 'photo.remove', { id: Number(photo.dataset.id) });
    }
  }

  private select(id: number): void {
    sendCommand(this, 'photo.show', { id });
  }
}
