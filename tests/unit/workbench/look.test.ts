/** How thoroughly photos are looked at, and what there is before they are done. */
import { describe, expect, test } from 'vitest';
import type { Box, Inspection, Progress } from '../../../src/core/types.js';
import { say } from '../../../src/messages/message.js';
import { text } from '../../../src/messages/text.js';
import { fakePage, file, settle } from './fake-page.js';
import { DETECTIONS, detection, FakeDetector, inspection } from './fakes.js';

async function setUp(options: { isHolding?: boolean } = {}) {
  const detector = new FakeDetector(undefined, options);
  const page = fakePage(async () => detector);
  const { bench } = page;
  bench.add(['a.png', 'b.png'].map(file));
  await settle();
  const looks = () => detector.asked.map(({ name, detail, smallest }) => [name, detail, smallest]);
  return { ...page, detector, looks };
}

const input = ({ input: { detail, tiles, planned } }: Inspection) => ({ detail, tiles, planned });

describe('a change of how photos are looked at', () => {
  test('inspects the one again that is shown; the others when that is asked for', async () => {
    const { bench, looks } = await setUp();
    expect(looks()).toEqual([
      ['a.png', 'auto', undefined],
      ['b.png', 'auto', undefined],
    ]);
    expect(bench.derived.seenOtherwise).toEqual([]);
    bench.run('detail.set', { detail: 'thorough' });
    await settle();
    expect(looks().slice(2)).toEqual([['a.png', 'thorough', undefined]]);
    expect(bench.derived.seenOtherwise.map(({ name }) => name)).toEqual(['b.png']);
    bench.run('photos.update');
    await settle();
    expect(looks().slice(3)).toEqual([['b.png', 'thorough', undefined]]);
    expect(bench.derived.seenOtherwise).toEqual([]);
    expect(bench.can('photos.update')).toBe(false);
  });

  test('leaves photos as they are that come out the same', async () => {
    const { bench, looks } = await setUp();
    bench.run('detail.set', { detail: 'fast' });
    bench.run('smallest.set', { smallest: 8 });
    await settle();
    expect(looks()).toHaveLength(2);
    expect(bench.derived.seenOtherwise).toEqual([]);
  });

  test('of the smallest defect counts, too', async () => {
    const { bench, looks } = await setUp();
    bench.run('detail.set', { detail: 'thorough' });
    await settle();
    bench.run('smallest.set', { smallest: 24 });
    await settle();
    expect(looks().at(-1)).toEqual(['a.png', 'thorough', 24]);
    expect(bench.inspections[0]!.input.scale).toBe(0.5);
    bench.run('smallest.set', { smallest: undefined });
    await settle();
    expect(bench.inspections[0]!.input.scale).toBe(1);
  });

  test('leaves photos alone that are under way, where it makes no difference to them', async () => {
    const { bench, detector } = await setUp({ isHolding: true });
    bench.run('detail.set', { detail: 'fast' });
    await settle();
    const { length } = detector.asked;
    // One view is one view.
    for (const smallest of [1, 12, 120]) bench.run('smallest.set', { smallest });
    await settle();
    expect(detector.asked).toHaveLength(length);
    expect(detector.asked.at(-1)!.signal!.aborted).toBe(false);
  });

  test('does not begin again what was cancelled', async () => {
    const { bench, detector } = await setUp({ isHolding: true });
    bench.run('detail.set', { detail: 'thorough' });
    await settle();
    detector.give(2);
    bench.run('photos.cancel');
    await settle();
    const { length } = detector.asked;
    bench.run('detail.set', { detail: 'fast' });
    await settle();
    expect(detector.asked).toHaveLength(length);
  });

  test('starts a photo again that is under way', async () => {
    const { bench, detector, looks } = await setUp({ isHolding: true });
    bench.run('detail.set', { detail: 'thorough' });
    await settle();
    expect(looks()).toEqual([
      ['a.png', 'auto', undefined],
      ['a.png', 'thorough', undefined],
    ]);
    expect(detector.asked[0]!.signal!.aborted).toBe(true);
  });

  test('is refused where it makes no sense', async () => {
    const { bench } = await setUp();
    expect(bench.can('detail.set', { detail: 'auto' })).toBe(false);
    expect(bench.can('detail.set', { detail: 'slow' as 'fast' })).toBe(false);
    expect(bench.can('smallest.set', { smallest: 0.5 })).toBe(false);
    expect(bench.can('smallest.set', { smallest: NaN })).toBe(false);
    expect(bench.can('smallest.set', { smallest: Infinity })).toBe(false);
  });

  test('says to the detector whether a known result is enough', async () => {
    const { bench, detector } = await setUp();
    bench.run('photo.retry');
    await settle();
    bench.run('detail.set', { detail: 'thorough' });
    await settle();
    // Who asks for the same again wants to see it work.
    expect(detector.asked.map(({ again }) => again)).toEqual([false, false, true, false]);
  });
});

