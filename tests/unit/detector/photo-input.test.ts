import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchPhoto, keepAddress } from '../../../src/detector/fetch-photo.js';
import { toPhotoInput } from '../../../src/detector/photo-input.js';
import { makePicture } from '../../../src/detector/photo/picture.js';
import type { ImageInput } from '../../../src/detector/types.js';
import { pngHeader } from '../../png-header.js';

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
  expect((await toPhotoInput(input, { name })).name).toBe(expected);
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

it('reads no more than the beginning of a photo that is too large', async () => {
  const file = new File([pngHeader(20_000, 20_000), new Uint8Array(200_000)], 'a.png');
  const read = vi.spyOn(file, 'arrayBuffer');
  await expect((await toPhotoInput(file)).read()).rejects.toMatchObject({ code: 'image-too-large' });
  await expect(makePicture(file, { what: 'whole' })).rejects.toMatchObject({ code: 'image-too-large' });
  expect(read).not.toHaveBeenCalled();
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

it.each([
  ['null', null],
  ['a number', 7],
  ['nothing', undefined],
])('refuses %s with a code', async (_, input) => {
  await expect(toPhotoInput(input as unknown as ImageInput)).rejects.toMatchObject({
    code: 'unsupported-image',
  });
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

it.each([
  [12, 12],
  [3, 8],
  [40, 16],
  [NaN, undefined],
  [undefined, undefined],
])('takes %s bits as %s', async (bits, expected) => {
  const data = await (await toPhotoInput(new Blob(['x']), { bits })).read();
  expect('bits' in data ? data.bits : undefined).toBe(expected);
});

describe('an address that is kept', () => {
  /** Another answer to each request, as a camera gives it. */
  function stubCamera() {
    let requests = 0;
    vi.stubGlobal('fetch', async () => {
      if (++requests === 2) throw new TypeError('Failed to fetch');
      return new Response(Uint8Array.of(requests));
    });
    return { requests: () => requests };
  }
  const first = async (photo: Promise<Blob>) => new Uint8Array(await (await photo).arrayBuffer())[0];

  it('is fetched once for all who want its photo', async () => {
    const camera = stubCamera();
    const url = keepAddress('https://example.test/camera.jpg');
    const input = await toPhotoInput(url);
    const [shown, inspected] = await Promise.all([first(fetchPhoto(url)), input.read()]);
    expect([shown, inspected]).toEqual([1, { kind: 'file', bytes: Uint8Array.of(1).buffer, type: '' }]);
    expect(await first(fetchPhoto(url))).toBe(1);
    expect(camera.requests()).toBe(1);
  });

  it('is another photo each time it is given', async () => {
    stubCamera();
    const url = new URL('https://example.test/camera.jpg');
    expect(await first(fetchPhoto(keepAddress(url)))).toBe(1);
    await expect(fetchPhoto(keepAddress(url))).rejects.toMatchObject({ code: 'offline' });
    expect(await first(fetchPhoto(keepAddress(url)))).toBe(3);
  });

  it('is fetched again after a failure, and goes on for others after a cancel', async () => {
    const camera = stubCamera();
    await fetchPhoto(keepAddress('https://example.test/other.jpg'));
    const url = keepAddress('https://example.test/camera.jpg');
    await expect(fetchPhoto(url)).rejects.toMatchObject({ code: 'offline' });
    const controller = new AbortController();
    const cancelled = fetchPhoto(url, controller.signal);
    const kept = first(fetchPhoto(url));
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect(await kept).toBe(3);
    expect(camera.requests()).toBe(3);
  });

  it('asks a camera again each time where it is not kept', async () => {
    stubCamera();
    const url = new URL('https://example.test/camera.jpg');
    expect(await first(fetchPhoto(url))).toBe(1);
    await expect(fetchPhoto(url)).rejects.toMatchObject({ code: 'offline' });
    expect(await first(fetchPhoto(url))).toBe(3);
  });

  it('is read at once where it is in memory and may soon be gone', () => {
    const camera = stubCamera();
    keepAddress('blob:https://example.test/7');
    expect(camera.requests()).toBe(1);
  });
});
