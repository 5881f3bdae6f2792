import type { InspectorError } from '../../core/errors.js';

export type BatchState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

/** An item and what became of it. A new object for every change, so that views can compare by identity. */
export interface BatchEntry<Input, Output> {
  /** Unique within the batch, rising in the order of arrival. */
  readonly id: number;
  readonly name: string;
  readonly input: Input;
  readonly state: BatchState;
  /** The latest result, which stays until another replaces it, whatever happens meanwhile. */
  readonly output?: Output;
  /** While it runs: what is there so far. */
  readonly partial?: Output;
  /** When failed or cancelled. */
  readonly error?: InspectorError;
}

export type BatchTotals = Readonly<Record<BatchState | 'total', number>>;

/** States in which nothing more happens to an item by itself. */
export const isSettled = ({ state }: { readonly state: BatchState }): boolean =>
  state !== 'waiting' && state !== 'running';

/**
 * Entries by rising id. Finding one takes the logarithm of their number, changing it no longer; the totals are counted
 * along, and the first one that waits is looked for from where the last one was found.
 */
export class EntryList<Input, Output> {
  private list: BatchEntry<Input, Output>[] = [];
  private snapshot: readonly BatchEntry<Input, Output>[] | undefined = [];
  private summed: BatchTotals | undefined;
  private readonly counts = { waiting: 0, running: 0, done: 0, failed: 0, cancelled: 0 };
  /** No entry before this index waits. */
  private cursor = 0;

  /** The same array until something changes. */
  get all(): readonly BatchEntry<Input, Output>[] {
    this.snapshot ??= [...this.list];
    return this.snapshot;
  }

  /** The same object until something changes. */
  get totals(): BatchTotals {
    this.summed ??= { total: this.list.length, ...this.counts };
    return this.summed;
  }

  /** How many are neither done, failed nor cancelled. */
  get open(): number {
    return this.counts.waiting + this.counts.running;
  }

  get(id: number): BatchEntry<Input, Output> | undefined {
    const entry = this.list[this.placeOf(id)];
    return entry?.id === id ? entry : undefined;
  }

  /** The first one that waits. */
  next(): BatchEntry<Input, Output> | undefined {
    if (this.counts.waiting === 0) return undefined;
    while (this.cursor < this.list.length && this.list[this.cursor]?.state !== 'waiting') this.cursor++;
    return this.list[this.cursor];
  }

  /** Takes the place of the entry with the same id, if there is one. */
  replace(entry: BatchEntry<Input, Output>): void {
    const place = this.placeOf(entry.id);
    const former = this.list[place];
    if (former?.id !== entry.id) return;
    this.list[place] = entry;
    this.counts[former.state]--;
    this.counts[entry.state]++;
    if (entry.state === 'waiting') this.cursor = Math.min(this.cursor, place);
    this.forget();
  }

  /** Puts entries where their ids belong; those that are there already are left as they are. */
  insert(entries: Iterable<BatchEntry<Input, Output>>): void {
    const added = Array.from(entries).filter(({ id }) => !this.get(id));
    let isInOrder = true;
    for (const entry of added) {
      isInOrder &&= entry.id > (this.list.at(-1)?.id ?? 0);
      this.list.push(entry);
      this.counts[entry.state]++;
    }
    if (!isInOrder) {
      this.list.sort((a, b) => a.id - b.id);
      this.cursor = 0;
    }
    this.forget();
  }

  delete(ids: ReadonlySet<number>): void {
    this.list = this.list.filter((entry) => {
      if (!ids.has(entry.id)) return true;
      this.counts[entry.state]--;
      return false;
    });
    this.cursor = 0;
    this.forget();
  }

  private forget(): void {
    this.snapshot = undefined;
    this.summed = undefined;
  }

  /** Where an entry is, or would be. */
  private placeOf(id: number): number {
    let [from, to] = [0, this.list.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.list[middle]!.id < id) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
