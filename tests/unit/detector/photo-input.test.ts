import { afterEach, expect, it, vi } from 'vitest';
import { toPhotoInput } from '../../../src/detector/photo-input.js';
import type { ImageInput } from '../../../src/detector/types.js';

afterEach(() => vi.unstubAllGlobals());

it.each<[string, ImageInput, string | undefined, string]>([
  ['a file', new File(['x'], 'part 7.jpg'), undefined, 'part 7.jpg'],
  ['a file that is given a name', new File(['x'], 'part 7.jpg'), 'left.jpg', 'left.jpg'],
  ['a blob', new Blob(['x']), undefined, 'photo'],
  ['a URL', new URL('https://example.test/a/part%207.jpg?size=2#x'), undefined, 'part 7.jpg'],
  ['a URL as text', 'https://example.test/a/b.png', undefined, 'b.png'],
  ['a URL with a broken escape', 'https://example.test/100%.png', undefined, '100%.png'],
  ['a URL without a file', 'https://example.test/', undefined, 'photo'],
  ['a data URL', 'data:image/png;base64,AAAA', undefined, 'photo'],
])('names %s', async (_, input, name, expected) => {
  expect((await toPhotoInput(input, name)).name).toBe(expected);
});

it('reads a file only when asked', async () => {
  const file = new File(['abc'], 'a.jpg', { type: 'image/jpeg' });
  const read = vi.spyOn(file, 'arrayBuffer');
  const input = await toPhotoInput(file);
  expect(read).not.toHaveBeenCalled();
  expect(await input.read()).toEqual({
    kind: 'file',
    bytes: new TextEncoder().encode('abc').buffer,
    type: 'image/jpeg',
  });
});

it('says that a file is gone', async () => {
  const file = new File(['abc'], 'a.jpg');
  vi.spyOn(file, 'arrayBuffer').mockRejectedValue(new DOMException('gone', 'NotReadableError'));
  await expect((await toPhotoInput(file)).read()).rejects.toMatchObject({ code: 'corrupt-image' });
});

it('fetches a URL', async () => {
  vi.stubGlobal('fetch', async () => new Response(Uint8Array.of(1, 2, 3)));
  const input = await toPhotoInput('https://example.test/a.png');
  expect(await input.read()).toEqual({ kind: 'file', bytes: Uint8Array.of(1, 2, 3).buffer, type: '' });
});

it('says that a URL leads nowhere', async () => {
  vi.stubGlobal('fetch', async () => new Response('', { status: 404 }));
  const input = await toPhotoInput('https://example.test/a.png');
  await expect(input.read()).rejects.toMatchObject({
    code: 'unsupported-image',
    message: expect.stringMatching(/404/) as string,
  });
});

it('refuses what is no photo at all', async () => {
  for (const input of [{}, null, undefined, 7])
    await expect(toPhotoInput(input as ImageInput)).rejects.toMatchObject({ code: 'unsupported-image' });
  await expect(toPhotoInput('no url')).rejects.toMatchObject({ code: 'unsupported-image' });
});

it('refuses pixels whose buffer was handed to somebody else', async () => {
  const data = new Uint8ClampedArray(4);
  structuredClone(data.buffer, { transfer: [data.buffer] });
  const pixels = {
    data,
    width: 1,
    height: 1,
    get [Symbol.toStringTag]() {
      return 'ImageData';
    },
  };
  await expect(toPhotoInput(pixels as unknown as ImageInput)).rejects.toMatchObject({
    code: 'unsupported-image',
  });
});
