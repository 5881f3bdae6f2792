/**
 * One photo on its way through the workers: opened, seen as a whole, and where that is not enough tile by tile, in as many workers as
 * there are to spare. A worker that ends takes nothing with it but the view that it was looking at.
 */
import { InspectorError, toErrorData } from '../core/errors.js';
import { areaWithin } from '../core/pipeline/area.js';
import { inputOf, timingOf, type Conclusion } from '../core/pipeline/conclude.js';
import { chooseLayout } from '../core/pipeline/detail.js';
import type { SeenView } from '../core/pipeline/found.js';
import type { PhotoResult } from '../core/pipeline/inspect.js';
import { planViews, viewsOf, type Plan, type PlannedView } from '../core/pipeline/plan.js';
import type { Size } from '../core/rect.js';
import type { Box, InputRule, Inspection, Progress } from '../core/types.js';
import { seenIn } from './begun-photos.js';
import { cancelled } from './cancellation.js';
import type { Lane } from './lane.js';
import { SHARED_PIXELS } from './large-photos.js';
import type { Look } from './look.js';
import type { Pool } from './pool.js';
import { isCrash } from './start-worker.js';
import { TileQueue } from './tile-queue.js';
import type { TimeLimits } from './time-limit.js';
import type { ViewTimes } from './view-times.js';
import type { InferenceWorkerApi, OpenedPhoto, PhotoData, Result } from './worker-api.js';

export interface PhotoRunOptions extends Look {
  /** What is there so far, as soon as there is something, and then now and then. */
  readonly onPartial?: ((partial: PhotoResult) => void) | undefined;
  /** After every view, if there are several. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** The tiles under way, in photo pixels. */
  readonly onTiles?: ((tiles: readonly Box[]) => void) | undefined;
  /** What was seen of it before, in the same area: that is not looked at again. */
  readonly earlier?: readonly SeenView[] | undefined;
  readonly signal: AbortSignal;
}

/** What a run needs of its detector. */
export interface PhotoRunContext {
  readonly pool: Pool;
  readonly rule: InputRule;
  readonly limits: TimeLimits;
  readonly times: ViewTimes;
}

/** The photo in the worker of a lane. */
interface Opening {
  readonly api: InferenceWorkerApi;
  readonly opened: Promise<Result<OpenedPhoto>>;
}

/** Milliseconds between partial results. */
const INTERVAL = 500;
/** Each partial result is merged from all views so far: of the time, at most one part in so many is spent on that. */
const MERGING_SHARE = 20;
/** Milliseconds that merging may take after a photo was cancelled. */
const LAST = 3000;

/** How many of a detector's workers may look at a photo at the same time. */
export const workersFor = ({ width, height }: Size, workers: number): number =>
  width * height <= SHARED_PIXELS ? workers : 1;

export class PhotoRun {
  private readonly opened = new Map<Lane, Opening>();
  private readonly seen: SeenView[] = [];
  private readonly earlier: (view: PlannedView) => SeenView | undefined;
  private readonly underWay = new Map<Lane, Box>();
  private limitedBy: Inspection['input']['limitedBy'];
  private nextPartial = 0;
  /** Views in the last partial result. */
  private told = 0;
  private photo!: OpenedPhoto;
  private area!: Box;
  private plan!: Plan;

  /** @param lane for this photo alone until it is done */
  constructor(
    private readonly data: PhotoData,
    private readonly lane: Lane,
    private readonly options: PhotoRunOptions,
    private readonly context: PhotoRunContext,
  ) {
    this.earlier = seenIn(options.earlier ?? []);
  }

  /** So far. */
  get views(): readonly SeenView[] {
    return this.seen;
  }

  /** @throws {InspectorError} */
  async run(): Promise<PhotoResult> {
    const begin = performance.now();
    try {
      await this.seeWhole();
      if (this.plan.views.length === 1) return await this.conclude(this.lane);
      const result = await this.seeTiles();
      // Several workers may have been at it at the same time.
      return { ...result, timing: { ...result.timing, total: performance.now() - begin } };
    } finally {
      for (const lane of this.opened.keys()) this.close(lane);
    }
  }

  private async seeWhole(): Promise<void> {
    const { lane, options, context } = this;
    const { rule, times, pool } = context;
    this.photo = await lane.call((api) => this.open(lane, api), this.callOptions);
    this.area = areaWithin(options.area, this.photo);
    const [whole] = this.planWhole().views as [PlannedView];
    const before = this.earlier(whole);
    if (before) this.seen.push(before);
    else await this.see(lane, whole);
    // How long the tiles would take is judged by that view.
    const { layout, limitedBy } = chooseLayout(this.size, rule, options, (levels) =>
      times.secondsFor(levels, workersFor(this.photo, 1 + pool.idleLanes)),
    );
    this.plan = viewsOf(layout);
    this.limitedBy = limitedBy;
  }

  private async seeTiles(): Promise<PhotoResult> {
    const { lane, context, plan, seen, options } = this;
    const inOrder = promisingFirst(plan.views.slice(1), seen);
    seen.push(...inOrder.flatMap((tile) => this.earlier(tile) ?? []));
    const left = inOrder.filter((tile) => !this.earlier(tile));
    const tiles = new TileQueue(left, {
      see: (tile, one) => this.seeTile(one, tile),
      seen: async (one) => {
        this.report();
        if (seen.length < plan.views.length) await this.givePartial(one);
      },
      missed: () => (this.limitedBy = 'failure'),
      left: (one) => this.close(one),
    });
    const isShared = workersFor(this.photo, context.pool.size) > 1;
    try {
      this.report();
      await this.givePartial(lane);
      await tiles.run(lane, isShared ? context.pool : undefined).catch((error: unknown) => {
        // What is seen already stays.
        this.limitedBy = limitOf(error, options.signal);
      });
      if (seen.length === 1) this.plan = this.planWhole();
      return await this.conclude(lane);
    } catch (error) {
      if (options.signal.aborted) await this.giveLast();
      throw error;
    }
  }

