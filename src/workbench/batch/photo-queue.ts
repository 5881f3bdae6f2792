import { InspectorError } from '../../core/errors.js';
import type { Inspection } from '../../core/types.js';
import type { Detector, ImageInput } from '../../detector/types.js';
import { photoName } from '../intake/photo-name.js';

export type PhotoState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

/** A photo and what became of it. A new object for every change, so that views can compare by identity. */
export interface QueueEntry {
  /** Unique within the queue, rising in the order of arrival. */
  readonly id: number;
  readonly name: string;
  readonly input: ImageInput;
  readonly state: PhotoState;
  /** When done. */
  readonly inspection?: Inspection;
  /** When failed or cancelled. */
  readonly error?: InspectorError;
}

export type QueueTotals = Readonly<Record<PhotoState | 'total', number>>;

/** States in which nothing more happens to a photo by itself. */
export const isSettled = ({ state }: QueueEntry): boolean => state !== 'waiting' && state !== 'running';

interface Waiter {
  readonly resolve: (inspection: Inspection) => void;
  readonly reject: (error: InspectorError) => void;
}

/** Where the queue's detectors come from. */
export interface DetectorSource {
  get(): Promise<Detector>;
  /** A photo has failed: whether the next `get` gives another detector, which is to try that photo again. */
  replaceAfter?(error: InspectorError, detector: Detector): boolean;
}

/**
 * Many photos, inspected one after the other in their order. The detector is asked for when there is something to do
 * and again for every photo, so that its owner can replace it in between. One photo that fails never stops the others.
 *
 * Fires `change` (Event) after anything changed and `settled` (CustomEvent<QueueEntry>) when a photo is done, failed
 * or cancelled.
 */
export class PhotoQueue extends EventTarget {
  private list: readonly QueueEntry[] = [];
  private lastId = 0;
  private isPumping = false;
  private current: { readonly id: number; readonly abort: AbortController } | undefined;
  private readonly waiters = new Map<number, Waiter[]>();

  constructor(private readonly detectors: DetectorSource) {
    super();
  }

  /** In the order of arrival. */
  get entries(): readonly QueueEntry[] {
    return this.list;
  }

  get totals(): QueueTotals {
    const totals = { total: this.list.length, waiting: 0, running: 0, done: 0, failed: 0, cancelled: 0 };
    for (const { state } of this.list) totals[state]++;
    return totals;
  }

  get(id: number): QueueEntry | undefined {
    return this.list.find((entry) => entry.id === id);
  }

  /** Appends photos and starts working. `name` replaces the names that the inputs bring. */
  add(inputs: Iterable<ImageInput>, { name }: { name?: string } = {}): QueueEntry[] {
    const added = Array.from(inputs, (input): QueueEntry => {
      const id = ++this.lastId;
      return { id, name: name ?? photoName(input) ?? `Photo ${id}`, input, state: 'waiting' };
    });
    if (added.length > 0) {
      this.list = [...this.list, ...added];
      this.changed();
      void this.pump();
    }
    return added;
  }

  /** Resolves when the photo is done. @throws {InspectorError} when it failed, was cancelled or removed */
  result(id: number): Promise<Inspection> {
    const entry = this.get(id);
    if (entry?.inspection) return Promise.resolve(entry.inspection);
    if (!entry || isSettled(entry)) return Promise.reject(entry?.error ?? cancelled());
    return new Promise((resolve, reject) => {
      this.waiters.set(id, [...(this.waiters.get(id) ?? []), { resolve, reject }]);
    });
  }

  cancel(id: number): void {
    const entry = this.get(id);
    if (!entry || isSettled(entry)) return;
    this.settle(entry, { state: 'cancelled', error: cancelled() });
    if (this.current?.id === id) this.current.abort.abort();
  }

  cancelAll(): void {
    for (const { id } of this.list) this.cancel(id);
  }

