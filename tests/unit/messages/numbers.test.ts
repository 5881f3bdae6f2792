import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { count, duration, either, fileSize, fixed, pick } from '../../../src/messages/en/numbers.js';
import { sentence } from '../../../src/messages/en/sentence.js';

describe('English numbers', () => {
  it.each([
    [0, '0 photos', '0 classes'],
    [1, '1 photo', '1 class'],
    [2, '2 photos', '2 classes'],
    [21, '21 photos', '21 classes'],
  ])('go with the form of a word: %i', (n, photos, classes) => {
    expect(count(n, 'photo')).toBe(photos);
    expect(count(n, 'class', 'classes')).toBe(classes);
    expect(pick(n, 'one', 'many')).toBe(n === 1 ? 'one' : 'many');
  });

  it('have as many digits as asked for, and no separators', () => {
    expect([fixed(1234.567, 0), fixed(1234.567, 2), fixed(2, 1), fixed(-0.06, 1)]).toEqual([
      '1235',
      '1234.57',
      '2.0',
      '-0.1',
    ]);
  });

  it('measure files', () => {
    expect([0, 4_560_000, 999_000_000, 1_230_000_000].map(fileSize)).toEqual([
      '0.0 MB',
      '4.6 MB',
      '999.0 MB',
      '1.2 GB',
    ]);
  });
});

it('durations are in milliseconds up to a second', () => {
  expect([0.4, 260.2, 999.4, 1234].map(duration)).toEqual(['0 ms', '260 ms', '999 ms', '1.2 s']);
});

it('alternatives are joined without a comma before the last', () => {
  expect([either(['a']), either(['a', 'b']), either(['a', 'b', 'c'])]).toEqual(['a', 'a or b', 'a, b or c']);
});

it('what another program says ends like a sentence, however often that is seen to', () => {
  expect(['No', ' No. ', 'No!', 'Why?', ''].map(sentence)).toEqual(['No.', 'No.', 'No!', 'Why?', '']);
  fc.assert(
    fc.property(fc.string(), (text) => {
      const once = sentence(text);
      expect(once).toMatch(/^$|[.!?]$/);
      expect(sentence(once)).toBe(once);
    }),
  );
});