describe('an area', () => {
  test('is inspected alone, and all of the photo again', async () => {
    const { bench, detector } = await setUp();
    bench.run('area.inspect', { area: [10, 20, 100, 50] });
    await settle();
    expect(detector.asked.at(-1)).toMatchObject({ name: 'a.png', area: [10, 20, 100, 50] });
    expect(bench.inspections[0]!.input.area).toEqual([10, 20, 100, 50]);
    // It was asked for: nothing is to be brought up to date.
    expect(bench.derived.seenOtherwise).toEqual([]);
    bench.run('area.inspect', { area: undefined });
    await settle();
    expect(detector.asked.at(-1)!.area).toBeUndefined();
    expect(bench.inspections[0]!.input.area).toBeUndefined();
  });

  test('that lies outside of the photo is refused', async () => {
    const { bench } = await setUp();
    expect(bench.can('area.inspect', { area: [400, 0, 10, 10] })).toBe(false);
    expect(bench.can('area.inspect', { area: [0, 0, 0, 10] })).toBe(false);
    expect(bench.run('area.inspect', { area: 5 as unknown as Box })).toBe(false);
    expect(bench.can('area.inspect', { area: [300, 100, 50, 500] })).toBe(true);
    expect(bench.can('area.inspect', { id: 77, area: undefined })).toBe(false);
  });
});

