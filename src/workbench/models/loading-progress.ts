import type { Progress } from '../../core/types.js';

/** How far loading has come, the model and the runtime together. */
export interface Loading {
  /** Whether all is there, and is being started. */
  readonly isStarting?: boolean;
  /** Bytes; 0 while nothing is known. */
  readonly loaded: number;
  readonly total: number;
  /** 0..1, once a total is known. */
  readonly fraction?: number;
}

/** The model and the runtime are loaded at the same time: text and bar are about both. */
export class LoadingProgress {
  private readonly parts = new Map<'model' | 'runtime', { loaded: number; total: number }>();
  private isStarting = false;

  add(progress: Progress): void {
    if (progress.phase === 'model' || progress.phase === 'runtime') this.parts.set(progress.phase, progress);
    if (progress.phase === 'starting') this.isStarting = true;
  }

  get view(): Loading {
    let loaded = 0;
    let total = 0;
    for (const part of this.parts.values()) {
      loaded += part.loaded;
      total += part.total;
    }
    const { isStarting } = this;
    if (isStarting) return { isStarting, loaded, total, fraction: 1 };
    return { isStarting, loaded, total, ...(total > 0 && { fraction: loaded / total }) };
  }
}
