import type { DetectorOptions } from './types.js';

/** How the cores are shared between workers and the threads of each. */
export interface Spread {
  readonly workers: number;
  readonly threads: number;
}

export interface Device {
  readonly cores: number;
  /** Without isolation the runtime can have no threads. */
  readonly crossOriginIsolated: boolean;
}

/** More threads than that gain the runtime nothing. */
const MAX_THREADS = 4;
/** Each worker has a runtime and a model of its own, more than 100 MB. */
const MAX_WORKERS = 2;

/**
 * One photo should be done as soon as possible, so threads come first: on two cores, two workers of one thread finish a
 * batch sooner than one of two (`bench/workers.ts`), but every single photo later. Cores that threads have no use for, all but
 * one of them where the page isn't isolated, can be had for further workers.
 */
export function spread(
  wanted: Pick<DetectorOptions, 'workers' | 'threads'>,
  { cores, crossOriginIsolated }: Device,
): Spread {
  const most = crossOriginIsolated ? MAX_THREADS : 1;
  const workers = Math.max(1, Math.floor(wanted.workers === 'spare' ? spare() : (wanted.workers ?? 1)));
  const fair = Math.min(most, Math.floor(cores / workers));
  const threads = crossOriginIsolated ? Math.max(1, Math.floor(wanted.threads ?? fair)) : 1;
  return { workers, threads };

  function spare(): number {
    if (wanted.threads !== undefined) return 1;
    return Math.min(MAX_WORKERS, cores / Math.min(most, cores));
  }
}
