import { expect, test } from 'vitest';
import {
  countError,
  countInspection,
  loadUsage,
  noUsage,
  saveUsage,
} from '../../../../src/workbench/usage/usage-store.js';

const timing = { decode: 1, resample: 2, infer: 3, post: 4, total: 10 };

function fakeStorage(): Storage {
  const entries = new Map<string, string>();
  return {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
  } as Storage;
}

test('figures add up and survive the page', () => {
  const storage = fakeStorage();
  let usage = noUsage(new Date('2026-01-02T03:04:05Z'));
  usage = countInspection(countInspection(usage, { timing }), { timing });
  usage = countError(countError(usage, 'corrupt-image'), 'corrupt-image');
  saveUsage(usage, () => storage);
  const again = loadUsage(() => storage);
  expect(again).toEqual(usage);
  expect(again).toMatchObject({ since: '2026-01-02', photos: 2, errors: { 'corrupt-image': 2 } });
  expect(again.time.total).toBe(20);
});

test('storage that is denied is no error', () => {
  const denied = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  expect(() => saveUsage(noUsage(), denied)).not.toThrow();
  expect(loadUsage(denied).photos).toBe(0);
});

test.each(['', 'null', '{', '{"photos":3}', '{"since":"x","photos":1,"time":{},"errors":{}}'])(
  'damaged content %j starts anew',
  (content) => {
    const storage = fakeStorage();
    storage.setItem('defect-inspector:usage', content);
    expect(loadUsage(() => storage).photos).toBe(0);
  },
);
