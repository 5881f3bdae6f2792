import { expect, test } from 'vitest';
import { photoName } from '../../../../src/workbench/intake/photo-name.js';

test.each([
  [new File([], 'part 7.jpg'), 'part 7.jpg'],
  [new Blob([]), undefined],
  [{ currentSrc: '', src: 'https://example.test/a/b%20c.png?d' }, 'b c.png'],
  ['data:image/png;base64,AAAA', undefined],
  [null, undefined],
  [undefined, undefined],
  [7, undefined],
  [{ size: 1, name: 7 }, undefined],
])('%o is called %o', (input, name) => {
  expect(photoName(input)).toBe(name);
});
