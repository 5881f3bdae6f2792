import { expect } from '@open-wc/testing';
import { decodePhoto } from '../../detector/photo/decode.js';
import { differenceOf, toleranceOf, type ExpectedPicture } from '../../../tests/picture-fixtures.js';
import { photoBitmap } from './photo-bitmap.js';

const FOLDER = '/tests/fixtures/pictures';

const load = async (name: string): Promise<Blob> => (await fetch(`${FOLDER}/${name}`)).blob();
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

/** What a canvas shows of a bitmap. */
function shown(bitmap: ImageBitmap): Uint8ClampedArray {
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
}

describe('pixels of photos', () => {
  it('are those that Python reads, and those that are shown', async () => {
    const expected = (await (await fetch(`${FOLDER}/expected.json`)).json()) as Record<
      string,
      ExpectedPicture
    >;
    const found: string[] = [];
    for (const [name, picture] of Object.entries(expected)) {
      const file = await load(name);
      const photo = await decodePhoto(await bytesOf(file)).catch(
        (error: unknown) => void found.push(`${name}: ${String(error)}`),
      );
      if (!photo) continue;
      const difference = await differenceOf(photo, picture);
      if (difference > toleranceOf(name)) found.push(`${name} differs by ${difference}`);
      if (photo.isIncomplete) found.push(`${name} is taken to be incomplete`);
      const view = shown(await photoBitmap(file));
      if (view.some((value, i) => i % 4 !== 3 && value !== photo.data[i]))
        found.push(`${name} is shown otherwise`);
    }
    expect(found).to.deep.equal([]);
    expect(Object.keys(expected).length).to.be.greaterThan(35);
  });
});

describe('a photo that is refused', () => {
  /** The start of a PNG of 121 megapixels. */
  function hugePng(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(45);
    bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
    new DataView(bytes.buffer).setUint32(16, 11_000);
    new DataView(bytes.buffer).setUint32(20, 11_000);
    bytes.set([8, 2], 24);
    bytes.set([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44], 33);
    return bytes;
  }

  it('is not decoded for the view either', async () => {
    const create = globalThis.createImageBitmap;
    let calls = 0;
    globalThis.createImageBitmap = () => {
      calls++;
      return Promise.reject(new Error('decoded'));
    };
    try {
      const error = await photoBitmap(new Blob([hugePng()])).catch((cause: unknown) => cause);
      expect(error).to.include({ code: 'image-too-large' });
      expect(calls).to.equal(0);
    } finally {
      globalThis.createImageBitmap = create;
    }
  });
});

describe('a photo wider than any canvas', () => {
  const WIDTH = 70_000;

  /** A BMP as wide as that, of one row, or as high. */
  function bmp(width: number, height: number): Uint8Array<ArrayBuffer> {
    const row = Math.ceil((width * 3) / 4) * 4;
    const bytes = new Uint8Array(54 + row * height).fill(200, 54);
    const view = new DataView(bytes.buffer);
    bytes.set([0x42, 0x4d]);
    for (const [at, value] of [
      [2, bytes.length],
      [10, 54],
      [14, 40],
      [18, width],
      [22, height],
    ] as const) {
      view.setUint32(at, value, true);
    }
    view.setUint16(26, 1, true);
    view.setUint16(28, 24, true);
    return bytes;
  }

  it('is read to its last pixel', async () => {
    const { encode } = await import('fast-png');
    const grey = Uint8Array.from({ length: WIDTH * 3 }, (_, i) => 1 + (i % 250));
    const file = encode({ width: WIDTH, height: 3, data: grey, channels: 1, depth: 8 });
    const { data, width, height } = await decodePhoto(new Uint8Array(file));
    expect([width, height]).to.deep.equal([WIDTH, 3]);
    for (const i of [0, 65_535, 65_536, WIDTH - 1, 3 * WIDTH - 1]) expect(data[i * 4]).to.equal(grey[i]);
  });

  it('is too large, and not damaged or black, where the browser cannot open it', async () => {
    for (const bytes of [bmp(WIDTH, 2), bmp(2, WIDTH)]) {
      const outcome = await decodePhoto(bytes).then(
        ({ data }) => data[data.length - 4],
        (error: unknown) => (error as { code?: string }).code,
      );
      expect(outcome).to.be.oneOf([200, 'image-too-large']);
    }
  });
});
