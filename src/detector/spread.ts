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
/** That many `spare` workers: each has a runtime and a model of its own, more than 100 MB. */
const MAX_WORKERS = 2;

/**
 * One photo should be done as soon as possible, so threads come first: on two cores, two workers of one thread finish a
 * batch sooner than one of two (`bench/workers.ts`), but every single photo later. Cores that threads have no use for, all but
 * one of them where the page isn't isolated, can be had for further workers.
 */
export function spread(wanted: Pick<DetectorOptions, 'workers' | 'threads'>, device: Device): Spread {
  const cores = wholeNumber(device.cores) ?? 1;
  const { crossOriginIsolated } = device;
  const most = crossOriginIsolated ? MAX_THREADS : 1;
  const asked = wanted.workers === 'spare' ? spare() : (wholeNumber(wanted.workers) ?? 1);
  const workers = Math.min(asked, Math.max(MAX_WORKERS, 2 * cores));
  const fair = Math.max(1, Math.min(most, Math.floor(cores / workers)));
  const threads = crossOriginIsolated ? Math.min(wholeNumber(wanted.threads) ?? fair, cores) : 1;
  return { workers, threads };

  function spare(): number {
    if (wanted.threads !== undefined) return 1;
    return Math.max(1, Math.floor(Math.min(MAX_WORKERS, cores / Math.min(most, cores))));
  }
}

/** At least 1, whatever a link or a program gives; undefined for nonsense. */
function wholeNumber(value: number | undefined): number | undefined {
  const whole = value === undefined ? NaN : Math.floor(value);
  return Number.isNaN(whole) ? undefined : Math.max(1, whole);
}
