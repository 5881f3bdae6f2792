import { afterEach, expect, it, vi } from 'vitest';
import { hasNativeHash, sha256 } from '../../../src/model/hash.js';

afterEach(() => vi.unstubAllGlobals());

// FIPS 180-2, appendix B.1.
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const abc = new TextEncoder().encode('abc');

it('hashes with the browser', async () => {
  expect(hasNativeHash()).toBe(true);
  expect(await sha256(abc)).toBe(ABC);
  expect(await sha256(abc.buffer)).toBe(ABC);
});

it('hashes in JavaScript on plain http', async () => {
  vi.stubGlobal('crypto', {});
  expect(hasNativeHash()).toBe(false);
  expect(await sha256(abc)).toBe(ABC);
  expect(await sha256(abc.buffer)).toBe(ABC);
});
