import { describe, expect, it } from 'vitest';
import { layOut } from '../../../src/core/pipeline/plan.js';
import { ViewTimes } from '../../../src/detector/view-times.js';

const rule = { size: { width: 320, height: 320 } };
const { levels } = layOut({ width: 320, height: 320 }, rule as never, { detail: 'fast', scale: 1 });
const view = {
  width: 320,
  height: 320,
  fit: { scale: 1, width: 320, height: 320, paddedWidth: 320, paddedHeight: 320 },
};

/** @param milliseconds of the views, in order */
function secondsAfter(...milliseconds: number[]): number | undefined {
  const times = new ViewTimes();
  for (const infer of milliseconds) times.learn(view, { resample: 0, infer, post: 0 } as never);
  return times.secondsFor(levels, 1);
}

describe('the time of views', () => {
  it('is unknown before one was run', () => {
    expect(secondsAfter()).toBeUndefined();
  });

  it('is that of the first one as long as there is no other', () => {
    expect(secondsAfter(5000)).toBe(5);
  });

  it('leaves the first one out, which pays for what is done once', () => {
    expect(secondsAfter(5000, 200)).toBe(0.2);
  });

  it('is not upset by one slow view', () => {
    expect(secondsAfter(300, 200, 210, 9000)).toBe(0.21);
    expect(secondsAfter(300, 200, 9000)).toBe(0.2);
  });

  it('follows a device that has become slower for good', () => {
    const slower = Array.from({ length: 5 }, () => 800);
    expect(secondsAfter(...Array.from({ length: 20 }, () => 200), ...slower)).toBe(0.8);
  });

  it('of another size follows from the pixels of both', () => {
    const times = new ViewTimes();
    const small = { ...view, fit: { ...view.fit, paddedWidth: 160 } };
    for (const infer of [9000, 100, 100]) times.learn(small, { resample: 0, infer, post: 0 } as never);
    expect(times.secondsFor(levels, 1)).toBeCloseTo((0.1 * (320 * 320 + 50_000)) / (160 * 320 + 50_000));
  });
});
