/** Photos that are seen in tiles, by workers under control. */
import { describe, expect, it, vi } from 'vitest';
import type { SeenView } from '../../../src/core/pipeline/found.js';
import type { Box, Detection, Inspection, Progress } from '../../../src/core/types.js';
import { openDetector } from '../../../src/detector/open-detector.js';
import type { DetectorOptions, InspectOptions } from '../../../src/detector/types.js';
import type { PlannedView } from '../../../src/core/pipeline/plan.js';
import {
  content,
  deferred,
  failure,
  fakeEnvironment,
  never,
  photo,
  REPLY,
  type Behaviour,
} from './fake-worker.js';

/**
 * Tiles of the fake model are 128 network pixels wide: 3 x 2 of them cover the photo. They share 32 pixels, and the whole photo, reduced to 0.225,
 * shows nothing under 53: another level, of a single view, lies between.
 */
const LARGE = { width: 300, height: 200 };
const VIEWS = 1 + 1 + 6;
const thorough: InspectOptions = { detail: 'thorough' };

async function open(behaviour: Behaviour = {}, options: DetectorOptions = {}) {
  const fake = fakeEnvironment({ size: LARGE, ...behaviour });
  const detector = await openDetector(options, fake.environment);
  return { ...fake, detector };
}

const place = ({ level, x, y }: PlannedView) => `${level}: ${x}, ${y}`;
const input = ({ input: { detail, tiles, planned } }: Inspection) => ({ detail, tiles, planned });
/** @param milliseconds of the network and of resampling, beside decoding */
const took = (infer: number, resample = 0) => {
  const timing = { ...REPLY.timing, resample, infer, post: 0, total: REPLY.timing.decode + resample + infer };
  return { ok: true, value: { ...REPLY, timing } } as const;
};