  private async seeTile(lane: Lane, tile: PlannedView): Promise<void> {
    const [left, top] = this.area;
    const tell = () => this.options.onTiles?.([...this.underWay.values()]);
    this.underWay.set(lane, [left + tile.x, top + tile.y, tile.width, tile.height]);
    tell();
    try {
      await this.see(lane, tile);
    } finally {
      this.underWay.delete(lane);
      tell();
    }
  }

  private async see(lane: Lane, view: PlannedView): Promise<void> {
    const { signal } = this.options;
    const { seen, isClosed } = await lane.call(async (api) => {
      const opened = await this.open(lane, api);
      if (!opened.ok) return opened;
      if (signal.aborted) return { ok: false, error: toErrorData(cancelled(signal)) };
      return api.run(opened.value.key, view, this.area);
    }, this.callOptions);
    if (isClosed) this.opened.delete(lane);
    this.seen.push(seen);
    this.context.times.learn(view, seen.timing);
    this.context.limits.learnTime(this.photo.decode + seen.timing.total);
  }

  /** Once for each worker that comes to look at the photo. */
  private open(lane: Lane, api: InferenceWorkerApi): Promise<Result<OpenedPhoto>> {
    const known = this.opened.get(lane);
    if (known?.api === api) return known.opened;
    const opened = api.open(this.data);
    this.opened.set(lane, { api, opened });
    return opened;
  }

  /** A worker that goes on with another photo has this one open no longer. */
  private close(lane: Lane): void {
    const opening = this.opened.get(lane);
    this.opened.delete(lane);
    opening?.opened
      .then((opened) => (opened.ok ? opening.api.close(opened.value.key) : undefined))
      // A worker that has ended holds nothing any more.
      .catch(() => undefined);
  }

  private async conclude(lane: Lane): Promise<PhotoResult> {
    const { area, callOptions } = this;
    const { map } = this.options;
    // Other workers see more meanwhile, which is none of this result.
    const seen = [...this.seen];
    return this.resultOf(seen, await lane.call((api) => api.conclude(seen, area, { map }), callOptions));
  }

  private resultOf(seen: readonly SeenView[], conclusion: Conclusion): PhotoResult {
    const { area, plan, limitedBy, options } = this;
    const { key: _, decode, ...image } = this.photo;
    const more = { ...(options.area && { area }), ...(limitedBy && { limitedBy }) };
    return {
      image,
      input: inputOf(plan, seen, more),
      ...conclusion,
      timing: timingOf(decode, seen),
    };
  }

  /** In the lane that has just seen something: it costs others no time. One that can't be had is left out. */
  private async givePartial(lane: Lane): Promise<void> {
    const { onPartial, signal } = this.options;
    const begin = performance.now();
    if (!onPartial || begin < this.nextPartial) return;
    // Nobody else begins meanwhile.
    this.nextPartial = Infinity;
    try {
      const partial = await this.conclude(lane);
      this.told = partial.input.tiles;
      onPartial(partial);
    } catch (error) {
      if (signal.aborted) throw error;
    } finally {
      const end = performance.now();
      this.nextPartial = end + Math.max(INTERVAL, MERGING_SHARE * (end - begin));
    }
  }

  /** Of a photo that is cancelled, what was seen since: where merging takes long, partial results are far apart. */
  private async giveLast(): Promise<void> {
    const { seen, area, lane, told, options } = this;
    if (!options.onPartial || seen.length === told) return;
    // Without it, what was told before remains.
    const conclusion = await lane
      .finish((api) => api.conclude(seen, area, { map: options.map }), LAST)
      .catch(() => undefined);
    if (conclusion) options.onPartial(this.resultOf(seen, conclusion));
  }

  private report(): void {
    const { seen, plan, options } = this;
    options.onProgress?.({ phase: 'inspecting', done: seen.length, total: plan.views.length });
  }

  private get size() {
    const [, , width, height] = this.area;
    return { width, height };
  }

  private planWhole(): Plan {
    return planViews(this.size, this.context.rule, { detail: 'fast', scale: 1 });
  }

  private get callOptions() {
    return { signal: this.options.signal, limit: this.context.limits.photo };
  }
}

/** Tiles where the whole view has found something, whatever its score, come first; else the order stays. */
function promisingFirst(tiles: readonly PlannedView[], seen: readonly SeenView[]): PlannedView[] {
  const regions = seen.flatMap(({ found }) => found.map(({ region }) => region));
  const isPromising = ({ x, y, width, height }: PlannedView) =>
    regions.some(
      (one) => one.x < x + width && x < one.x + one.width && one.y < y + height && y < one.y + one.height,
    );
  const promising = new Set(tiles.filter(isPromising));
  return [...promising, ...tiles.filter((tile) => !promising.has(tile))];
}

/**
 * Why a photo is not seen in all of its tiles.
 * @throws {InspectorError} the error itself, where it is not about memory or a worker
 */
function limitOf(error: unknown, signal: AbortSignal): 'memory' | 'failure' {
  if (!signal.aborted && error instanceof InspectorError) {
    if (error.code === 'out-of-memory') return 'memory';
    if (isCrash(error) || error.code === 'timed-out') return 'failure';
  }
  throw error;
}