describe('what there is of a photo under way', () => {
  test('stands beside its former result, and is no result yet', async () => {
    const { bench, detector } = await setUp({ isHolding: true });
    const partial = detector.give(2);
    expect(bench.photos.entries[0]).toMatchObject({ state: 'running', partial });
    expect(bench.inspections).toEqual([]);
    detector.release();
    await settle();
    expect(bench.photos.entries[0]).toMatchObject({ state: 'done' });
    expect(bench.photos.entries[0]).not.toHaveProperty('partial');
    expect(bench.inspections).toHaveLength(1);
  });

  test('remains where the rest is cancelled', async () => {
    const { bench, detector } = await setUp({ isHolding: true });
    const partial = detector.give(2);
    bench.run('photo.cancel');
    await settle();
    expect(bench.photos.entries[0]).toMatchObject({ state: 'cancelled', output: partial });
    expect(bench.photos.entries[0]).not.toHaveProperty('partial');
    expect(bench.inspections).toEqual([partial]);
    // What comes later is of no account.
    detector.give(3, 'a.png');
    expect(bench.inspections).toEqual([partial]);
  });

  test('is told view by view', async () => {
    const { bench, detector } = await setUp({ isHolding: true });
    const [a] = bench.photos.entries;
    const { onProgress, onTiles } = detector.asked[0]!;
    onTiles!([[0, 0, 50, 50]]);
    onProgress!({ phase: 'inspecting', done: 2, total: 3 });
    expect(bench.state.underWay.get(a!.id)).toEqual({ seen: 2, planned: 3, tiles: [[0, 0, 50, 50]] });
    detector.release();
    await settle();
    expect([...bench.state.underWay]).toEqual([]);
  });

  test('gives way to a former result that says as much', async () => {
    const { bench, detector } = await setUp({ isHolding: true });
    detector.release();
    await settle();
    const [former] = bench.inspections;
    bench.run('photos.cancel');
    bench.run('photo.retry');
    await settle();
    detector.give(1, 'a.png');
    bench.run('photo.cancel');
    expect(bench.inspections).toEqual([former]);
  });

  test('changes numbers and outlines, and not what is selected or pointed at', async () => {
    const { bench, detector } = await setUp({ isHolding: true });
    detector.give(1);
    bench.run('defect.select', { id: 2 });
    bench.run('defect.hover', { id: 1 });
    const [pit, crack, ...others] = DETECTIONS.map(({ id: _, ...one }) => one);
    const numbered = (list: readonly (typeof pit)[]) => list.map((one, i) => ({ ...one!, id: i + 1 }));
    const { mask, box } = detection(1, 0.9, [20, 20, 160, 100]);
    const larger = { ...pit!, mask, box };
    const better = detection(1, 0.95, [5, 140, 30, 15]);
    const partial = detector.give(2, 'a.png', { detections: numbered([better, larger, crack, ...others]) });
    await settle();
    const { selected, hovered } = bench.derived;
    expect([selected, hovered]).toEqual([partial.detections[2], partial.detections[1]]);
    // Steps go on from there.
    bench.run('defect.previous');
    expect(bench.derived.selected).toBe(partial.detections[1]);
    detector.release();
    await settle();
    expect(bench.derived.selected).toBe(bench.inspections[0]!.detections[0]);
    // What turns out to be nothing is not another one.
    detector.release();
    await settle();
    bench.run('photo.retry');
    await settle();
    detector.give(1, 'a.png', { detections: numbered([better, crack]) });
    await settle();
    expect(bench.derived.selected).toBeUndefined();
    expect(bench.can('defect.zoom')).toBe(false);
  });

  test('is dropped where the photo starts again', async () => {
    const { bench, detector } = await setUp({ isHolding: true });
    detector.give(2);
    bench.run('detail.set', { detail: 'thorough' });
    expect(bench.photos.entries[0]).toMatchObject({ state: 'waiting' });
    expect(bench.photos.entries[0]).not.toHaveProperty('partial');
  });
});

describe('a rectangle on the photo', () => {
  test('is drawn for an area or for the smallest defect, and can be given up', async () => {
    const { bench } = await setUp();
    expect(bench.can('drawing.end')).toBe(false);
    bench.run('area.draw');
    expect(bench.state.drawing).toBe('area');
    bench.run('smallest.draw');
    expect(bench.state.drawing).toBe('smallest');
    bench.run('drawing.end');
    expect(bench.state.drawing).toBeUndefined();
    bench.run('area.draw');
    bench.run('area.draw');
    expect(bench.state.drawing).toBeUndefined();
  });

  test('ends with another photo, and is for none where there is none', async () => {
    const { bench } = await setUp();
    bench.run('area.draw');
    bench.run('photo.next');
    expect(bench.state.drawing).toBeUndefined();
    bench.clear();
    expect(bench.can('area.draw')).toBe(false);
    expect(bench.can('area.view')).toBe(false);
  });

  test('is what is in view, for those who draw none', async () => {
    const { bench, page, detector } = await setUp();
    expect(bench.can('area.view')).toBe(false);
    page.inView = [5, 6, 70, 80];
    bench.run('area.draw');
    bench.run('area.view');
    await settle();
    expect(detector.asked.at(-1)!.area).toEqual([5, 6, 70, 80]);
    expect(bench.state.drawing).toBeUndefined();
  });

  test('can be undone', async () => {
    const { bench, detector } = await setUp();
    bench.run('area.inspect', { area: [10, 20, 100, 50] });
    await settle();
    bench.run('edit.undo');
    await settle();
    expect(detector.asked.at(-1)!.area).toBeUndefined();
    expect(bench.inspections[0]!.input.area).toBeUndefined();
    bench.run('edit.redo');
    await settle();
    expect(bench.inspections[0]!.input.area).toEqual([10, 20, 100, 50]);
  });
});

