import { encode } from 'fast-png';
import { expect, it } from 'vitest';
import { readPng } from '../../../src/core/photo/png-file.js';
import { decodePng } from '../../../src/detector/photo/png.js';

const samples = Uint16Array.from({ length: 30 * 20 }, (_, i) => (i * 7) % 3000);
const file = encode({
  width: 30,
  height: 20,
  data: samples,
  channels: 1,
  depth: 16,
}) as Uint8Array<ArrayBuffer>;
const open = (bytes: Uint8Array<ArrayBuffer>) => readPng(bytes)!;
const damaged = { code: 'corrupt-image' };

it('stretches as many bits as the photo needs, or as a person says', async () => {
  const found = await decodePng(open(file));
  expect(found).toMatchObject({ width: 30, height: 20, bits: 12 });
  expect(found.data[400]).toBe(Math.round((700 * 255) / 4095));
  const asked = await decodePng(open(file), 16);
  expect(asked.bits).toBe(16);
  expect(asked.data[400]).toBe(Math.round((700 * 255) / 65_535));
  // What is brighter than white is white.
  expect((await decodePng(open(file), 8)).data[400]).toBe(255);
});

it.each([0.3, 0.6, 0.9])('refuses a file that ends after %d of it', async (share) => {
  await expect(decodePng(open(file.slice(0, file.length * share)))).rejects.toMatchObject(damaged);
});

it('refuses pixels that were changed', async () => {
  const bytes = file.slice();
  bytes[Math.floor(bytes.length / 2)]! ^= 0x55;
  await expect(decodePng(open(bytes))).rejects.toMatchObject(damaged);
});

it('refuses a file that inflates to more than its size says, before memory is full', async () => {
  const large = encode({ width: 600, height: 600, data: new Uint16Array(36e4), channels: 1, depth: 16 });
  const bomb = large.slice();
  new DataView(bomb.buffer).setUint32(16, 10);
  new DataView(bomb.buffer).setUint32(20, 10);
  await expect(decodePng(open(bomb))).rejects.toMatchObject(damaged);
});
