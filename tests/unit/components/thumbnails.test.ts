import { expect, test, vi } from 'vitest';
import { InspectorError } from '../../../src/core/errors.js';
import { Thumbnails } from '../../../src/components/queue/thumbnails.js';

test('a photo that could not be decoded is tried again once it has a result, and not before', async () => {
  let isReadable = false;
  let tries = 0;
  let drawn = 0;
  const thumbnails = new Thumbnails(async () => {
    tries++;
    if (!isReadable) throw new Error('The file could not be read.');
    return { width: 10, height: 10, close: () => undefined };
  });
  const canvas = { getContext: () => ({ drawImage: () => drawn++ }) } as unknown as HTMLCanvasElement;
  const show = async (result?: object) => {
    thumbnails.show([[canvas, 'https://page.test/a.png', result]]);
    await new Promise((resolve) => setTimeout(resolve));
    return [tries, drawn];
  };
  expect(await show()).toEqual([1, 0]);
  expect(await show()).toEqual([1, 0]);
  const result = {};
  expect(await show(result)).toEqual([2, 0]);
  expect(await show(result)).toEqual([2, 0]);
  isReadable = true;
  expect(await show({})).toEqual([3, 1]);
  expect(await show({})).toEqual([3, 1]);
});

test('what failed for another reason than the photo is tried again after a while', async () => {
  vi.useFakeTimers();
  let tries = 0;
  const thumbnails = (error: Error) =>
    new Thumbnails(() => {
      tries++;
      return Promise.reject(error);
    });
  const canvas = {} as HTMLCanvasElement;
  const show = async (list: Thumbnails) => {
    tries = 0;
    for (const wait of [0, 9_000, 2_000]) {
      await vi.advanceTimersByTimeAsync(wait);
      list.show([[canvas, 'https://page.test/a.png', undefined]]);
      await vi.advanceTimersByTimeAsync(0);
    }
    return tries;
  };
  expect(await show(thumbnails(new TypeError('Failed to fetch dynamically imported module')))).toBe(2);
  const damaged = new InspectorError({ code: 'unsupported-image', reason: 'photo-empty' });
  expect(await show(thumbnails(damaged))).toBe(1);
  vi.useRealTimers();
});
