import { describe, expect, it } from 'vitest';
import { conclude, inputOf } from '../../../../src/core/pipeline/conclude.js';
import type { SeenView } from '../../../../src/core/pipeline/found.js';
import { planViews, type PlannedView } from '../../../../src/core/pipeline/plan.js';
import { disc, look, seenBy } from './drawn-field.js';

/** Two levels of tiles: one view of 128 x 96 network pixels, and six. */
const RULE = { shortSide: 45, longSide: 128, maxUpscale: 1.5, stride: 32, padValue: 0 };
const PLAN = planViews({ width: 300, height: 200 }, RULE, { detail: 'thorough', scale: 1 });

// As it comes from a worker: a copy of the plan's view.
const seen = (view: PlannedView) => seenBy(structuredClone(view));
const inputAfter = (tiles: (view: PlannedView) => boolean) =>
  inputOf(PLAN, PLAN.views.filter(tiles).map(seen).reverse());
const inputOfLevel = (level: number) => {
  const { fit } = PLAN.views.find((view) => view.level === level)!;
  return { scale: fit.scale, width: fit.paddedWidth, height: fit.paddedHeight };
};

describe('how a photo was looked at', () => {
  it('is told by the finest views', () => {
    const { length } = PLAN.views;
    expect(length).toBe(8);
    expect(inputAfter(() => true)).toEqual({
      ...{ ...inputOfLevel(2), scale: 1, tiles: length, planned: length, detail: 'thorough' },
    });
  });

  it('is told by the finest ones that cover all of it, where some are missing', () => {
    expect(inputAfter(({ level }) => level === 0)).toMatchObject({
      ...inputOfLevel(0),
      tiles: 1,
      planned: 8,
    });
    expect(inputAfter(({ level }) => level < 2)).toMatchObject({ ...inputOfLevel(1), tiles: 2 });
    const last = PLAN.views.at(-1)!;
    expect(inputAfter((view) => view !== last)).toMatchObject({ ...inputOfLevel(1), tiles: 7 });
    // Whoever has all of the finest misses nothing but what is too large for them.
    expect(inputAfter(({ level }) => level !== 1)).toMatchObject({ ...inputOfLevel(2), tiles: 7 });
    expect(inputAfter((view) => view !== last && view.level !== 1)).toMatchObject(inputOfLevel(0));
  });
});

describe('how foreign a photo is', () => {
  const [whole, , ...tiles] = PLAN.views as [PlannedView, ...PlannedView[]];
  const noveltyOf = (seen: readonly SeenView[]) =>
    conclude(seen, [0, 0, 300, 200], { metadata: { classes: [] } }).novelty;
  const looks = (values: readonly (number | undefined)[]) =>
    values.map((novelty, i) => ({ ...seen(tiles[i]!), ...(novelty !== undefined && { novelty }) }));

  it('is the median of what its tiles say, and not what the whole does', () => {
    const all = { ...seen(whole), novelty: 9 };
    expect(noveltyOf([all, ...looks([0.9, 0.1, 5])])).toBe(0.9);
    expect(noveltyOf([...looks([0.1, 0.5, 7, 0.3]), all])).toBeCloseTo(0.4, 10);
    expect(noveltyOf([all, ...looks([undefined, 0.2])])).toBe(0.2);
  });

  it('is what the whole says, of a photo without tiles', () => {
    expect(noveltyOf([{ ...seen(whole), novelty: 9 }])).toBe(9);
    expect(noveltyOf([seen(whole)])).toBeUndefined();
  });
});

describe('masks that are empty', () => {
  const [whole] = PLAN.views as [PlannedView];
  const concluded = (...views: readonly SeenView[]) =>
    conclude(views, [0, 0, 300, 200], { metadata: { classes: [{ id: 1, name: 'pit' }] } });
  const withEmpty = (view: SeenView): SeenView => ({ ...view, unmasked: [[90, 90, 20, 20]] });

  it('are told of, whatever else is found', () => {
    expect(concluded(withEmpty(seenBy(whole)))).toMatchObject({ detections: [], lacksMasks: true });
    const beside = concluded(withEmpty(look(whole, [disc(200, 50, 20)])));
    expect(beside.detections).toHaveLength(1);
    expect(beside).toMatchObject({ lacksMasks: true });
  });

  it('are of no account where another view, or another class, has found something', () => {
    const found = concluded(withEmpty(seenBy(whole)), look(PLAN.views[2]!, [disc(100, 100, 20)]));
    expect(found.detections).toHaveLength(1);
    expect(found).not.toHaveProperty('lacksMasks');
    expect(concluded(seenBy(whole))).not.toHaveProperty('lacksMasks');
  });
});
