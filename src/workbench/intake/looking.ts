import type { Watch } from '../../datasets/in-slices.js';

/** How far somebody is who looks through what was dropped; `total` is 0 as long as nobody knows it. */
export interface LookingState {
  readonly name: string;
  /** Whether files are looked into, or photos unpacked. */
  readonly what: 'files' | 'photos';
  readonly done: number;
  readonly total: number;
}

/** What is over by then is not worth a word, ms. */
const UNSEEN = 500;
/** Between two words, ms. */
const TELLING = 100;

/** Hears how far it is, however often it is told, and stops when the signal says so. */
export interface LookWatch {
  readonly signal: AbortSignal;
  readonly tell: (state: LookingState) => void;
}

/** Looking through what was dropped, which may be 200,000 files. */
export class Looking {
  private stopping = new AbortController();
  /** How far each is that somebody was told of and that is still under way. */
  private readonly shown = new Map<LookWatch, LookingState>();

  constructor(private readonly show: (state: LookingState | undefined) => void) {}

  stop(): void {
    this.stopping.abort();
    this.stopping = new AbortController();
  }

  /** What comes of it; undefined where it was stopped. */
  async through<T>(work: (watch: LookWatch) => Promise<T>): Promise<T | undefined> {
    const { signal } = this.stopping;
    let next = performance.now() + UNSEEN;
    const tell = (state: LookingState) => {
      if (performance.now() < next || signal.aborted) return;
      next = performance.now() + TELLING;
      this.shown.set(watch, state);
      this.show(state);
    };
    const watch: LookWatch = { signal, tell };
    try {
      const found = await work(watch);
      return signal.aborted ? undefined : found;
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    } finally {
      this.shown.delete(watch);
      this.show([...this.shown.values()].at(-1));
    }
  }
}

/** The same, of one long list. */
export const watchOf = (
  watch: LookWatch | undefined,
  name: string,
  total: number,
  what: LookingState['what'] = 'files',
): Watch => ({
  signal: watch?.signal,
  onProgress: (done) => watch?.tell({ name, what, done, total }),
});