describe('a large photo', () => {
  it('is seen as a whole, and then in tiles', async () => {
    const { detector, workers } = await open();
    const inspection = await detector.inspect(photo('large'), thorough);
    expect(workers).toHaveLength(1);
    expect(workers[0]!.views.map(place)).toEqual([
      '0: 0, 0',
      '1: 0, 0',
      '2: 0, 0',
      '2: 96, 0',
      '2: 172, 0',
      '2: 0, 72',
      '2: 96, 72',
      '2: 172, 72',
    ]);
    expect(inspection.input).toEqual({
      ...{ width: 128, height: 128, scale: 1, tiles: VIEWS, planned: VIEWS, detail: 'thorough' },
    });
    expect(inspection.timing).toMatchObject({
      decode: 1,
      resample: 2 * VIEWS,
      infer: 3 * VIEWS,
      post: 4 * VIEWS,
    });
  });

  it('is seen first in those tiles where the whole of it has shown something, however faintly', async () => {
    const rectangle = (x: number, y: number): Detection => ({
      ...{ id: 1, classId: 1, className: 'pit', score: 0.05, area: 100, box: [x, y, 10, 10], contours: [] },
      mask: { x, y, width: 10, height: 10, counts: Uint32Array.of(0, 100) },
    });
    const { detector, workers } = await open({
      inspect: (_, __, ___, { level }) => {
        const detections = level === 0 ? [rectangle(285, 180), rectangle(0, 60)] : [];
        return { ok: true, value: { ...REPLY, detections } };
      },
    });
    await detector.inspect(photo('large'), thorough);
    expect(workers[0]!.views.map(place)).toEqual([
      '0: 0, 0',
      ...['1: 0, 0', '2: 0, 0', '2: 172, 72'],
      ...['2: 96, 0', '2: 172, 0', '2: 0, 72', '2: 96, 72'],
    ]);
  });

  it('is decoded once, and closed afterwards', async () => {
    const { detector, workers } = await open();
    await detector.inspect(photo('large'), thorough);
    expect(workers[0]!.photos).toHaveLength(1);
    await vi.waitFor(() => expect(workers[0]!.closed).toEqual([1]));
  });

  it('is opened again for the next view where its memory was wanted elsewhere after one', async () => {
    const { detector, workers } = await open({ isWanted: ({ level, x }) => level === 2 && x === 96 });
    const { input } = await detector.inspect(photo('large'), thorough);
    expect(input.tiles).toBe(VIEWS);
    const [worker] = workers;
    expect(workers).toHaveLength(1);
    expect(worker!.views).toHaveLength(VIEWS);
    expect(worker!.photos).toHaveLength(3);
    await vi.waitFor(() => expect(worker!.closed).toEqual([3]));
  });

  it('is closed where it fails, too', async () => {
    const { detector, workers } = await open({ inspect: () => failure('model-unsupported') });
    await expect(detector.inspect(photo('large'))).rejects.toMatchObject({ code: 'model-unsupported' });
    await vi.waitFor(() => expect(workers[0]!.closed).toEqual([1]));
  });

  it('is seen at the scale at which the smallest defect counts as seen', async () => {
    const { detector } = await open();
    const seen = await detector.inspect(photo('large'), { ...thorough, smallest: 24 });
    expect(seen.input).toMatchObject({ scale: 0.5, planned: 3 });
    // The model enlarges photos by 1.5 at most.
    const enlarged = await detector.inspect(photo('large'), { ...thorough, smallest: 0.001 });
    expect(enlarged.input.scale).toBe(1.5);
    // Nonsense is as if nothing was said.
    for (const smallest of [NaN, 0, -3, Infinity])
      expect(await detector.inspect(photo('large'), { ...thorough, smallest })).toMatchObject({
        input: { scale: 1 },
      });
    expect(detector.estimate(LARGE, { ...thorough, smallest: Infinity })).toMatchObject({ planned: VIEWS });
  });

  it('is seen fast where that is wanted', async () => {
    const { detector } = await open();
    const inspection = await detector.inspect(photo('large'), { detail: 'fast', smallest: 5 });
    expect(input(inspection)).toEqual({ detail: 'fast', tiles: 1, planned: 1 });
  });

  it('is seen in part, as if that was the photo', async () => {
    const { detector, workers } = await open();
    const inspection = await detector.inspect(photo('large'), { ...thorough, area: [99.5, 50, 100, 60] });
    expect(inspection.input).toMatchObject({ area: [99, 50, 101, 60], tiles: 2, planned: 2 });
    expect(inspection.image).toMatchObject(LARGE);
    expect(workers[0]!.views).toMatchObject([
      { x: 0, y: 0, width: 101, height: 60 },
      { x: 0, y: 0, width: 101, height: 60 },
    ]);
  });

  it('has to hold the area that is asked for', async () => {
    const { detector } = await open();
    const outside = detector.inspect(photo('large'), { area: [300, 0, 10, 10] });
    await expect(outside).rejects.toMatchObject({
      code: 'unsupported-image',
      message: 'The area to be inspected lies outside of this photo (300 × 200 px). Choose one within it.',
    });
    const nonsense = detector.inspect(photo('large'), { area: [NaN, 0, 10, 10] });
    await expect(nonsense).rejects.toMatchObject({ data: { reason: 'area-outside-photo' } });
    const number = detector.inspect(photo('large'), { area: 5 as unknown as Box });
    await expect(number).rejects.toMatchObject({ data: { reason: 'area-outside-photo' } });
  });
});

describe('auto', () => {
  it('is thorough where a single view is not enough', async () => {
    const { detector } = await open();
    // The whole photo is seen at 45 / 200.
    expect(input(await detector.inspect(photo('large')))).toEqual({
      detail: 'thorough',
      tiles: VIEWS,
      planned: VIEWS,
    });
    expect(input(await detector.inspect(photo('large'), { smallest: 60 }))).toMatchObject({ detail: 'fast' });
    expect(input(await detector.inspect(photo('large'), { smallest: 50 }))).toMatchObject({
      detail: 'thorough',
    });
  });

  it('is fast where it is', async () => {
    const { detector } = await open({ size: { width: 150, height: 100 } });
    expect(input(await detector.inspect(photo('small')))).toMatchObject({ detail: 'fast' });
  });

  it('is fast where tiles would take more than a minute, and says so', async () => {
    const { detector, workers } = await open({ inspect: () => took(30_000) });
    const inspection = await detector.inspect(photo('large'));
    expect(inspection.input).toMatchObject({ detail: 'fast', limitedBy: 'time', tiles: 1, planned: 1 });
    expect(workers[0]!.views).toHaveLength(1);
    // Asked for, it is done all the same.
    expect(input(await detector.inspect(photo('large'), thorough))).toMatchObject({ tiles: VIEWS });
  });
});

