import type { Notice } from '../../messages/text.js';
import { PHOTO_ORDERS } from '../results/ranking.js';
import { NONE_CHOSEN, type WorkbenchState } from '../state.js';
import type { Store } from '../store.js';
import { isSettled } from '../batch/entries.js';
import type { PhotoEntry } from '../batch/photo-batch.js';
import { hasPhotos, type Bench, type Command, type CommandTable } from './command.js';
import type { CommandId } from './commands.js';

type PhotoCommand = Extract<CommandId, `photo.${string}` | `photos.${string}`>;

/** Shows another photo, or none. */
export function showPhoto(store: Store<WorkbenchState>, currentId: number | undefined): void {
  const teaching = store.state.teaching && { ...store.state.teaching, place: undefined };
  store.update({
    currentId,
    selected: undefined,
    hovered: undefined,
    drawing: undefined,
    chosen: NONE_CHOSEN,
    teaching,
  });
}

export const photoCommands: CommandTable<PhotoCommand> = {
  'photos.choose': { run: ({ ports }) => ports.chooseFiles() },
  'photos.stop-looking': {
    run: (bench) => bench.stopLooking(),
    isEnabled: ({ store }) => store.state.looking !== undefined,
  },
  'photos.cancel': {
    run: ({ photos }) => photos.cancelAll(),
    isEnabled: ({ photos }) => photos.totals.waiting + photos.totals.running > 0,
  },
  'photos.pause': {
    run: ({ photos }) => photos.pause(),
    isEnabled: ({ photos }) => !photos.isPaused && photos.totals.waiting + photos.totals.running > 0,
  },
  'photos.resume': { run: ({ photos }) => photos.resume(), isEnabled: ({ photos }) => photos.isPaused },
  'photos.retry': {
    run: ({ photos }) => photos.retryFailed(),
    isEnabled: ({ photos }) => photos.totals.failed > 0,
  },
  'photos.retry-cancelled': {
    run: ({ photos }) => photos.retryCancelled(),
    isEnabled: ({ photos }) => photos.totals.cancelled > 0,
  },
  'photos.update': {
    run: ({ photos, derived }) =>
      photos.retry([...derived.outdated, ...derived.seenOtherwise].map(({ id }) => id)),
    isEnabled: ({ derived }) => derived.outdated.length + derived.seenOtherwise.length > 0,
  },
  'photos.look-again': {
    run: ({ photos, derived }) => photos.retry(derived.seenOtherwise.map(({ id }) => id)),
    isEnabled: ({ derived }) => derived.seenOtherwise.length > 0,
  },
  'photos.clear': {
    run: (bench) =>
      removePhotos(
        bench,
        bench.photos.entries.map(({ id }) => id),
      ),
    isEnabled: hasPhotos,
  },
  'photos.remove': {
    run: (bench) => removePhotos(bench, photosMeant(bench)),
    isEnabled: (bench) => photosMeant(bench).length > 0,
  },
  'photos.select': {
    run: ({ store }, { ids }) => {
      store.update({
        chosen: ids.length > 0 ? ids : NONE_CHOSEN,
        announcement: { reason: 'photos-chosen', params: { photos: ids.length } },
      });
    },
    isEnabled: ({ photos }, { ids }) => ids.every((id) => photos.get(id) !== undefined),
  },
  'photos.order': {
    run: ({ store }, { by }) => store.update({ photoOrder: by }),
    isEnabled: ({ store }, { by }) => store.state.ranking !== undefined && PHOTO_ORDERS.includes(by),
  },

  'photo.next': photoBeside(1),
  'photo.previous': photoBeside(-1),
  'photo.show': {
    run: (bench, { id }) => turnTo(bench, id),
    isEnabled: ({ photos }, { id }) => photos.get(id) !== undefined,
  },
  'photo.cancel': {
    run: (bench, one) => bench.photos.cancel(idOf(bench, one)),
    isEnabled: (bench, one) => {
      const entry = bench.photos.get(idOf(bench, one));
      return entry !== undefined && !isSettled(entry);
    },
  },
  'photo.retry': {
    run: (bench, one) => bench.photos.retry([idOf(bench, one)]),
    isEnabled: (bench, one) => {
      const entry = bench.photos.get(idOf(bench, one));
      return entry !== undefined && isSettled(entry);
    },
  },
  'photo.thorough': {
    run: (bench, one) => bench.inspectAs(idOf(bench, one), { detail: 'thorough' }),
    isEnabled: (bench, one) => {
      const id = idOf(bench, one);
      const { look, looks } = bench.store.state;
      return bench.photos.get(id) !== undefined && (looks.get(id)?.detail ?? look.detail) !== 'thorough';
    },
  },
  'photo.bits': {
    run: (bench, { id, bits }) => bench.watch(setBits(bench, idOf(bench, { id }), bits)),
    isEnabled: (bench, { id, bits }) => {
      const entry = bench.photos.get(idOf(bench, { id }));
      const known = entry?.output?.image.bits;
      return entry?.state === 'done' && known !== undefined && known !== bits && bits >= 8 && bits <= 16;
    },
  },
  'photo.remove': {
    run: (bench, one) => removePhotos(bench, [idOf(bench, one)]),
    isEnabled: isThere,
  },
};