  /** Inspects the running photo again, from the start and with the detector of that time. Nobody who waits is told. */
  restart(): void {
    const { current } = this;
    const entry = current && this.get(current.id);
    if (entry?.state !== 'running') return;
    this.replace({ ...entry, state: 'waiting' });
    current!.abort.abort();
  }

  /** Puts a photo that is done, failed or cancelled back to its place in the queue; without an id all that failed. */
  retry(id?: number): void {
    const again = (entry: QueueEntry) =>
      id === undefined ? entry.state === 'failed' : entry.id === id && isSettled(entry);
    if (!this.list.some(again)) return;
    this.list = this.list.map((entry) => {
      if (!again(entry)) return entry;
      const { name, input } = entry;
      return { id: entry.id, name, input, state: 'waiting' };
    });
    this.changed();
    void this.pump();
  }

  remove(id: number): void {
    this.cancel(id);
    if (!this.get(id)) return;
    this.list = this.list.filter((entry) => entry.id !== id);
    this.changed();
  }

  clear(): void {
    this.cancelAll();
    if (this.list.length === 0) return;
    this.list = [];
    this.changed();
  }

  private next(): QueueEntry | undefined {
    return this.list.find(({ state }) => state === 'waiting');
  }

  private async pump(): Promise<void> {
    if (this.isPumping) return;
    this.isPumping = true;
    try {
      while (this.next()) {
        let detector: Detector;
        try {
          detector = await this.detectors.get();
        } catch (error) {
          this.failWaiting(toInspectorError(error));
          continue;
        }
        // It may have been cancelled while the model was loading.
        const entry = this.next();
        if (entry) await this.run(entry, detector);
      }
    } finally {
      this.isPumping = false;
    }
  }

  private async run(entry: QueueEntry, detector: Detector): Promise<void> {
    const abort = new AbortController();
    this.current = { id: entry.id, abort };
    this.replace({ ...entry, state: 'running' });
    let outcome: Pick<QueueEntry, 'state' | 'inspection' | 'error'>;
    try {
      const inspection = await detector.inspect(entry.input, { name: entry.name, signal: abort.signal });
      outcome = { state: 'done', inspection };
    } catch (error) {
      const reason = toInspectorError(error);
      const isAgain = !abort.signal.aborted && this.detectors.replaceAfter?.(reason, detector);
      outcome = isAgain
        ? { state: 'waiting' }
        : { state: reason.code === 'cancelled' ? 'cancelled' : 'failed', error: reason };
    }
    this.current = undefined;
    // Whoever cancelled or removed it didn't wait for the detector. It may even be in its second life by now.
    if (abort.signal.aborted) return;
    if (outcome.state === 'waiting') this.replace(entry);
    else this.settle(entry, outcome);
  }

  private failWaiting(error: InspectorError): void {
    for (const entry of this.list) {
      if (entry.state === 'waiting') this.settle(entry, { state: 'failed', error });
    }
  }

  private settle(entry: QueueEntry, outcome: Pick<QueueEntry, 'state' | 'inspection' | 'error'>): void {
    const settled = { ...entry, ...outcome };
    const waiters = this.waiters.get(entry.id) ?? [];
    this.waiters.delete(entry.id);
    for (const { resolve, reject } of waiters) {
      if (settled.inspection) resolve(settled.inspection);
      else reject(settled.error ?? cancelled());
    }
    this.replace(settled);
    this.dispatchEvent(new CustomEvent<QueueEntry>('settled', { detail: settled }));
  }

  private replace(changed: QueueEntry): void {
    this.list = this.list.map((entry) => (entry.id === changed.id ? changed : entry));
    this.changed();
  }

  private changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}

const cancelled = () =>
  new InspectorError('cancelled', 'This photo was cancelled. Retry it when you need it.');

function toInspectorError(error: unknown): InspectorError {
  if (error instanceof InspectorError) return error;
  return new InspectorError('worker-crashed', 'Something unexpected went wrong. Try again.', {
    cause: error,
  });
}