describe('an estimate', () => {
  it('takes the time for resampling by the photo, not by the view', async () => {
    const { detector } = await open({
      // As long as it takes to read all of the photo; a tile is a small part of it.
      inspect: (_, __, ___, { width, height }) => took(3, (width * height) / 6),
    });
    await detector.inspect(photo('another'), { detail: 'fast' });
    const { seconds } = detector.estimate(LARGE, thorough);
    expect(seconds).toBeGreaterThan(30);
    expect(seconds).toBeLessThan(40);
    expect(input(await detector.inspect(photo('large')))).toMatchObject({ detail: 'thorough', tiles: VIEWS });
  });

  it('tells how a photo would be seen, and from the first one on how long it takes', async () => {
    const { detector } = await open({ inspect: () => took(1000) });
    expect(detector.estimate(LARGE)).toEqual({ detail: 'thorough', planned: VIEWS, scale: 1 });
    expect(detector.estimate({ width: 30, height: 20 })).toMatchObject({ detail: 'fast', planned: 1 });
    expect(detector.estimate(LARGE, { detail: 'fast' })).toEqual({
      detail: 'fast',
      planned: 1,
      scale: 0.225,
    });
    await detector.inspect(photo('large'), thorough);
    expect(detector.estimate(LARGE).seconds).toBeCloseTo(VIEWS);
    const huge = { width: 6000, height: 4000 };
    expect(detector.estimate(huge)).toMatchObject({ detail: 'fast', limitedBy: 'time', seconds: 1 });
    const { planned, seconds } = detector.estimate(huge, { detail: 'thorough' });
    expect(seconds! / planned).toBeCloseTo(1, 1);
  });
});