async function setBits({ photos, ports }: Bench, id: number, bits: number): Promise<void> {
  const input = photos.get(id)?.input;
  const stretched = input && (await ports.withBits(input, Math.round(bits)));
  if (stretched) photos.replace(id, stretched);
}

/** Those that are chosen together, else the one that is shown. */
export function photosMeant({ store }: Bench): readonly number[] {
  const { chosen, currentId } = store.state;
  if (chosen.length > 0) return chosen;
  return currentId === undefined ? [] : [currentId];
}

/** 0 where no photo is meant: ids begin at 1. */
const idOf = ({ store }: Bench, one: { readonly id?: number | undefined } | undefined): number =>
  one?.id ?? store.state.currentId ?? 0;

function isThere(bench: Bench, one: { readonly id?: number | undefined } | undefined): boolean {
  return bench.photos.get(idOf(bench, one)) !== undefined;
}

/** Does nothing at either end of the list. */
function photoBeside(by: 1 | -1): Command<undefined> {
  const beside = ({ derived }: Bench) => (by > 0 ? derived.neighbours.next : derived.neighbours.previous);
  return {
    run: (bench) => {
      const entry = beside(bench);
      if (entry) turnTo(bench, entry.id);
    },
    isEnabled: (bench) => beside(bench) !== undefined,
  };
}

/** Shows a photo that somebody has asked for, and says which one it is and what is known of it. */
function turnTo({ store, derived }: Bench, id: number): void {
  showPhoto(store, id);
  const { current, headline } = derived;
  if (!current) return;
  const place = derived.photos.indexOf(current) + 1;
  store.update({
    announcement: {
      reason: 'photo-shown',
      params: { name: current.name, place, photos: derived.photos.length, headline },
    },
  });
}

/** @param isSaid whether somebody is told, and offered to take it back at once */
export function removePhotos(bench: Bench, ids: readonly number[], { isSaid = true } = {}): void {
  const { photos, store, teaching } = bench;
  const before = teaching.state;
  const gone = new Set(ids);
  const remove = () => {
    const { currentId } = store.state;
    const isShown = currentId !== undefined && gone.has(currentId);
    if (isShown) showPhoto(store, neighbour(bench, currentId, gone));
    const entries = photos.remove(ids);
    teaching.forgetGone();
    store.update({ chosen: NONE_CHOSEN });
    return { entries, shown: isShown ? currentId : undefined };
  };
  let removed = remove();
  bench.note({
    photos: removed.entries.length,
    ...(isSaid && { notice: removalOf(removed.entries) }),
    undo: () => {
      photos.putBack(removed.entries);
      if (before?.id === teaching.state?.id && before) teaching.put(before.lesson);
      if (removed.shown !== undefined) showPhoto(store, removed.shown);
    },
    redo: () => {
      removed = remove();
    },
  });
}

function removalOf(removed: readonly PhotoEntry[]): Notice {
  const [one, ...others] = removed;
  return one && others.length === 0
    ? { reason: 'photo-removed', params: { name: one.name } }
    : { reason: 'photos-removed', params: { photos: removed.length } };
}

/** The photo after it, else the one before it, that stays. */
function neighbour(
  { derived: { photos: entries } }: Bench,
  id: number,
  gone: ReadonlySet<number>,
): number | undefined {
  const at = entries.findIndex((entry) => entry.id === id);
  const isLeft = (entry: { readonly id: number }) => !gone.has(entry.id);
  return (entries.slice(at + 1).find(isLeft) ?? entries.slice(0, Math.max(0, at)).findLast(isLeft))?.id;
}
