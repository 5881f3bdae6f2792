import { expect } from '@open-wc/testing';
import { openPhoto, type OpenOptions } from '../../detector/photo/open-photo.js';
import { stepOfWhole } from '../../core/photo/shrink.js';
import { differenceOf, toleranceOf, type ExpectedPicture } from '../../../tests/picture-fixtures.js';
import { pngHeader } from '../../../tests/png-header.js';
import { photoPicture } from './pictures.js';

const FOLDER = '/tests/fixtures/pictures';

const load = async (name: string): Promise<Blob> => (await fetch(`${FOLDER}/${name}`)).blob();
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

/** The photo's pixels, all of them. */
async function decodePhoto(bytes: Uint8Array<ArrayBuffer>, options?: OpenOptions) {
  const source = await openPhoto(bytes, options);
  const { width, height, isIncomplete } = source;
  const data = source.read(0, 0, width, height).slice();
  source.close();
  return { width, height, isIncomplete, data };
}

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
      const view = shown((await photoPicture(file, { what: 'whole' })).bitmap);
      if (view.some((value, i) => i % 4 !== 3 && value !== photo.data[i]))
        found.push(`${name} is shown otherwise`);
    }
    expect(found).to.deep.equal([]);
    expect(Object.keys(expected).length).to.be.greaterThan(35);
  });
});

describe('a photo that is refused', () => {
  it('is not decoded for the view either', async () => {
    const create = globalThis.createImageBitmap;
    let calls = 0;
    globalThis.createImageBitmap = () => {
      calls++;
      return Promise.reject(new Error('decoded'));
    };
    try {
      const huge = new Blob([pngHeader(11_000, 11_000)]);
      const error = await photoPicture(huge, { what: 'whole' }).catch((cause: unknown) => cause);
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

describe('a large photo', () => {
  const WIDTH = 4200;
  const HEIGHT = 3000;
  let file: Blob;

  /** Noise in the middle, and a corner that tells how it stands. */
  before(async () => {
    const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
    const context = canvas.getContext('2d')!;
    context.fillStyle = '#808080';
    context.fillRect(0, 0, WIDTH, HEIGHT);
    context.fillStyle = '#ff0000';
    context.fillRect(0, 0, 1000, 500);
    context.fillStyle = '#000000';
    for (let i = 0; i < 400; i++) context.fillRect(2000 + (i % 20) * 2, 1500 + Math.floor(i / 20) * 2, 1, 1);
    file = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 });
  });

  /** The file as a camera held on its side would have written it. */
  async function turned(): Promise<Blob> {
    const exif = [
      ...[0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1],
      ...[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0],
    ];
    return new Blob([file.slice(0, 2), Uint8Array.from(exif), file.slice(2)]);
  }

  it('is seen as a whole in fewer pixels, and in parts pixel by pixel, as it is inspected', async () => {
    const step = stepOfWhole(WIDTH, HEIGHT);
    expect(step).to.equal(2);
    for (const photo of [file, await turned()]) {
      const source = await openPhoto(await bytesOf(photo));
      const { width, height } = source;
      const part = { x: width / 2 - 150, y: height / 2 - 100, width: 301, height: 203 };
      const read = source.read(part.x, part.y, part.width, part.height).slice();
      source.close();
      const whole = await photoPicture(photo, { what: 'whole' });
      expect([whole.width, whole.height]).to.deep.equal([width, height]);
      expect([whole.bitmap.width, whole.bitmap.height]).to.deep.equal([width / step, height / step]);
      const { bitmap } = await photoPicture(photo, { what: 'part', part, step: 1 });
      expect(shown(bitmap).every((value, i) => value === read[i])).to.equal(true);
      const thumbnail = await photoPicture(photo, { what: 'thumbnail', side: 128 });
      expect(Math.max(thumbnail.bitmap.width, thumbnail.bitmap.height)).to.equal(128);
    }
  });

  it('is decoded for the screen once whoever has it open has closed it, as it is asked to', async () => {
    const open = await openPhoto(await bytesOf(file));
    expect(await open.isWanted()).to.equal(false);
    let isSeen = false;
    const picture = photoPicture(file, { what: 'thumbnail', side: 64 }).then(() => (isSeen = true));
    while (!(await open.isWanted())) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(isSeen).to.equal(false);
    open.close();
    const again = openPhoto(await bytesOf(file));
    await picture;
    const { isWanted, close } = await again;
    expect(await isWanted()).to.equal(false);
    close();
  });

  it('may be open in several workers at a time', async () => {
    const both = await Promise.all([openPhoto(await bytesOf(file)), openPhoto(await bytesOf(file))]);
    expect(await Promise.all(both.map((photo) => photo.isWanted()))).to.deep.equal([false, false]);
    for (const photo of both) photo.close();
  });

  it('is turned upright', async () => {
    const { bitmap } = await photoPicture(await turned(), { what: 'whole' });
    const pixels = shown(bitmap);
    const at = (x: number, y: number) => pixels[(y * bitmap.width + x) * 4]!;
    // What was at the upper left of the stored picture is at the upper right.
    expect(at(bitmap.width - 20, 20)).to.be.greaterThan(240);
    expect(at(20, 20)).to.be.lessThan(140);
  });

  it('on a canvas is seen in the same way', async () => {
    const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
    canvas.getContext('2d')!.drawImage(await createImageBitmap(file), 0, 0);
    const whole = await photoPicture(canvas, { what: 'whole' });
    expect([whole.width, whole.bitmap.width]).to.deep.equal([WIDTH, WIDTH / 2]);
    const part = { x: 10, y: 20, width: 30, height: 40 };
    const { bitmap } = await photoPicture(canvas, { what: 'part', part, step: 1 });
    expect([bitmap.width, bitmap.height]).to.deep.equal([30, 40]);
  });
});
