import { InspectorError } from '../core/errors.js';
import type { PlannedView } from '../core/pipeline/plan.js';
import { isFailedStart, type Lane } from './lane.js';
import type { Pool } from './pool.js';
import { isCrash } from './start-worker.js';

export interface TileWork {
  /** Rejects where a tile can't be seen, not even by another worker of that lane. */
  see(tile: PlannedView, lane: Lane): Promise<void>;
  /** Called after each tile. */
  seen(lane: Lane): Promise<void>;
  /** Called where a tile is left out, because it takes too long. */
  missed(): void;
  /** Called before a lane to spare is given back. */
  left(lane: Lane): void;
}

/** Each tile that never ends costs its whole time limit. After so many, it isn't about the tile. */
const MOST_MISSED = 2;

/** The tiles of a photo, one after the other in its own lane and in lanes to spare. */
export class TileQueue {
  private readonly tiles: PlannedView[];
  private readonly helpers = new Set<Promise<void>>();
  private canBorrow = true;
  private isAlone = false;
  private missed = 0;

  constructor(
    tiles: readonly PlannedView[],
    private readonly work: TileWork,
  ) {
    this.tiles = [...tiles];
  }

  /**
   * Resolves when all are seen, but for one that takes too long. A lane to spare that fails, as where the memory doesn't suffice for several workers, is
   * given up; where the worker of the photo's own ends, it tries once more without the others.
   * @throws what the photo's own lane fails on alone; no tile is under way any more then
   */
  async run(lane: Lane, spare?: Pool): Promise<void> {
    try {
      while (this.tiles.length > 0 || this.helpers.size > 0) {
        if (spare) this.borrow(spare);
        if (this.tiles.length > 0) await this.goOn(lane);
        // What fails there comes back.
        else await Promise.race(this.helpers);
      }
    } finally {
      this.tiles.length = 0;
      await Promise.all(this.helpers);
    }
  }

  private async goOn(lane: Lane): Promise<void> {
    try {
      await this.seeNext(lane);
    } catch (error) {
      if (this.helpers.size === 0 || !isCrash(error)) throw error;
      this.canBorrow = false;
      this.isAlone = true;
      await Promise.all(this.helpers);
    }
  }

  private borrow(spare: Pool): void {
    // One tile is left for the lane that is there.
    for (let left = this.tiles.length - 1; this.canBorrow && left > 0; left--) {
      const lane = spare.borrow();
      if (!lane) return;
      const helper: Promise<void> = this.help(lane, spare).finally(() => this.helpers.delete(helper));
      this.helpers.add(helper);
    }
  }

  /** Never rejects. */
  private async help(lane: Lane, spare: Pool): Promise<void> {
    try {
      while (this.tiles.length > 0 && !this.isAlone && !spare.isNeeded) await this.seeNext(lane);
    } catch {
      // The photo's own lane tries the same tile, and tells what is wrong with it.
      this.canBorrow = false;
    } finally {
      this.work.left(lane);
      if (this.isAlone) lane.endWorker();
      spare.giveBack(lane);
    }
  }

  private async seeNext(lane: Lane): Promise<void> {
    const tile = this.tiles.shift();
    if (!tile) return;
    try {
      await this.work.see(tile, lane);
    } catch (error) {
      if (isTooLong(error) && ++this.missed < MOST_MISSED) {
        this.work.missed();
        return;
      }
      this.tiles.unshift(tile);
      throw error;
    }
    await this.work.seen(lane);
  }
}

/** Whether a tile takes too long, and not the worker that was to look at it. */
const isTooLong = (error: unknown): boolean =>
  error instanceof InspectorError && error.code === 'timed-out' && !isFailedStart(error);
