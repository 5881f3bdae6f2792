/** The page's workers, watched and, where a test says so, ended or left without memory. Runs in the page. */

export interface WatchedWorkers {
  /** Of every view that a worker was asked to look at: the number of the worker, and the view's level. */
  readonly runs: { readonly worker: number; readonly level: number }[];
  /** The worker that is asked for that view, counted from 1, ends over it, as the browser ends one for want of memory. */
  killAt: number | undefined;
  /** Which workers lack the memory for tiles: others are those that have not seen the whole photo. */
  starved: 'none' | 'others' | 'all';
}

/** What comlink posts for a call. */
interface Call {
  readonly id: string;
  readonly path?: readonly string[];
  readonly argumentList?: readonly { readonly value?: { readonly level?: number } }[];
}

/** For `addInitScript`: before anything of the page runs. */
export function watchWorkers(): void {
  let made = 0;
  let first = 0;
  const watched: WatchedWorkers = {
    runs: [],
    killAt: undefined,
    starved: 'none',
  };
  Object.assign(globalThis, { watched });
  const Original = Worker;
  globalThis.Worker = class extends Original {
    private readonly number = made++;

    override postMessage(message: unknown, options?: Transferable[] | StructuredSerializeOptions): void {
      const { id, path, argumentList } = message as Call;
      if (path?.[0] === 'run') {
        const level = argumentList?.[1]?.value?.level ?? 0;
        watched.runs.push({ worker: this.number, level });
        if (level === 0) first = this.number;
        const isStarved =
          watched.starved === 'all' || (watched.starved === 'others' && this.number !== first);
        if (level > 0 && isStarved) {
          const value = { ok: false, error: { code: 'out-of-memory', reason: 'not-enough-memory' } };
          this.dispatchEvent(new MessageEvent('message', { data: { id, type: 'RAW', value } }));
          return;
        }
        if (watched.runs.length === watched.killAt) setTimeout(() => this.terminate());
      }
      super.postMessage(message, options as StructuredSerializeOptions);
    }
  };
}
