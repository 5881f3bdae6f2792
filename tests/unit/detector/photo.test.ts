import { afterEach, describe, expect, it, vi } from 'vitest';
import { readPixels } from '../../../workers/photo.js';

afterEach(() => vi.unstubAllGlobals());

const file = (bytes: Uint8Array<ArrayBuffer>, type = '') =>
  ({ kind: 'file', bytes: bytes.buffer, type }) as const;
const text = (content: string, type?: string) => file(new TextEncoder().encode(content), type);

/** The signature and the header chunk of a PNG. */
function png(width: number, height: number) {
  const bytes = new Uint8Array(33);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  new DataView(bytes.buffer).setUint32(16, width);
  new DataView(bytes.buffer).setUint32(20, height);
  return file(bytes);
}

const TIFF = file(new TextEncoder().encode('II*\0\0\0\0\0\0\0\0\0'));

/** A browser that decodes everything to a picture whose pixel (x, y) has the value of `y` in red. */
function stubDecoder(width: number, height: number) {
  const state = { closed: false, canvases: [] as [number, number][] };
  vi.stubGlobal('createImageBitmap', async () => ({ width, height, close: () => (state.closed = true) }));
  class Canvas {
    private top = 0;
    constructor(w: number, h: number) {
      state.canvases.push([w, h]);
    }
    getContext() {
      return {
        clearRect: () => undefined,
        drawImage: (_: unknown, __: number, top: number) => (this.top = top),
        getImageData: (_: number, __: number, w: number, h: number) => {
          const data = new Uint8ClampedArray(w * h * 4);
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

describe('reading', () => {
  it('gives pixels on as they are', async () => {
    const pixels = { kind: 'pixels', data: new Uint8ClampedArray(16), width: 2, height: 2 } as const;
    expect(await readPixels(pixels)).toBe(pixels);
  });

  it('joins the bands of a large photo and closes its bitmap', async () => {
    const state = stubDecoder(4000, 2500);
    const { data, width, height } = await readPixels(png(4000, 2500));
    expect([width, height]).toEqual([4000, 2500]);
    expect(state.canvases).toEqual([[4000, 1000]]);
    for (const y of [0, 999, 1000, 1999, 2000, 2499]) {
      expect(data[y * 4000 * 4]).toBe(y & 255);
      expect(data[(y * 4000 + 3999) * 4]).toBe(y & 255);
    }
    expect(state.closed).toBe(true);
  });
});
