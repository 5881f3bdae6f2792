import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { giveLifeSign } from '../../../src/detector/life-sign.js';

const never = () => new Promise<never>(() => undefined);

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it.each([
  ['is given', { request: (_: string, hold: () => Promise<never>) => hold() }, true],
  ['is refused', { request: () => Promise.reject(new DOMException('', 'SecurityError')) }, false],
  ['does not exist', undefined, false],
])('knows whether it holds a lock that %s', async (_, locks, isHeld) => {
  vi.stubGlobal('navigator', { locks });
  expect(await giveLifeSign('a')).toBe(isHeld);
});

it('waits a second for a lock, and no longer', async () => {
  vi.stubGlobal('navigator', { locks: { request: never } });
  const settled = vi.fn();
  const giving = giveLifeSign('a').then(settled);
  await vi.advanceTimersByTimeAsync(999);
  expect(settled).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await giving;
  expect(settled).toHaveBeenCalledWith(false);
});
