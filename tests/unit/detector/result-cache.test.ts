import { expect, it } from 'vitest';
import { ResultCache, type CachedResult } from '../../../src/detector/result-cache.js';
import { METADATA } from '../model/onnx-builder.js';
import { REPLY } from './fake-worker.js';

/** A result with one mask of about this many bytes. */
function result(bytes: number): CachedResult {
  return {
    ...REPLY,
    image: { name: 'x', hash: 'x', ...REPLY.image },
    model: { ...METADATA, hash: 'x' },
    runtime: { provider: 'wasm', threads: 1 },
    detections: [
      {
        id: 1,
        classId: 1,
        className: 'pitting',
        score: 1,
        box: [0, 0, 1, 1],
        mask: { x: 0, y: 0, width: 1, height: 1, counts: new Uint32Array(bytes / 4) },
        contours: [],
        area: 1,
      },
    ],
  };
}

it('drops what was not asked for the longest', () => {
  const cache = new ResultCache(40_000);
  const [a, b, c] = [result(15_000), result(15_000), result(15_000)];
  cache.set('a', a);
  cache.set('b', b);
  expect(cache.get('a')).toBe(a);
  cache.set('c', c);
  expect(cache.get('b')).toBeUndefined();
  expect(cache.get('a')).toBe(a);
  expect(cache.get('c')).toBe(c);
});

it('counts a replaced result once', () => {
  const cache = new ResultCache(40_000);
  const b = result(15_000);
  cache.set('b', b);
  for (let i = 0; i < 5; i++) cache.set('a', result(15_000));
  expect(cache.get('b')).toBe(b);
});

it('keeps nothing that is larger than itself', () => {
  const cache = new ResultCache(1000);
  cache.set('a', result(15_000));
  expect(cache.get('a')).toBeUndefined();
  const small = { ...result(0), detections: [] };
  const roomy = new ResultCache(2000);
  roomy.set('a', result(15_000));
  roomy.set('b', small);
  expect(roomy.get('b')).toBe(small);
});
