import { expect, it, vi } from 'vitest';
import { measureSlowness, TimeLimits, Timer } from '../../../src/detector/time-limit.js';

const seconds = ({ start, photo }: TimeLimits) => [start / 1000, photo / 1000];

it('goes by the device, the size of the model and the slowest photo', () => {
  const limits = new TimeLimits(undefined, () => 1);
  expect(seconds(limits)).toEqual([90, 120]);
  limits.learnSize(40e6);
  expect(seconds(limits)).toEqual([130, 160]);
  for (const time of [500, 30_000, 200]) limits.learnTime(time);
  expect(seconds(limits)).toEqual([130, 600]);
  expect(seconds(new TimeLimits(undefined, () => 10))).toEqual([900, 1200]);
});

it.each([
  [5, [5, 5]],
  [Infinity, [Infinity, Infinity]],
  [NaN, [90, 120]],
  [-1, [90, 120]],
  [0, [90, 120]],
])('given as %d s is %j', (given, expected) => {
  expect(seconds(new TimeLimits(given, () => 1))).toEqual(expected);
});

it('does not measure the device where it is given', () => {
  const measure = vi.fn(() => 3);
  new TimeLimits(5, measure);
  expect(measure).not.toHaveBeenCalled();
  expect(seconds(new TimeLimits(undefined, measure))).toEqual([270, 360]);
});

it('outlasts a sleep of the device', () => {
  vi.useFakeTimers();
  const timer = new Timer();
  timer.start(120_000, 'photo-took-too-long');
  // Asleep, no more than one of its parts is over.
  vi.advanceTimersToNextTimer();
  vi.setSystemTime(Date.now() + 8 * 3600e3);
  vi.advanceTimersByTime(89_000);
  expect(timer.signal.aborted).toBe(false);
  vi.advanceTimersByTime(2000);
  expect(timer.signal.reason).toMatchObject({ code: 'timed-out', data: { reason: 'photo-took-too-long' } });
  vi.useRealTimers();
});

it('may be longer than browsers can wait at a time', () => {
  const waited = vi.spyOn(globalThis, 'setTimeout').mockImplementation((() => 0) as never);
  new Timer().start(1e12, 'photo-took-too-long');
  expect(waited.mock.lastCall![1]).toBeLessThan(2 ** 31);
  waited.mockRestore();
});

it('measures the device within bounds', () => {
  const taking = (time: number) => {
    let calls = 0;
    return measureSlowness(() => time * calls++);
  };
  expect([0, 6, 30, 1e6].map(taking)).toEqual([1, 1, 5, 10]);
});
