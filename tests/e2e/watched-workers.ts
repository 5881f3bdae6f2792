/** The page's workers, watched and, where a test says so, ended or left without memory. Runs in the page. */

export interface WatchedWorkers {
  /** Of every view that a worker was asked to look at: the number of the worker, and the view's level. */
  readonly runs: { readonly worker: number; readonly level: number }[];
  /** Ends a worker at once, as the browser does for want of memory. */
  kill(worker: number): void;
  /** Which workers lack the memory for tiles. */
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
  const workers: Worker[] = [];
  const watched: WatchedWorkers = {
    runs: [],
    kill: (worker) => workers[worker]!.terminate(),
    starved: 'none',
  };
  Object.assign(globalThis, { watched });
  const Original = Worker;
  globalThis.Worker = class extends Original {
    private readonly number = workers.length;

    constructor(...options: ConstructorParameters<typeof Worker>) {
      super(...options);
      workers.push(this);
    }

    override postMessage(message: unknown, options?: Transferable[] | StructuredSerializeOptions): void {
      const { id, path, argumentList } = message as Call;
      if (path?.[0] === 'run') {
        const level = argumentList?.[1]?.value?.level ?? 0;
        watched.runs.push({ worker: this.number, level });
        if (level > 0 && (watched.starved === 'all' || (watched.starved === 'others' && this.number > 0))) {
          const value = { ok: false, error: { code: 'out-of-memory', reason: 'not-enough-memory' } };
          this.dispatchEvent(new MessageEvent('message', { data: { id, type: 'RAW', value } }));
          return;
        }
      }
      super.postMessage(message, options as StructuredSerializeOptions);
    }
  };
}
