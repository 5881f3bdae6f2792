import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { text } from '../../../src/messages/page-text.js';

it('every sample picture has a title', () => {
  const samples = JSON.parse(readFileSync('public/samples/samples.json', 'utf8')) as { file: string }[];
  expect(samples.map(({ file }) => file).sort()).toEqual(Object.keys(text.samples).sort());
});
