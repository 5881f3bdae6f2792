import { afterEach, describe, expect, it, vi } from 'vitest';
import { readPixels } from '../../../workers/photo.js';
import { pngHeader } from '../../png-header.js';

afterEach(() => vi.unstubAllGlobals());

const file = (bytes: Uint8Array<ArrayBuffer>, type = '') =>
  ({ kind: 'file', bytes: bytes.buffer, type }) as const;
const text = (content: string, type?: string) => file(new TextEncoder().encode(content), type);

const png = (width: number, height: number) => file(pngHeader(width, height));
const TIFF = file(new TextEncoder().encode('II*\0\0\0\0\0\0\0\0\0'));

/** A browser that decodes everything to a picture whose pixel (x, y) has the value of `y` in red. */
function stubDecoder(width: number, height: number, alpha = 255) {
  const state = { closed: false, canvases: [] as [number, number][] };
  vi.stubGlobal('createImageBitmap', async () => ({ width, height, close: () => (state.closed = true) }));
  class Canvas {
    private top = 0;
    constructor(
      readonly width: number,
      readonly height: number,
    ) {
      state.canvases.push([width, height]);
    }
    getContext() {
      return {
        canvas: this,
        clearRect: () => undefined,
        drawImage: (_: unknown, __: number, top: number) => (this.top = top),
        getImageData: (_: number, __: number, w: number, h: number) => {
          const data = new Uint8ClampedArray(w * h * 4).fill(alpha);
          for (let i = 0; i < data.length; i += 4) data[i] = (this.top + Math.floor(i / 4 / w)) & 255;
          return { data, width: w, height: h };
        },
      };
    }
  }
  vi.stubGlobal('OffscreenCanvas', Canvas);
  return state;
}

describe('refusing', () => {
  it.each([
    ['an empty file', text(''), /empty/],
    ['text', text('hello', 'text/plain'), /not a photo.*text\/plain/],
    ['an SVG by its type', text('<svg/>', 'image/svg+xml'), /SVG.*drawing/],
    ['an SVG by its content', text('<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="">'), /SVG.*drawing/],
    ['a PDF', text('%PDF-1.7'), /PDF/],
    ['a video', text('0000', 'video/mp4'), /video\/mp4/],
    ['a JPEG XL', file(Uint8Array.of(0xff, 0x0a, 0, 0)), /can't open JPEG XL/],
    ['a JPEG 2000', text('\0\0\0\x0cjP  \r\n'), /can't open JPEG 2000/],
    [
      'what only its name calls a photo',
      text('hello', 'image/jpeg'),
      /is called a photo \(image\/jpeg\), but/,
    ],
    ['zeros that are called a photo', text('\0'.repeat(5000), 'image/jpeg'), /nothing but zeros/],
    ['an icon', file(Uint8Array.of(0, 0, 1, 0, 1, 0)), /can't open ICO/],
  ])('%s with a sentence', async (_, photo, message) => {
    const error = { code: 'unsupported-image', message: expect.stringMatching(message) as string };
    await expect(readPixels(photo)).rejects.toMatchObject(error);
  });

  it('a photo with too many pixels before anything is decoded', async () => {
    const decode = vi.fn();
    vi.stubGlobal('createImageBitmap', decode);
    const error = {
      code: 'image-too-large',
      message: expect.stringMatching(/^This photo has 121 megapixels/) as string,
    };
    await expect(readPixels(png(11_000, 11_000))).rejects.toMatchObject(error);
    expect(decode).not.toHaveBeenCalled();
  });

  it('a damaged photo, and one that this browser cannot read', async () => {
    vi.stubGlobal('createImageBitmap', () => Promise.reject(new DOMException('no', 'InvalidStateError')));
    await expect(readPixels(png(10, 10))).rejects.toMatchObject({
      code: 'corrupt-image',
      message: expect.stringMatching(/PNG file is damaged/) as string,
    });
    await expect(readPixels(TIFF)).rejects.toMatchObject({
      code: 'unsupported-image',
      message: expect.stringMatching(/can't open TIFF/) as string,
    });
  });
});

describe('refusing what the browser gives', () => {
  it('a photo that takes too long, and closes what comes later', async () => {
    vi.useFakeTimers();
    const close = vi.fn();
    let give: (bitmap: unknown) => void = () => undefined;
    vi.stubGlobal('createImageBitmap', () => new Promise((resolve) => (give = resolve)));
    const outcome = readPixels(png(10, 10)).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(31_000);
    expect(await outcome).toMatchObject({ code: 'timed-out' });
    give({ width: 10, height: 10, close });
    await vi.advanceTimersByTimeAsync(0);
    expect(close).toHaveBeenCalledOnce();
    vi.useRealTimers();
  });

  it('a photo that the browser draws as fully transparent pixels', async () => {
    const state = stubDecoder(4000, 1900, 0);
    const source = await readPixels(png(4000, 1900));
    expect(() => source.read(0, 0, 100, 100)).toThrow(expect.objectContaining({ code: 'image-too-large' }));
    source.close();
    expect(state.closed).toBe(true);
  });

  it('a JPEG of a kind that it does not decode, which is not damaged', async () => {
    vi.stubGlobal('createImageBitmap', () => Promise.reject(new DOMException('no', 'InvalidStateError')));
    const frame = [0xff, 0xc1, 0, 11, 12, 0, 10, 0, 10, 1, 1, 0x11, 0];
    await expect(readPixels(file(Uint8Array.from([0xff, 0xd8, ...frame, 0xff, 0xd9])))).rejects.toMatchObject(
      {
        code: 'unsupported-image',
        message: expect.stringMatching(/12 bits a sample/) as string,
      },
    );
  });

  it('a photo too wide for it, which is not damaged', async () => {
    vi.stubGlobal('createImageBitmap', () => Promise.reject(new DOMException('no', 'InvalidStateError')));
    await expect(readPixels(png(20_000, 10))).rejects.toMatchObject({ code: 'image-too-large' });
  });
});

describe('reading', () => {
  it('gives pixels on as they are', async () => {
    const pixels = { kind: 'pixels', data: new Uint8ClampedArray(16), width: 2, height: 2 } as const;
    const read = (await readPixels(pixels)).read(0, 0, 2, 2);
    expect(read.buffer).toBe(pixels.data.buffer);
    expect(read).toEqual(pixels.data);
  });

  it('joins the bands of what is large, and closes the bitmap', async () => {
    const state = stubDecoder(4000, 1900);
    const source = await readPixels(png(4000, 1900));
    const { width, height } = source;
    expect([width, height]).toEqual([4000, 1900]);
    const data = source.read(0, 0, width, height).slice();
    expect(state.canvases).toEqual([[4000, 1000]]);
    for (const y of [0, 999, 1000, 1899]) {
      expect(data[y * 4000 * 4]).toBe(y & 255);
      expect(data[(y * 4000 + 3999) * 4]).toBe(y & 255);
    }
    source.close();
    expect(state.closed).toBe(true);
  });

  it('joins the parts of a wide photo', async () => {
    const state = stubDecoder(20_000, 399);
    const data = (await readPixels(png(20_000, 399))).read(0, 0, 20_000, 399);
    expect(state.canvases).toEqual([[8192, 399]]);
    for (const y of [0, 398]) {
      for (const x of [0, 8191, 8192, 19_999]) expect(data[(y * 20_000 + x) * 4]).toBe(y & 255);
    }
  });
});