describe('what was set', () => {
  test('can be undone, steps that follow one another as one', async () => {
    const { bench } = await setUp();
    bench.run('detail.set', { detail: 'thorough' });
    bench.run('smallest.set', { smallest: 24 });
    expect(bench.state.look).toEqual({ detail: 'thorough', smallest: 24 });
    bench.run('edit.undo');
    expect(bench.state.look).toEqual({ detail: 'auto' });
    bench.run('edit.redo');
    expect(bench.state.look).toEqual({ detail: 'thorough', smallest: 24 });
  });

  test('for one photo alone holds until something is set for all', async () => {
    const { bench, looks } = await setUp();
    bench.run('photo.thorough');
    await settle();
    expect(looks().at(-1)).toEqual(['a.png', 'thorough', undefined]);
    expect(bench.derived.lookChoice.detail).toBe('thorough');
    expect(bench.derived.seenOtherwise).toEqual([]);
    expect(bench.can('photo.thorough')).toBe(false);
    bench.run('detail.set', { detail: 'auto' });
    await settle();
    expect(looks().at(-1)).toEqual(['a.png', 'auto', undefined]);
    expect(bench.can('photo.thorough')).toBe(true);
  });
});

describe('photos that were looked at in another way', () => {
  test('are marked, counted in a notice, and inspected again by one button, and no others', async () => {
    const { bench, looks } = await setUp();
    bench.add([file('c.png')]);
    await settle();
    bench.run('detail.set', { detail: 'thorough' });
    await settle();
    expect([...bench.derived.otherwise]).toEqual([1, 2]);
    const [notice] = bench.derived.banners;
    expect(notice!.notice).toEqual({ reason: 'photos-seen-otherwise', params: { photos: 2 } });
    expect(notice!.buttons).toEqual([{ text: 'inspect-again', command: 'photos.look-again' }]);
    const before = looks().length;
    bench.run('photos.look-again');
    await settle();
    expect(
      looks()
        .slice(before)
        .map(([name]) => name),
    ).toEqual(['a.png', 'b.png']);
    expect(bench.derived.banners).toEqual([]);
    expect(bench.can('photos.look-again')).toBe(false);
  });

  test('a notice that was closed comes back with the next change', async () => {
    const { bench } = await setUp();
    bench.run('detail.set', { detail: 'thorough' });
    await settle();
    bench.run('notice.dismiss', { subject: bench.derived.banners[0]!.close!.subject });
    expect(bench.derived.banners).toEqual([]);
    bench.run('smallest.set', { smallest: 24 });
    await settle();
    expect(bench.derived.banners).toHaveLength(1);
  });
});