describe('results so far', () => {
  it('come after the whole photo, and say how much was seen', async () => {
    const { detector } = await open();
    const partials: Inspection[] = [];
    const progress: Progress[] = [];
    const inspection = await detector.inspect(photo('large'), {
      ...thorough,
      onPartial: (partial) => partials.push(partial),
      onProgress: (step) => progress.push(step),
    });
    expect(partials.map(input)).toEqual([{ detail: 'thorough', tiles: 1, planned: VIEWS }]);
    // It says how the whole photo was seen.
    expect(partials[0]!.input).toMatchObject({ width: 96, height: 64, scale: 0.225 });
    expect(partials[0]).toMatchObject({ id: inspection.id, image: { name: 'large.jpg' } });
    expect(progress).toEqual(
      Array.from({ length: VIEWS }, (_, i) => ({ phase: 'inspecting', done: i + 1, total: VIEWS })),
    );
  });

  it('tell which tiles are being looked at, in pixels of the photo', async () => {
    const { detector } = await open();
    const tiles: (readonly Box[])[] = [];
    await detector.inspect(photo('large'), {
      ...thorough,
      area: [10, 20, 150, 100],
      onTiles: (some) => tiles.push(some),
    });
    expect(tiles).toEqual([[[10, 20, 128, 100]], [], [[32, 20, 128, 100]], []]);
  });

  it('tell that none is being looked at any more where the photo fails', async () => {
    const onTiles = vi.fn<(tiles: readonly Box[]) => void>();
    const { detector } = await open({
      inspect: (_, __, ___, { level }) => (level > 1 ? failure('model-unsupported') : undefined),
    });
    const failing = detector.inspect(photo('large'), { ...thorough, onTiles });
    await expect(failing).rejects.toMatchObject({ code: 'model-unsupported' });
    expect(onTiles.mock.lastCall).toEqual([[]]);
  });

  it('come about twice a second', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      const { detector } = await open({
        inspect: () => {
          vi.advanceTimersByTime(200);
          return undefined;
        },
      });
      const partials: number[] = [];
      await detector.inspect(photo('large'), {
        ...thorough,
        onPartial: ({ input }) => partials.push(input.tiles),
      });
      expect(partials).toEqual([1, 4, 7]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('count the views that were merged, not those that other workers have seen meanwhile', async () => {
    const merging = deferred<undefined>();
    const merged: number[] = [];
    const { detector, workers } = await open(
      {
        inspect: () => void vi.advanceTimersByTime(200),
        conclude: async ({ length }) => {
          merged.push(length);
          return length > 1 && length < VIEWS ? merging.promise : undefined;
        },
      },
      { workers: 2 },
    );
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      const partials: number[] = [];
      const inspecting = detector.inspect(photo('large'), {
        ...thorough,
        onPartial: ({ input }) => partials.push(input.tiles),
      });
      const views = () => workers.flatMap((one) => one.views);
      await vi.waitFor(() => expect(views()).toHaveLength(VIEWS));
      merging.resolve(undefined);
      await inspecting;
      expect(merged).toHaveLength(3);
      expect(partials).toEqual(merged.slice(0, 2));
    } finally {
      vi.useRealTimers();
    }
  });

  it('that cannot be merged are left out', async () => {
    const onPartial = vi.fn();
    const { detector } = await open({
      conclude: ({ length }) => (length < VIEWS ? failure('model-unsupported') : undefined),
    });
    const inspection = await detector.inspect(photo('large'), { ...thorough, onPartial });
    expect(input(inspection)).toMatchObject({ tiles: VIEWS });
    expect(inspection.input).not.toHaveProperty('limitedBy');
    expect(onPartial).not.toHaveBeenCalled();
  });

  it('come again after one that could not be merged', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      const { detector } = await open({
        inspect: () => void vi.advanceTimersByTime(200),
        conclude: ({ length }) => (length === 1 ? failure('model-unsupported') : undefined),
      });
      const partials: number[] = [];
      await detector.inspect(photo('large'), {
        ...thorough,
        onPartial: ({ input }) => partials.push(input.tiles),
      });
      expect(partials).toEqual([4, 7]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('of a photo in one view are the result', async () => {
    const { detector } = await open({ size: { width: 30, height: 20 } });
    const onPartial = vi.fn();
    const onProgress = vi.fn();
    await detector.inspect(photo('small'), { onPartial, onProgress });
    expect(onPartial).not.toHaveBeenCalled();
    expect(onProgress).not.toHaveBeenCalled();
  });

  it('are what remains where the rest is cancelled', async () => {
    const tile = deferred<undefined>();
    const { detector, workers } = await open({
      inspect: (_, { views }) => (views.length > 3 ? tile.promise : undefined),
    });
    const controller = new AbortController();
    const partials: Inspection[] = [];
    const inspecting = detector.inspect(photo('large'), {
      ...thorough,
      onPartial: (partial) => partials.push(partial),
      signal: controller.signal,
    });
    await vi.waitFor(() => expect(workers[0]!.views).toHaveLength(4));
    controller.abort();
    tile.resolve(undefined);
    await expect(inspecting).rejects.toMatchObject({ code: 'cancelled' });
    expect(partials.at(-1)!.input.tiles).toBeLessThan(VIEWS);
    // Everything that was seen, though the last time it was merged is less than half a second ago.
    expect(partials.map(({ input }) => input.tiles)).toEqual([1, 3]);
    // The worker goes on with the next photo, and holds nothing of this one.
    await detector.inspect(photo('next'), { detail: 'fast' });
    expect(workers).toHaveLength(1);
    expect(workers[0]!.views).toHaveLength(5);
    expect(workers[0]!.closed).toContain(1);
  });
});

describe('a photo that is cancelled', () => {
  /** Cancels a photo while it is looked at for the fourth time. */
  async function cancelled() {
    const tile = deferred<undefined>();
    const opened = await open({ inspect: (_, { views }) => (views.length === 4 ? tile.promise : undefined) });
    const { detector, workers } = opened;
    const controller = new AbortController();
    const inspecting = detector.inspect(photo('large'), { ...thorough, signal: controller.signal });
    await vi.waitFor(() => expect(workers[0]!.views).toHaveLength(4));
    controller.abort();
    tile.resolve(undefined);
    await expect(inspecting).rejects.toMatchObject({ code: 'cancelled' });
    const looks = () => workers.flatMap(({ views }) => views.map(place));
    return { detector, workers, looks, before: looks() };
  }

  it('goes on with the tiles that were not seen yet', async () => {
    const { detector, looks, before } = await cancelled();
    // Looked at as a whole meanwhile, which is known.
    await detector.inspect(photo('large'), { detail: 'fast' });
    expect(looks()).toEqual(before);
    const tiles: number[] = [];
    const inspection = await detector.inspect(photo('large'), {
      ...thorough,
      onPartial: (partial) => tiles.push(partial.input.tiles),
    });
    expect(input(inspection)).toEqual({ detail: 'thorough', tiles: VIEWS, planned: VIEWS });
    // What was seen is there at once, and the view that was under way is the only one that is run twice.
    expect(tiles[0]).toBe(3);
    const rest = looks().slice(before.length);
    expect(rest).toHaveLength(VIEWS - 3);
    expect(new Set([...before, ...rest]).size).toBe(VIEWS);
    // What is known by then is nobody's concern any more.
    await detector.inspect(photo('large'), { ...thorough, again: true });
    expect(looks()).toHaveLength(before.length + VIEWS - 3 + VIEWS);
  });

  it.each<[string, InspectOptions]>([
    ['as a whole', { detail: 'fast' }],
    ['at another scale', { detail: 'thorough', smallest: 15 }],
    ['in an area', { ...thorough, area: [0, 0, 200, 200] }],
    ['again', { ...thorough, again: true }],
  ])('and then looked at %s takes nothing from views that differ', async (_, options) => {
    const { detector, looks, before } = await cancelled();
    const { input } = await detector.inspect(photo('large'), options);
    const known = looks().slice(before.length);
    // Only the whole photo is the same view at every scale.
    const isSameWhole = !options.area && !options.again;
    expect(known).toHaveLength(input.tiles - (isSameWhole ? 1 : 0));
  });

  it.each([
    ['first', 1],
    ['last', VIEWS],
  ])('while what it has is merged for the %s time leaves that', async (_, seenThen) => {
    const merging = deferred<undefined>();
    const merge = vi.fn(({ length }: readonly SeenView[]) =>
      length === seenThen ? merging.promise : undefined,
    );
    const { detector } = await open({ conclude: merge });
    const controller = new AbortController();
    const tiles: number[] = [];
    const inspecting = detector.inspect(photo('large'), {
      ...thorough,
      onPartial: ({ input }) => tiles.push(input.tiles),
      signal: controller.signal,
    });
    await vi.waitFor(() => expect(merge.mock.lastCall?.[0]).toHaveLength(seenThen));
    controller.abort();
    merging.resolve(undefined);
    await expect(inspecting).rejects.toMatchObject({ code: 'cancelled' });
    expect(tiles.at(-1)).toBe(seenThen);
  });

  it('waits for no worker that does not come to an end', async () => {
    const { detector, workers } = await open({
      inspect: (_, { views }) => (views.length > 3 ? never() : undefined),
    });
    const controller = new AbortController();
    const tiles: number[] = [];
    const inspecting = detector.inspect(photo('large'), {
      ...thorough,
      onPartial: ({ input }) => tiles.push(input.tiles),
      signal: controller.signal,
    });
    await vi.waitFor(() => expect(workers[0]!.views).toHaveLength(4));
    controller.abort();
    await expect(inspecting).rejects.toMatchObject({ code: 'cancelled' });
    expect(tiles).toEqual([1]);
    // No other one was started for that.
    expect(workers).toHaveLength(1);
  });
});

describe('known results', () => {
  it('are of the same way of looking', async () => {
    const { detector, workers } = await open();
    const views = () => workers[0]!.views.length;
    const a = photo('a');
    await detector.inspect(a, thorough);
    await detector.inspect(a, thorough);
    expect(views()).toBe(VIEWS);
    await detector.inspect(a, { ...thorough, smallest: 24 });
    expect(views()).toBe(VIEWS + 3);
    // One view doesn't depend on how small a defect may be.
    await detector.inspect(a, { detail: 'fast' });
    await detector.inspect(a, { detail: 'fast', smallest: 24 });
    expect(views()).toBe(VIEWS + 4);
    await detector.inspect(a, { detail: 'fast', area: [0, 0, 50, 50] });
    expect(views()).toBe(VIEWS + 5);
  });

  it('are none that fell short of what was asked for', async () => {
    let isSlow = true;
    const { detector, workers } = await open({ inspect: () => took(isSlow ? 30_000 : 1) });
    const limited = await detector.inspect(photo('a'));
    expect(limited.input).toMatchObject({ detail: 'fast', limitedBy: 'time' });
    // One view is what `fast` asks for.
    const { input: fast } = await detector.inspect(photo('a'), { detail: 'fast' });
    expect(fast).toEqual({ ...limited.input, limitedBy: undefined });
    expect(workers[0]!.views).toHaveLength(1);
    isSlow = false;
    await detector.inspect(photo('b'), { detail: 'fast' });
    expect(input(await detector.inspect(photo('a')))).toMatchObject({ detail: 'thorough', tiles: VIEWS });
  });

  it('of a photo that auto has seen are known whatever it came to', async () => {
    const { detector, workers } = await open();
    await detector.inspect(photo('a'));
    await detector.inspect(photo('a'), thorough);
    expect(workers[0]!.views).toHaveLength(VIEWS);
  });
});

describe('a worker that ends in the middle', () => {
  it('is replaced, and only its tile is seen again', async () => {
    const { detector, workers } = await open({
      inspect: (_, worker, index) => {
        if (index > 0 || worker.views.length < 4) return undefined;
        worker.crash();
        return never();
      },
    });
    const inspection = await detector.inspect(photo('large'), thorough);
    expect(input(inspection)).toEqual({ detail: 'thorough', tiles: VIEWS, planned: VIEWS });
    expect(workers.map(({ photos }) => photos.length)).toEqual([1, 1]);
    expect(workers.map(({ views }) => views.length)).toEqual([4, 5]);
    expect(workers[1]!.views.map(place)).toEqual([
      '2: 96, 0',
      '2: 172, 0',
      '2: 0, 72',
      '2: 96, 72',
      '2: 172, 72',
    ]);
  });

  it.each([
    ['out-of-memory', 'memory'],
    ['worker-crashed', 'failure'],
  ] as const)('again and again, by %s, leaves what was seen', async (code, limitedBy) => {
    const { detector } = await open({
      inspect: (_, __, ___, { x, y }) => (x === 96 && y === 72 ? failure(code) : undefined),
    });
    const inspection = await detector.inspect(photo('large'), thorough);
    expect(inspection.input).toMatchObject({
      detail: 'thorough',
      limitedBy,
      tiles: VIEWS - 2,
      planned: VIEWS,
    });
  });

  it('over every tile leaves the whole photo in one view', async () => {
    const { detector } = await open({
      inspect: (_, __, ___, { level }) => (level > 0 ? failure('out-of-memory') : undefined),
    });
    const inspection = await detector.inspect(photo('large'), thorough);
    expect(inspection.input).toMatchObject({
      detail: 'fast',
      limitedBy: 'memory',
      tiles: 1,
      planned: 1,
      scale: 0.225,
    });
    // It isn't remembered: there may be more memory another time.
    const again = await detector.inspect(photo('large'), { detail: 'fast' });
    expect(again.input).not.toHaveProperty('limitedBy');
  });

  it.each([
    ['that takes too long is left out', 1],
    ['and another one that take too long leave what was seen', 2],
  ])('for a tile %s', async (_, stuck) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      let begun = 0;
      const { detector } = await open({
        // Of the finest tiles the second one, and the one after it.
        inspect: (_, __, ___, { level, x, y }) => {
          if (level < 2 || y > 0 || x === 0 || (x > 96 && stuck === 1)) return undefined;
          begun++;
          return never();
        },
      });
      const inspecting = detector.inspect(photo('large'), thorough);
      for (let i = 0; i < stuck; i++) {
        for (let turn = 0; turn < 1e4 && begun <= i; turn++)
          await new Promise((resolve) => setImmediate(resolve));
        await vi.advanceTimersByTimeAsync(121_000);
      }
      const { input } = await inspecting;
      const tiles = stuck === 1 ? VIEWS - 1 : 3;
      expect(input).toMatchObject({ detail: 'thorough', limitedBy: 'failure', tiles, planned: VIEWS });
    } finally {
      vi.useRealTimers();
    }
  });

  it('over a tile that the model cannot answer fails the photo', async () => {
    const { detector } = await open({
      inspect: (_, __, ___, { level }) => (level > 0 ? failure('model-unsupported') : undefined),
    });
    await expect(detector.inspect(photo('large'), thorough)).rejects.toMatchObject({
      code: 'model-unsupported',
    });
  });
});

describe('several workers', () => {
  /** Answers each view a moment later, so that others have their turn. */
  const soon = async () => {
    await new Promise((resolve) => setTimeout(resolve, 2));
    return undefined;
  };

  it('share the tiles of one photo', async () => {
    const { detector, workers } = await open({ inspect: soon }, { workers: 2 });
    const inspection = await detector.inspect(photo('large'), thorough);
    expect(input(inspection)).toEqual({ detail: 'thorough', tiles: VIEWS, planned: VIEWS });
    expect(workers).toHaveLength(2);
    expect(workers[1]!.views.length).toBeGreaterThan(1);
    expect(new Set(workers.flatMap(({ views }) => views.map(place))).size).toBe(VIEWS);
    expect(workers.map(({ photos }) => photos.length)).toEqual([1, 1]);
    await vi.waitFor(() => expect(workers.map(({ closed }) => closed)).toEqual([[1], [1]]));
  });

  it('leave a photo to one of them that takes much memory in each', async () => {
    const size = { width: 10_000, height: 5000 };
    const { detector, workers } = await open({ inspect: soon, size }, { workers: 2 });
    const { input } = await detector.inspect(photo('huge'), { ...thorough, smallest: 400 });
    expect(input.tiles).toBeGreaterThan(3);
    expect(workers).toHaveLength(1);
  });

  it('leave the tiles for a photo that waits', async () => {
    const gate = deferred<undefined>();
    const { detector, workers } = await open(
      { inspect: (_, worker, index) => (index === 1 && worker.views.length === 1 ? gate.promise : soon()) },
      { workers: 2 },
    );
    const large = detector.inspect(photo('large'), thorough);
    await vi.waitFor(() => expect(workers[1]?.views).toHaveLength(1));
    const next = detector.inspect(photo('next'), { detail: 'fast' });
    gate.resolve(undefined);
    await Promise.all([large, next]);
    // After its tile the second worker has gone on with the other photo.
    expect(workers[1]!.photos.slice(0, 2).map(content)).toEqual(['large', 'next']);
    expect(workers[1]!.views[1]).toMatchObject({ level: 0 });
  });

  it('come back to a photo that they have left for another one', async () => {
    const [first, second] = [deferred<undefined>(), deferred<undefined>()];
    const { detector, workers } = await open(
      {
        inspect: (_, { views }, index, { level }) => {
          if (index === 0) return level > 0 ? first.promise : soon();
          return views.length === 1 ? second.promise : soon();
        },
      },
      { workers: 2 },
    );
    const large = detector.inspect(photo('large'), thorough);
    await vi.waitFor(() => expect(workers[1]?.views).toHaveLength(1));
    const next = detector.inspect(photo('next'), { detail: 'fast' });
    // It waits by now.
    await new Promise((resolve) => setTimeout(resolve, 20));
    second.resolve(undefined);
    await next;
    first.resolve(undefined);
    expect(input(await large)).toMatchObject({ tiles: VIEWS });
    // Neither was taken for one that has ended.
    expect(workers).toHaveLength(2);
    expect(workers[1]!.terminated).toBe(false);
    expect(workers[1]!.photos).toHaveLength(3);
    await vi.waitFor(() => expect(workers[1]!.closed).toEqual([1, 2, 3]));
  });

  it('go on after a photo that was cancelled, or that the model cannot answer', async () => {
    const tiles = deferred<undefined>();
    let isUnsupported = false;
    const { detector, workers } = await open(
      {
        inspect: (_, __, index, { level }) => {
          if (level === 0) return soon();
          if (isUnsupported) return index === 0 ? failure('model-unsupported') : soon();
          return tiles.promise;
        },
      },
      { workers: 2 },
    );
    const controller = new AbortController();
    const cancelled = detector.inspect(photo('a'), { ...thorough, signal: controller.signal });
    await vi.waitFor(() => expect(workers[1]?.views).toHaveLength(1));
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    tiles.resolve(undefined);
    isUnsupported = true;
    await expect(detector.inspect(photo('b'), thorough)).rejects.toMatchObject({ code: 'model-unsupported' });
    const fast = ['c', 'd'].map((name) => detector.inspect(photo(name), { detail: 'fast' }));
    await Promise.all(fast);
    expect(workers.map(({ terminated }) => terminated)).toEqual([false, false]);
  });

  it('count for the time that tiles take as far as they are free', async () => {
    const held = deferred<undefined>();
    const { detector } = await open(
      {
        inspect: async (data) => {
          if (content(data) === 'other') await held.promise;
          return took(10_000);
        },
      },
      { workers: 2 },
    );
    const free = await detector.inspect(photo('a'));
    expect(input(free)).toMatchObject({ detail: 'thorough' });
    const other = detector.inspect(photo('other'), { detail: 'fast' });
    const { seconds } = detector.estimate(LARGE, thorough);
    const alone = await detector.inspect(photo('b'));
    expect(alone.input).toMatchObject({ detail: 'fast', limitedBy: 'time' });
    expect(detector.estimate(LARGE, thorough).seconds).toBeCloseTo(2 * seconds!);
    held.resolve(undefined);
    await other;
  });

  it('are fewer where the memory does not suffice for another one', async () => {
    const { detector, workers } = await open(
      { inspect: (_, __, index) => (index > 0 ? failure('out-of-memory') : soon()) },
      { workers: 2 },
    );
    const inspection = await detector.inspect(photo('large'), thorough);
    expect(inspection.input).toEqual(expect.not.objectContaining({ limitedBy: expect.anything() as string }));
    expect(input(inspection)).toMatchObject({ tiles: VIEWS, planned: VIEWS });
    expect(workers[0]!.views).toHaveLength(VIEWS);
    expect(workers[0]!.terminated).toBe(false);
  });

  it('are ended where the memory does not suffice for the first one', async () => {
    const { detector, workers } = await open(
      {
        // The first worker and the one in its place, as long as there is another one.
        inspect: (_, __, index, { level }) => {
          const isAlone = workers.filter(({ terminated }) => !terminated).length === 1;
          return level > 0 && index !== 1 && !isAlone ? failure('out-of-memory') : soon();
        },
      },
      { workers: 2 },
    );
    const inspection = await detector.inspect(photo('large'), thorough);
    expect(input(inspection)).toMatchObject({ tiles: VIEWS, planned: VIEWS });
    expect(workers[1]!.terminated).toBe(true);
  });

  it('all stop when the photo is cancelled', async () => {
    const { detector, workers } = await open(
      { inspect: (_, __, ___, { level }) => (level > 0 ? never() : undefined) },
      { workers: 2 },
    );
    const controller = new AbortController();
    const inspecting = detector.inspect(photo('large'), { ...thorough, signal: controller.signal });
    await vi.waitFor(() => expect(workers.flatMap(({ views }) => views)).toHaveLength(3));
    controller.abort();
    await expect(inspecting).rejects.toMatchObject({ code: 'cancelled' });
    expect(workers.flatMap(({ views }) => views)).toHaveLength(3);
  });
});
