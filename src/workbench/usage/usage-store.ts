import type { ErrorCode } from '../../core/errors.js';
import type { Inspection } from '../../core/types.js';
import type { UsageStorage } from './usage-storage.js';
import { byDay, dayOf, ofError, ofInspection, type Counts, type Usage, type UsageDay } from './usage.js';

/** What the browser has failed to do: keep what was counted, or delete it. */
export type UsageProblem = 'not-stored' | 'not-cleared';

export interface UsageView {
  readonly usage: Usage;
  readonly problem?: UsageProblem;
}

/** How long counts are collected before they are written, ms: so much is lost at most. */
const DELAY = 1000;

const NONE: Usage = { days: [] };

/**
 * Counts photos and errors by day, for this device alone. What was counted is in `view` at once, and written together with
 * what follows within a second. Other tabs count into the same days.
 *
 * @fires change after `view` has changed
 */
export class UsageStore extends EventTarget {
  private stored = NONE;
  /** Counted and not written yet. */
  private pending: readonly UsageDay[] = [];
  private problem: UsageProblem | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private work = Promise.resolve();

  constructor(
    private readonly storage: UsageStorage,
    private readonly now: () => Date = () => new Date(),
  ) {
    super();
  }

  /** What was counted since the last `sync` of this tab, and what was stored then. */
  get view(): UsageView {
    const usage = { ...this.stored, days: byDay([...this.stored.days, ...this.pending]) };
    return { usage, ...(this.problem && { problem: this.problem }) };
  }

  /** When everything that was asked for so far is done, or has failed. */
  get settled(): Promise<void> {
    return this.work;
  }

  countInspection(inspection: Pick<Inspection, 'timing'>): void {
    this.count(ofInspection(inspection));
  }

  countError(code: ErrorCode): void {
    this.count(ofError(code));
  }

  /** Writes what was counted, now, and reads what other tabs have written. */
  sync(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.then('not-stored', async () => {
      const written = this.pending;
      this.stored = await this.storage.add(byDay(written), this.now());
      // Something may have been counted meanwhile.
      this.pending = this.pending.slice(written.length);
    });
  }

  /** Forgets all that was ever counted on this device. */
  clear(): void {
    this.then('not-cleared', async () => {
      const cleared = this.pending;
      // Where nothing was ever read or stored, there is nothing else to forget.
      if (this.stored === NONE) this.pending = [];
      await this.storage.clear();
      this.stored = NONE;
      // Something may have been counted meanwhile.
      this.pending = this.pending.filter((one) => !cleared.includes(one));
    });
  }

  private count(counts: Counts): void {
    this.pending = [...this.pending, { day: dayOf(this.now()), ...counts }];
    this.timer ??= setTimeout(() => this.sync(), DELAY);
    this.changed();
  }

  /** Runs one task after the other. A failure is shown in `view`; what could not be written is written with the next counts. */
  private then(problem: UsageProblem, work: () => Promise<void>): void {
    this.work = this.work
      .then(work)
      .then(
        () => (this.problem = undefined),
        () => {
          this.problem = this.stored === NONE ? 'not-stored' : problem;
          this.pending = byDay(this.pending);
        },
      )
      .then(() => this.changed());
  }

  private changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}