describe('a photo in tiles', () => {
  test('shows what there is so far, and how far it has come', async () => {
    const { bench, detector } = await setUp({ isHolding: true });
    expect(bench.derived.headline).toEqual({ reason: 'inspecting' });
    const partial = detector.give(2, 'a.png', { underWay: [[0, 0, 100, 80]] });
    await settle();
    expect(bench.state.underWay.get(1)).toEqual({ seen: 2, planned: 3, tiles: [[0, 0, 100, 80]] });
    expect(bench.derived.headline).toEqual({ reason: 'inspecting-tiles', params: { tiles: 2, planned: 3 } });
    expect(bench.derived.inspection).toBe(partial);
    expect(bench.derived.assessment!.reported).toHaveLength(2);
    expect(bench.derived.counts.get(1)).toBe(2);
    // Whoever can't see it isn't told of every tile.
    expect(bench.state.announcement).toBeUndefined();
    detector.release();
    await settle();
    expect([...bench.state.underWay]).toEqual([]);
    expect(bench.derived.headline).toEqual({ reason: 'found', params: { defects: 2 } });
  });

  test('that has a former result has one number of defects everywhere', async () => {
    const { bench, detector } = await setUp({ isHolding: true });
    for (let photos = 0; photos < 2; photos++) {
      detector.release();
      await settle();
    }
    expect(bench.derived.counts.get(1)).toBe(2);
    bench.run('photo.thorough');
    await settle();
    expect([bench.derived.assessment!.reported.length, bench.derived.counts.get(1)]).toEqual([2, 2]);
    detector.give(2, 'a.png', { detections: [] });
    await settle();
    expect([bench.derived.assessment!.reported.length, bench.derived.counts.get(1)]).toEqual([0, 0]);
  });

  test('that is cancelled was seen in part, which is no other setting', async () => {
    const { bench, detector } = await setUp({ isHolding: true });
    detector.give(2, 'a.png');
    bench.run('photo.cancel');
    await settle();
    const headline = { reason: 'found-in-part', params: { defects: 2, tiles: 2, planned: 3 } };
    expect(bench.derived.headline).toEqual(headline);
    expect(bench.state.announcement).toEqual({ reason: 'photo-ended', params: { name: 'a.png', headline } });
    expect(say(text.headlines, bench.derived.headline)).toBe('Seen in part (2 of 3 tiles): 2 defects');
  });
});

describe('a photo on which something has no mask', () => {
  test.each([
    [1, 'Something found, without a mask'],
    [0.5, '3 defects, and something without a mask'],
  ])('has not found nothing: from a score of %d on', async (threshold, said) => {
    const { bench } = fakePage(
      async () => new FakeDetector((name) => inspection(name, undefined, { lacksMasks: true })),
    );
    bench.run('threshold.set', { threshold });
    bench.add([file('a.png')]);
    await settle();
    const { headline } = bench.derived;
    expect(say(text.headlines, headline)).toBe(said);
    expect(bench.state.announcement).toEqual({ reason: 'photo-ended', params: { name: 'a.png', headline } });
  });
});

describe('a photo of a program', () => {
  test('is looked at in its own way, whatever counts for the others', async () => {
    const { bench, detector } = await setUp();
    const inspection = await bench.inspect(file('c.png'), { name: 'c', detail: 'thorough', smallest: 6 });
    expect(detector.asked.at(-1)).toMatchObject({ name: 'c', detail: 'thorough', smallest: 6 });
    expect(input(inspection)).toEqual({ detail: 'thorough', tiles: 3, planned: 3 });
    expect(bench.derived.seenOtherwise).toEqual([]);
  });

  test('tells what there is of it, and can be cancelled', async () => {
    const { bench, detector } = await setUp({ isHolding: true });
    bench.run('photos.cancel');
    const partials: Inspection[] = [];
    const progress: Progress[] = [];
    const tiles: (readonly Box[])[] = [];
    const controller = new AbortController();
    const inspecting = bench.inspect(file('c.png'), {
      onTiles: (some) => tiles.push(some),
      onPartial: (partial) => partials.push(partial),
      onProgress: (step) => progress.push(step),
      signal: controller.signal,
    });
    await settle();
    const partial = detector.give(2);
    detector.asked.at(-1)!.onTiles!([[0, 0, 50, 50]]);
    await settle();
    expect(partials).toEqual([partial]);
    expect(tiles).toEqual([[[0, 0, 50, 50]]]);
    expect(progress).toEqual([{ phase: 'inspecting', done: 2, total: 3 }]);
    controller.abort();
    await expect(inspecting).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('that was cancelled before is never added', async () => {
    const { bench } = await setUp();
    const inspecting = bench.inspect(file('c.png'), { signal: AbortSignal.abort() });
    await expect(inspecting).rejects.toMatchObject({ code: 'cancelled' });
    expect(bench.photos.entries).toHaveLength(2);
  });
});
