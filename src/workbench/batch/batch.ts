import { InspectorError } from '../../core/errors.js';
import { toInspectorError } from '../to-inspector-error.js';
import { EntryList, isSettled, type BatchEntry, type BatchState, type BatchTotals } from './entries.js';
import { timeLeft } from './time-left.js';

/** What one item may know of its run. */
export interface RunOptions<Tool, Output = unknown> {
  readonly id: number;
  readonly name: string;
  readonly signal: AbortSignal;
  /** What `prepare` gave. */
  readonly tool: Tool;
  /** Its latest result, where it has one and is run again. */
  readonly former: Output | undefined;
  /** Takes what is there so far; it is what remains of a run that ends before its time. Heard until the run has ended. */
  report(partial: Output): void;
}

/** What a batch does with its items. */
export interface Work<Input, Output, Tool = void> {
  /** What an item is called that was given no name. */
  nameOf(input: Input, id: number): string;
  /** How many items may run side by side with what `prepare` gave last, if it has; asked anew each time. */
  lanes(tool: Tool | undefined): number;
  /** Gets what items are run with; asked before each of them. When it fails, everything that waits fails with its error. */
  prepare(): Promise<Tool>;
  /** An item that goes before the others while it waits, if one does. */
  first?: (() => number | undefined) | undefined;
  /** Rejects soon after the signal is aborted: until then its lane is taken. */
  run(input: Input, options: RunOptions<Tool, Output>): Promise<Output>;
  /** Called when an item fails, not when it is cancelled. `retry` where the next `prepare` gives another tool. */
  failed?(error: InspectorError, tool: Tool): 'retry' | 'give-up';
  /** Of a run that has ended before its time, whether its part says more than the result before; by default, where there is none. */
  saysMore?(partial: Output, former: Output | undefined): boolean;
}

interface Waiter<Output> {
  readonly resolve: (output: Output) => void;
  readonly reject: (error: InspectorError) => void;
}

/** How many of the last items the time left is estimated from: earlier ones may have run with another tool. */
const RECENT = 5;

/**
 * Many items, each run in the order of arrival, a few side by side. One that fails never stops the others. No call takes
 * more time than going through all items once.
 *
 * Fires `change` (Event) once after whatever changed in one go, and `settled` (CustomEvent<BatchEntry>) when an item is
 * done, failed or cancelled.
 */
export class Batch<Input, Output, Tool = void> extends EventTarget {
  private readonly list = new EntryList<Input, Output>();
  private readonly runs = new Set<{ readonly id: number; readonly abort: AbortController }>();
  private readonly waiters = new Map<number, Waiter<Output>[]>();
  private readonly recent: number[] = [];
  private lastId = 0;
  private isHeld = false;
  private isSuspended = false;
  private isPreparing = false;
  private tool: Tool | undefined;
  /** How often everything was to start again. */
  private restarts = 0;
  private isChanged = false;

  /** @param now milliseconds, on a clock that never goes back */
  constructor(
    private readonly work: Work<Input, Output, Tool>,
    private readonly now: () => number = () => performance.now(),
  ) {
    super();
  }

  /** In the order of arrival. The same array until something changes. */
  get entries(): readonly BatchEntry<Input, Output>[] {
    return this.list.all;
  }

  get totals(): BatchTotals {
    return this.list.totals;
  }

  get isPaused(): boolean {
    return this.isHeld;
  }

  /** Milliseconds until everything is settled, by how long the last items took; undefined before any is done. */
  get timeLeft(): number | undefined {
    return timeLeft(this.recent, this.list.open, this.lanes);
  }

  get(id: number): BatchEntry<Input, Output> | undefined {
    return this.list.get(id);
  }

  /** Appends items and starts working. `name` replaces the names that the inputs bring. */
  add(
    inputs: Iterable<Input>,
    { name }: { readonly name?: string | ((index: number) => string | undefined) } = {},
  ): BatchEntry<Input, Output>[] {
    const added = Array.from(inputs, (input, index): BatchEntry<Input, Output> => {
      const id = ++this.lastId;
      const given = typeof name === 'function' ? name(index) : name;
      return { id, name: given ?? this.work.nameOf(input, id), input, state: 'waiting' };
    });
    if (added.length > 0) {
      this.bring(added);
      this.wake();
    }
    return added;
  }

