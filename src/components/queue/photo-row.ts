import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { say } from '../../messages/message.js';
import { errors } from '../../messages/error-text.js';
import { text } from '../../messages/text.js';
import type { PhotoEntry, UnderWay } from '../../workbench/batch/photo-batch.js';
import { isInPart } from '../../core/in-part.js';
import type { Teaching } from '../../workbench/lessons/lesson.js';
import { icons } from '../shared/icons.js';
import { middleCut } from '../shared/middle-cut.js';

const texts = text.queue;

export type RowCommand = 'photo.show' | 'photo.cancel' | 'photo.retry' | 'photo.remove';

export interface Row {
  /** Of the photo in the list. */
  readonly index: number;
  /** Photos in the list. */
  readonly total: number;
  /** Reported on it, once it is inspected. */
  readonly defects: number | undefined;
  /** While it is seen in several views. */
  readonly underWay: UnderWay | undefined;
  /** Whether it was looked at in another way than it would be now. */
  readonly isOtherwise: boolean;
  readonly isSelected: boolean;
  /** Whether it is one of several that are chosen together. */
  readonly isChosen: boolean;
  /** What a lesson says of it, while somebody teaches. */
  readonly taught: Teaching | 'nothing' | undefined;
  /** Whether the Tab key leads to it. */
  readonly isReachable: boolean;
  readonly run: (command: RowCommand, id: number) => void;
  /** It was pressed, perhaps with a key held. */
  readonly press: (event: MouseEvent, id: number) => void;
}

/** A photo in the list. Its buttons are for pointers and screen readers: keys reach the same by the photo itself. */
export function renderRow(entry: PhotoEntry, row: Row): TemplateResult {
  const { id, name, state, error } = entry;
  const { isOtherwise: otherwise, isChosen: chosen } = row;
  const classes = { [state]: true, otherwise, chosen, part: isPart(entry) };
  return html`<li
    class=${classMap(classes)}
    data-id=${id}
    aria-setsize=${row.total}
    aria-posinset=${row.index + 1}
  >
    <button
      type="button"
      class="photo"
      title=${error ? say(errors, error.data) : name}
      tabindex=${row.isReachable ? 0 : -1}
      aria-current=${row.isSelected}
      @click=${(event: MouseEvent) => row.press(event, id)}
    >
      <canvas aria-hidden="true"></canvas>
      ${middleCut(name)}
      <span class="state"
        ><span class="dot"></span
        ><span class="word number">${wordOf(entry, row)}</span>${renderTaught(row.taught)}</span
      >
      ${renderCount(row.defects)}${chosen ? html`<span class="hidden-text">${texts.chosenPhoto}</span>` : nothing}
    </button>
    <span class=${classMap({ actions: true, quiet: state === 'done' || state === 'waiting' })}>
      ${renderActions(entry, row)}
    </span>
  </li>`;
}

const isPart = ({ state, output }: PhotoEntry): boolean =>
  (state === 'done' || state === 'cancelled') && output !== undefined && isInPart(output);

/** What became of it, or how far it has come. */
function wordOf(entry: PhotoEntry, { isOtherwise, underWay }: Row): string {
  const { state } = entry;
  if (state === 'running' && underWay && underWay.planned > 1)
    return texts.tiles({ tiles: underWay.seen, planned: underWay.planned });
  if (isOtherwise) return texts.otherwise;
  if (isPart(entry)) return texts.inPart;
  return state === 'done' && entry.output?.lacksMasks ? texts.unmasked : texts.states[state];
}

/** Good, or how many marks; and nothing for the eye where nothing is said yet. */
function renderTaught(taught: Row['taught']): TemplateResult | typeof nothing {
  if (!taught) return nothing;
  if (taught === 'nothing') return html`<span class="hidden-text">${texts.untaught}</span>`;
  return taught.isGood
    ? html`<span class="taught good" title=${texts.good}
        >${icons.check}<span class="text">${texts.good}</span></span
      >`
    : html`<span class="taught number" title=${texts.marks({ marks: taught.marks.length })}
        ><span class="short" aria-hidden="true">${taught.marks.length}</span
        ><span class="text">${texts.marks({ marks: taught.marks.length })}</span></span
      >`;
}

function renderCount(defects: number | undefined): TemplateResult | typeof nothing {
  if (defects === undefined) return nothing;
  return html`<span class=${classMap({ count: true, number: true, none: defects === 0 })} aria-hidden="true"
      >${defects}</span
    ><span class="hidden-text">${texts.defects({ defects })}</span>`;
}

function renderActions({ id, name, state }: PhotoEntry, { run }: Row): TemplateResult {
  const button = (command: RowCommand, title: string, label: string, icon: TemplateResult) =>
    html`<button
      type="button"
      class="plain icon"
      tabindex="-1"
      data-command=${command}
      title=${title}
      aria-label=${label}
      @click=${() => run(command, id)}
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
