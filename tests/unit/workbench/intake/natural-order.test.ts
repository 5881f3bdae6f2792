import { expect, it } from 'vitest';
import { inNaturalOrder } from '../../../../src/workbench/intake/natural-order.js';

it('files are in the order that people count in', async () => {
  const files = ['part 10.png', 'part 9.png', 'b.png', 'part 1.png'].map((name) => ({ name }));
  expect((await inNaturalOrder(files)).map(({ name }) => name)).toEqual([
    'b.png',
    'part 1.png',
    'part 9.png',
    'part 10.png',
  ]);
});
