import { expect, it } from 'vitest';
import { inTime } from '../../../src/model/in-time.js';

const after = <T>(milliseconds: number, result: T) =>
  new Promise<T>((resolve) => setTimeout(resolve, milliseconds, result));

it('gives up what takes longer', async () => {
  await expect(inTime(after(200, 1), 30)).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(await inTime(after(1, 1), 200)).toBe(1);
});

it('does not count the time in which the thread was too busy to hear an answer', async () => {
  const answer = inTime(after(60, 'kept'), 50);
  const end = performance.now() + 120;
  while (performance.now() < end);
  expect(await answer).toBe('kept');
});
