import { InspectorError } from '../core/errors.js';
import { cancelled, throwIfCancelled } from './cancellation.js';
import type { Lane } from './lane.js';

type Job<T> = (lane: Lane, signal: AbortSignal) => Promise<T>;

/** Jobs in the order they came, as many at a time as there are lanes. */
export class Pool {
  private readonly idle: Lane[];
  private readonly lanes: readonly Lane[];
  private readonly waiting: (() => void)[] = [];
  private readonly open = new Set<AbortController>();
  private disposed = false;

  constructor(lanes: readonly Lane[]) {
    this.lanes = lanes;
    // Taken from the end: the first lane is the one whose worker runs already.
    this.idle = [...lanes].reverse();
  }

  /**
   * A job that waits is dropped when its signal is aborted; a running one is told by the signal it was given.
   * @throws {InspectorError} 'cancelled', and whatever the job throws
   */
  async run<T>(job: Job<T>, signal?: AbortSignal): Promise<T> {
    throwIfCancelled(signal);
    this.requireOpen();
    const controller = new AbortController();
    const abort = () => controller.abort(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    this.open.add(controller);
    try {
      const lane = await this.nextLane(controller.signal);
      try {
        return await job(lane, controller.signal);
      } finally {
        this.giveBack(lane);
      }
    } finally {
      this.open.delete(controller);
      signal?.removeEventListener('abort', abort);
    }
  }

  /** @throws {InspectorError} 'cancelled' once it is disposed of */
  requireOpen(): void {
    if (this.disposed) throw new InspectorError({ code: 'cancelled', reason: 'detector-disposed' });
  }

  get size(): number {
    return this.lanes.length;
  }

  /** Lanes for which there is no job just now. */
  get idleLanes(): number {
    return this.idle.length;
  }

  /** Whether a job waits for a lane. */
  get isNeeded(): boolean {
    return this.waiting.length > 0;
  }

  /** A lane for which there is no job just now, to be given back as soon as there is; undefined where all are taken. */
  borrow(): Lane | undefined {
    return this.disposed ? undefined : this.idle.pop();
  }

  /** The first job that waits takes it. */
  giveBack(lane: Lane): void {
    this.idle.push(lane);
    this.waiting.shift()?.();
  }

  /** Cancels every job and ends all workers. */
  dispose(): void {
    this.disposed = true;
    for (const controller of this.open) controller.abort();
    for (const lane of this.lanes) lane.dispose();
  }

  private nextLane(signal: AbortSignal): Promise<Lane> {
    return new Promise((resolve, reject) => {
      const take = () => {
        signal.removeEventListener('abort', drop);
        resolve(this.idle.pop()!);
      };
      const drop = () => {
        this.waiting.splice(this.waiting.indexOf(take), 1);
        reject(cancelled(signal));
      };
      if (this.idle.length > 0) {
        take();
        return;
      }
      this.waiting.push(take);
      signal.addEventListener('abort', drop, { once: true });
    });
  }
}
