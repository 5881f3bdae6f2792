import type { PlannedView } from '../core/pipeline/plan.js';
import type { Lane } from './lane.js';
import type { Pool } from './pool.js';

/** Where lanes come from that nobody else needs just now. */
export type SpareLanes = Pick<Pool, 'borrow' | 'giveBack' | 'isNeeded'>;

export interface TileWork {
  /** Rejects where a tile can't be seen, not even by another worker of that lane. */
  see(tile: PlannedView, lane: Lane): Promise<void>;
  /** Called after each tile. */
  seen(lane: Lane): Promise<void>;
}

/** The tiles of a photo, one after the other in its own lane and in lanes to spare. */
export class TileQueue {
  private readonly tiles: PlannedView[];
  private readonly helpers = new Set<Promise<void>>();
  private canBorrow = true;
  private isAlone = false;

  constructor(
    tiles: readonly PlannedView[],
    private readonly work: TileWork,
  ) {
    this.tiles = [...tiles];
  }

  /**
   * Resolves when all are seen. A lane to spare that fails, as where the memory doesn't suffice for several workers, is given up; where the photo's own
   * fails, it tries once more without the others.
   * @throws what the photo's own lane fails on alone; no tile is under way any more then
   */
  async run(lane: Lane, spare?: SpareLanes): Promise<void> {
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
      if (this.helpers.size === 0) throw error;
      this.canBorrow = false;
      this.isAlone = true;
      await Promise.all(this.helpers);
    }
  }

  private borrow(spare: SpareLanes): void {
    // One tile is left for the lane that is there.
    for (let left = this.tiles.length - 1; this.canBorrow && left > 0; left--) {
      const lane = spare.borrow();
      if (!lane) return;
      const helper: Promise<void> = this.help(lane, spare).finally(() => this.helpers.delete(helper));
      this.helpers.add(helper);
    }
  }

  /** Never rejects. */
  private async help(lane: Lane, spare: SpareLanes): Promise<void> {
    try {
      while (this.tiles.length > 0 && !this.isAlone && !spare.isNeeded) await this.seeNext(lane);
    } catch {
      // The photo's own lane tries the same tile, and tells what is wrong with it.
      this.canBorrow = false;
    } finally {
      if (this.isAlone) lane.rest();
      spare.giveBack(lane);
    }
  }

  private async seeNext(lane: Lane): Promise<void> {
    const tile = this.tiles.shift();
    if (!tile) return;
    try {
      await this.work.see(tile, lane);
    } catch (error) {
      this.tiles.unshift(tile);
      throw error;
    }
    await this.work.seen(lane);
  }
}
