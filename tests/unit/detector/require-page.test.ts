import { expect, it } from 'vitest';
import { requirePage } from '../../../src/detector/require-page.js';

it('without a page, as here, programs are told so by a code', () => {
  expect(requirePage).toThrow(
    expect.objectContaining({
      code: 'no-webassembly',
      message: expect.stringMatching(/as in Node/) as string,
    }),
  );
});
