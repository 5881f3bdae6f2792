import { describe, expect, it } from 'vitest';
import { kindNames, planOf } from '../fuzz/frame/kind.js';
import { fuzz } from '../fuzz/frame/run.js';
import { seedsOf } from '../fuzz/frame/seeds.js';

/** `npm run fuzz` has thousands; these are for every run of the tests, beside those that once failed. */
const SLICE = 20;

describe('broken and hostile files end with a result or with an error that is known', () => {
  it.each(kindNames().filter((kind) => !planOf(kind).isOfBuild))('%s', { timeout: 300_000 }, async (kind) => {
    const { findings } = await fuzz(kind, seedsOf(kind, SLICE));
    expect(findings).toEqual([]);
  });
});
