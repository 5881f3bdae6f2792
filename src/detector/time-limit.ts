/** A network may calculate for ever, and nothing inside it can be asked: what takes too long is given up from outside. */
import { InspectorError } from '../core/errors.js';

/** Milliseconds that anything may take at least, on a device as fast as the one that they were chosen on. */
const LEAST = { start: 90_000, photo: 120_000 };
/** More of them for every megabyte of the model: one of 160 MB takes seconds there, and a minute on a phone. */
const PER_MEGABYTE = 1000;
/** So many times as long as the slowest photo so far may any other take. */
const SLOWER = 20;
/** A limit is waited for in parts: of time that the device slept through, only the part under way is lost. */
const PARTS = 4;
/** The longest that browsers can wait at a time, ms: what is longer is over at once. */
const LONGEST_PART = 2 ** 31 - 1;

/** How long a model may take to start, and a photo to be inspected. Milliseconds. */
export class TimeLimits {
  private readonly given: number | undefined;
  private readonly slowness: number;
  private megabytes = 0;
  private slowest = 0;

  /**
   * @param seconds for either, in place of what follows from the device; nonsense is as if nothing was given
   * @param slowness how many times slower the device is than the one that the limits were chosen on; not asked where limits are given
   */
  constructor(seconds: number | undefined, slowness: () => number) {
    if (seconds !== undefined && seconds > 0) this.given = seconds * 1000;
    this.slowness = this.given === undefined ? slowness() : 1;
  }

  get start(): number {
    return this.given ?? this.least(LEAST.start);
  }

  get photo(): number {
    return this.given ?? Math.max(this.least(LEAST.photo), SLOWER * this.slowest);
  }

  /** @param bytes of the model's file */
  learnSize(bytes: number): void {
    this.megabytes = bytes / 1e6;
  }

  /** @param milliseconds that a photo took */
  learnTime(milliseconds: number): void {
    this.slowest = Math.max(this.slowest, milliseconds);
  }

  private least(milliseconds: number): number {
    return (milliseconds + this.megabytes * PER_MEGABYTE) * this.slowness;
  }
}

/** A clock that says when its time is over. */
export class Timer {
  private readonly controller = new AbortController();
  private pending: ReturnType<typeof setTimeout> | undefined;

  /** Aborted when the time is over. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** From now on, also where it runs already. @param limit milliseconds; Infinity: never */
  start(limit: number, reason: 'start-took-too-long' | 'photo-took-too-long'): void {
    this.stop();
    if (!Number.isFinite(limit)) return;
    const parts = Math.max(PARTS, Math.ceil(limit / LONGEST_PART));
    const wait = (left: number) => {
      if (left > 0) this.pending = setTimeout(wait, limit / parts, left - 1);
      else this.controller.abort(tookTooLong(reason, limit));
    };
    wait(parts);
  }

  stop(): void {
    clearTimeout(this.pending);
  }
}

const tookTooLong = (reason: 'start-took-too-long' | 'photo-took-too-long', limit: number): InspectorError =>
  new InspectorError({ code: 'timed-out', reason, params: { milliseconds: limit } });

/** What the reference device takes for the loop below, milliseconds. */
const REFERENCE = 6;
const MOST_SLOWNESS = 10;

/** How many times slower this device is than the one that the limits were chosen on, 1..10. Takes some milliseconds. */
export function measureSlowness(now: () => number = () => performance.now()): number {
  const begin = now();
  // Pseudo-random numbers, so that no compiler foresees the result. They never become 0.
  let x = 1;
  for (let i = 0; i < 2e6; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
  }
  return x === 0 ? 1 : Math.min(MOST_SLOWNESS, Math.max(1, (now() - begin) / REFERENCE));
}
