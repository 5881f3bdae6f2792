import type { Progress } from '../../core/types.js';

type Part = 'model' | 'runtime';

/** How far loading has come. */
export interface Loading {
  /** What is loaded right now, then that it is started; absent as long as nothing is known. */
  readonly part?: Part | 'starting';
  /** Bytes of that part. */
  readonly loaded: number;
  readonly total: number;
  /** Of all parts, 0..1, once a total is known. */
  readonly fraction?: number;
}

/** The model and the runtime are loaded at the same time: `part` is one of them, `fraction` is of both. */
export class LoadingProgress {
  private readonly parts = new Map<Part, { loaded: number; total: number }>();
  private isStarting = false;

  add(progress: Progress): void {
    if (progress.phase === 'model' || progress.phase === 'runtime') this.parts.set(progress.phase, progress);
    if (progress.phase === 'starting') this.isStarting = true;
  }

  get view(): Loading {
    if (this.isStarting) return { part: 'starting', loaded: 0, total: 0, fraction: 1 };
    for (const part of ['model', 'runtime'] as const) {
      const { loaded, total } = this.parts.get(part) ?? { loaded: 0, total: 0 };
      if (loaded < total) return { part, loaded, total, fraction: this.fraction };
    }
    return { loaded: 0, total: 0 };
  }

  private get fraction(): number {
    let loaded = 0;
    let total = 0;
    for (const part of this.parts.values()) {
      loaded += part.loaded;
      total += part.total;
    }
    return loaded / total;
  }
}
