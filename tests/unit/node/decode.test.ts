/** A program reads the pixels that Python reads. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { decodePhoto } from '../../../src/node/decode.js';
import { differenceOf, toleranceOf, type ExpectedPicture } from '../../picture-fixtures.js';

const FOLDER = 'tests/fixtures/pictures';
const expected = JSON.parse(await readFile(`${FOLDER}/expected.json`, 'utf8')) as Record<
  string,
  ExpectedPicture
>;
const decode = async (name: string) => decodePhoto(new Uint8Array(await readFile(`${FOLDER}/${name}`)));
const isBitmap = (name: string) => name.endsWith('.bmp');

it.each(Object.entries(expected).filter(([name]) => !isBitmap(name)))('reads %s', async (name, picture) => {
  const photo = await decode(name);
  const { width, height } = photo;
  const data = photo.read(0, 0, width, height);
  expect(await differenceOf({ data, width, height }, picture)).toBeLessThanOrEqual(toleranceOf(name));
  expect(photo.isIncomplete).toBeUndefined();
});

it.each(Object.keys(expected).filter(isBitmap))('says that it cannot read %s', async (name) => {
  await expect(decode(name)).rejects.toMatchObject({ code: 'unsupported-image' });
});

it.each([
  ['rgb.png', undefined],
  ['grey-8-in-16.png', 8],
  ['grey-10-in-16.png', 10],
  ['rgb-12-in-16.png', 12],
  ['rgb-alpha-16.png', 12],
  ['grey-16.png', 16],
])('says how many bits of %s count', async (name, bits) => {
  expect((await decode(name)).bits).toBe(bits);
});
