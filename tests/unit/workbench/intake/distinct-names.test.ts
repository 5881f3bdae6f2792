import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distinctNames as exportNames } from '../../../../src/core/export/names.js';
import { distinctNames, keyOf } from '../../../../src/workbench/intake/distinct-names.js';
import { relativeTime } from '../../relative-time.js';

const nobody = () => false;
const named = (...paths: string[]) => paths.map((path) => ({ name: path.split('/').at(-1), path }));

describe('distinctNames', () => {
  test('keeps names that come once, and tells others apart by their paths', () => {
    expect(distinctNames(named('lot/A/1.jpg', 'lot/B/1.jpg', 'lot/B/2.jpg'), nobody)).toEqual([
      'lot/A/1.jpg',
      'lot/B/1.jpg',
      '2.jpg',
    ]);
  });

  test('numbers what has no path, or whose path is taken as well', () => {
    const photos = [{ name: '1.jpg' }, { name: '1.jpg' }, { name: '1.jpg', path: 'A/1.jpg' }];
    expect(distinctNames(photos, (key) => key === 'a/1.jpg')).toEqual(['1.jpg', '1 (2).jpg', 'A/1 (2).jpg']);
  });

  test('takes for one what file systems do: case, and how accents are written', () => {
    const photos = [{ name: 'Ä.jpg' }, { name: 'a\u0308.jpg' }];
    expect(distinctNames(photos, nobody)).toEqual(['Ä.jpg', 'a\u0308 (2).jpg']);
    expect(distinctNames([{ name: 'ä.JPG' }], (key) => key === 'ä.jpg')).toEqual(['ä (2).JPG']);
  });

  test('leaves out what has no name of its own', () => {
    expect(distinctNames([{ name: undefined }, { name: 'a' }], nobody)).toEqual([undefined, 'a']);
  });

  test('takes no time for five thousand photos of one name, nor does an export', async () => {
    const photos = Array.from({ length: 5000 }, () => ({ name: 'a.jpg' }));
    const time = await relativeTime(() => {
      expect(distinctNames(photos, nobody).at(-1)).toBe('a (5000).jpg');
      expect(exportNames(photos.map(({ name }) => name)).at(-1)).toBe('a (5000).jpg');
    });
    // It took a minute.
    expect(time).toBeLessThan(200);
  });

  test('gives each photo a name that no other has', () => {
    const name = fc.constantFrom('a.jpg', 'A.jpg', 'a (2).jpg', 'b', 'x/a.jpg');
    const path = fc.option(fc.constantFrom('x/a.jpg', 'y/a.jpg', 'a.jpg'), { nil: undefined });
    fc.assert(
      fc.property(fc.array(fc.record({ name, path })), fc.array(name), (photos, taken) => {
        const keys = new Set(taken.map(keyOf));
        const names = distinctNames(photos, (key) => keys.has(key)).map((one) => keyOf(one!));
        expect(new Set([...names, ...keys]).size).toBe(names.length + keys.size);
      }),
    );
  });
});