  /** Resolves when the item is done next, at once when it is. @throws {InspectorError} when it failed, was cancelled or removed */
  result(id: number): Promise<Output> {
    const entry = this.get(id);
    if (entry?.state === 'done') return Promise.resolve(entry.output as Output);
    if (!entry || isSettled(entry)) return Promise.reject(entry?.error ?? cancelled());
    return new Promise((resolve, reject) => {
      const waiting = this.waiters.get(id);
      if (waiting) waiting.push({ resolve, reject });
      else this.waiters.set(id, [{ resolve, reject }]);
    });
  }

  cancel(id: number): void {
    const entry = this.get(id);
    if (!entry || isSettled(entry)) return;
    this.settle({ ...entry, state: 'cancelled', error: cancelled() });
    this.abort(id);
  }

  cancelAll(): void {
    for (const { id } of this.entries) this.cancel(id);
  }

  /** Begins nothing new; what runs goes on. */
  pause(): void {
    this.hold(true);
  }

  resume(): void {
    this.hold(false);
    this.pump();
  }

  /** Ends what runs and begins nothing, until more is added or `wake` is called. Promises of `result` stay pending. */
  suspend(): void {
    this.isSuspended = true;
    this.restart();
  }

  /** Goes on after `suspend`. */
  wake(): void {
    this.isSuspended = false;
    this.pump();
  }

  /**
   * Starts running items again, with the tool that `prepare` gives then. Promises of `result` stay pending.
   * @param ids all by default
   */
  restart(ids?: readonly number[]): void {
    if (!ids) this.restarts++;
    for (const { id } of [...this.runs]) {
      if (ids && !ids.includes(id)) continue;
      const entry = this.get(id);
      if (entry?.state !== 'running') continue;
      this.list.replace({ ...withoutPartial(entry), state: 'waiting' });
      this.changed();
      this.abort(id);
    }
  }

  /** Runs items that are done, failed or cancelled again, in their old places. */
  retry(ids: Iterable<number>): void {
    for (const id of ids) {
      const entry = this.get(id);
      if (!entry || !isSettled(entry)) continue;
      const { error: _, ...rest } = entry;
      this.list.replace({ ...rest, state: 'waiting' });
      this.changed();
    }
    this.pump();
  }

  /** Runs a settled item again with another input in its place. */
  replace(id: number, input: Input): void {
    const entry = this.get(id);
    if (!entry || !isSettled(entry)) return;
    this.list.replace({ ...entry, input });
    this.retry([id]);
  }

  retryFailed(): void {
    this.retryAll('failed');
  }

  retryCancelled(): void {
    this.retryAll('cancelled');
  }

  /** Cancels and forgets items. Gives them as they were before, for `putBack`. */
  remove(ids: Iterable<number>): BatchEntry<Input, Output>[] {
    const gone = new Set(ids);
    const removed = [...gone].flatMap((id) => this.get(id) ?? []);
    for (const { id } of removed) this.cancel(id);
    if (removed.length === 0) return [];
    this.list.delete(gone);
    this.changed();
    return removed;
  }

  removeAll(): BatchEntry<Input, Output>[] {
    return this.remove(this.entries.map(({ id }) => id));
  }

  /** Puts removed entries back to their places, with their results; those that were waiting or running wait again. */
  putBack(entries: Iterable<BatchEntry<Input, Output>>): void {
    const back = Array.from(entries, (entry) =>
      entry.state === 'running' ? { ...entry, state: 'waiting' as const } : entry,
    );
    if (back.length === 0) return;
    this.bring(back);
    this.pump();
  }

  private bring(entries: readonly BatchEntry<Input, Output>[]): void {
    this.list.insert(entries);
    this.changed();
  }

  private retryAll(state: BatchState): void {
    this.retry(this.entries.filter((entry) => entry.state === state).map(({ id }) => id));
  }

  private hold(isHeld: boolean): void {
    if (this.isHeld === isHeld) return;
    this.isHeld = isHeld;
    this.changed();
  }

  private get lanes(): number {
    return Math.max(1, this.work.lanes(this.tool));
  }

  private get hasWork(): boolean {
    if (this.isHeld || this.isSuspended) return false;
    return this.runs.size < this.lanes && this.list.next() !== undefined;
  }

  /** Begins as many items as there are lanes for, one preparation at a time. */
  private pump(): void {
    if (this.isPreparing || !this.hasWork) return;
    this.isPreparing = true;
    // What was asked for before a restart is out of date, and so is the reason why it can't be had.
    const { restarts } = this;
    this.prepare().then(
      (tool) => {
        this.isPreparing = false;
        if (restarts !== this.restarts) {
          this.pump();
          return;
        }
        this.tool = tool;
        // It may have been cancelled, or everything paused, while the tool was fetched.
        const entry = this.hasWork && this.next();
        if (entry) this.begin(entry, tool);
        this.pump();
      },
      (error: unknown) => {
        this.isPreparing = false;
        if (restarts === this.restarts) this.failWaiting(toInspectorError(error));
        this.pump();
      },
    );
  }

  private next(): BatchEntry<Input, Output> | undefined {
    const first = this.get(this.work.first?.() ?? 0);
    return first?.state === 'waiting' ? first : this.list.next();
  }

  /** Also turns what `prepare` throws into a rejection. */
  private async prepare(): Promise<Tool> {
    return this.work.prepare();
  }

  private begin(entry: BatchEntry<Input, Output>, tool: Tool): void {
    const { id } = entry;
    const run = { id, abort: new AbortController() };
    const { signal } = run.abort;
    this.runs.add(run);
    this.list.replace({ ...entry, state: 'running' });
    this.changed();
    const began = this.now();
    const report = (partial: Output) => {
      const now = this.runs.has(run) ? this.get(id) : undefined;
      if (!now) return;
      if (!signal.aborted) this.list.replace({ ...now, partial });
      // What a run came to may take a moment longer than cancelling it.
      else if (now.state === 'cancelled') this.list.replace(this.withRemains({ ...now, partial }));
      this.changed();
    };
    this.run(entry, { id, name: entry.name, signal, tool, former: entry.output, report }).then(
      (output) => {
        this.runs.delete(run);
        // A cancelled or removed item is settled already, and may have been started again since.
        if (!signal.aborted) {
          this.recent.push(this.now() - began);
          if (this.recent.length > RECENT) this.recent.shift();
          this.settle({ ...entry, state: 'done', output });
        }
        this.pump();
      },
      (cause: unknown) => {
        this.runs.delete(run);
        if (!signal.aborted) this.takeFailure(entry, toInspectorError(cause), tool);
        this.pump();
      },
    );
  }

  private async run(entry: BatchEntry<Input, Output>, options: RunOptions<Tool, Output>): Promise<Output> {
    return this.work.run(entry.input, options);
  }

  private takeFailure(entry: BatchEntry<Input, Output>, error: InspectorError, tool: Tool): void {
    const isAgain = this.work.failed?.(error, tool) === 'retry';
    // `failed` may have cancelled or removed the item.
    const running = this.get(entry.id);
    if (running?.state !== 'running') return;
    if (isAgain) {
      this.list.replace({ ...entry, state: 'waiting' });
      this.changed();
    } else {
      this.settle({ ...running, state: error.code === 'cancelled' ? 'cancelled' : 'failed', error });
    }
  }

  private failWaiting(error: InspectorError): void {
    for (const { id } of this.entries) {
      // Whoever hears of one that fails may cancel or remove others.
      const entry = this.get(id);
      if (entry?.state === 'waiting') this.settle({ ...entry, state: 'failed', error });
    }
  }

  private abort(id: number): void {
    for (const run of this.runs) if (run.id === id) run.abort.abort();
  }

  private settle(settled: BatchEntry<Input, Output>): void {
    const entry = this.withRemains(settled);
    const waiters = this.waiters.get(entry.id) ?? [];
    this.waiters.delete(entry.id);
    for (const { resolve, reject } of waiters) {
      if (entry.state === 'done') resolve(entry.output as Output);
      else reject(entry.error ?? cancelled());
    }
    this.list.replace(entry);
    this.changed();
    this.dispatchEvent(new CustomEvent('settled', { detail: entry }));
  }

  /** With what there is of a run that has ended before its time. */
  private withRemains(entry: BatchEntry<Input, Output>): BatchEntry<Input, Output> {
    const { partial, output } = entry;
    if (partial === undefined) return entry;
    const saysMore = this.work.saysMore?.(partial, output) ?? output === undefined;
    return { ...withoutPartial(entry), ...(saysMore && { output: partial }) };
  }

  private changed(): void {
    if (this.isChanged) return;
    this.isChanged = true;
    queueMicrotask(() => {
      this.isChanged = false;
      this.dispatchEvent(new Event('change'));
    });
  }
}

const cancelled = () => new InspectorError({ code: 'cancelled', reason: 'photo-cancelled' });

function withoutPartial<Entry extends { readonly partial?: unknown }>({
  partial: _,
  ...entry
}: Entry): Omit<Entry, 'partial'> {
  return entry;
}
