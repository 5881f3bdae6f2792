/** Makes of every kind of input what the worker understands. */
import { InspectorError } from '../core/errors.js';
import { requireSize } from '../core/photo/photo-size.js';
import { absoluteUrl } from './absolute-url.js';
import { fetchPhoto } from './fetch-photo.js';
import { drawnSource } from './photo/drawn-source.js';
import { readFile } from './photo/read-file.js';
import type { ImageInput } from './types.js';
import { urlFileName } from './url-file-name.js';
import type { PhotoData } from './worker-api.js';

export interface PhotoInput {
  readonly name: string;
  /** Files are read only when it is their turn, so that a thousand waiting photos take no memory. */
  read(signal?: AbortSignal): Promise<PhotoData>;
}

const UNNAMED = 'photo';

/**
 * Pixels of canvases, bitmaps and elements are taken now: they may change or be gone when it is their turn.
 * @throws {InspectorError} 'unsupported-image', 'image-too-large'
 */
export async function toPhotoInput(
  input: ImageInput,
  { name, bits }: { name?: string | undefined; bits?: number | undefined } = {},
): Promise<PhotoInput> {
  const read = async (file: Blob): Promise<PhotoData> => ({
    ...{ kind: 'file', bytes: await readFile(file), type: file.type },
    ...validBits(bits),
  });
  if (typeof input === 'string' || isA(input, 'URL')) {
    const url = absoluteUrl(input, 'unsupported-image');
    return {
      name: name ?? urlFileName(url) ?? UNNAMED,
      read: async (signal) => read(await fetchPhoto(input, signal)),
    };
  }
  if (isA(input, 'Blob') || isA(input, 'File')) {
    const own = 'name' in input && typeof input.name === 'string' ? input.name : undefined;
    return { name: name ?? own ?? UNNAMED, read: () => read(input) };
  }
  const photo = await readPixels(input);
  const own = isA(input, 'HTMLImageElement') ? urlFileName(input.currentSrc || input.src) : undefined;
  return { name: name ?? own ?? UNNAMED, read: async () => photo };
}

interface Kinds {
  readonly URL: URL;
  readonly Blob: Blob;
  readonly File: File;
  readonly ImageData: ImageData;
  readonly ImageBitmap: ImageBitmap;
  readonly HTMLImageElement: HTMLImageElement;
  readonly HTMLCanvasElement: HTMLCanvasElement;
  readonly OffscreenCanvas: OffscreenCanvas;
}

/** Unlike `instanceof`, true for objects of other frames, and harmless where the class doesn't exist. */
function isA<K extends keyof Kinds>(input: unknown, kind: K): input is Kinds[K] {
  return Object.prototype.toString.call(input) === `[object ${kind}]`;
}

/** Whatever a caller gives, within what 16 bits allow; nothing for nonsense. */
function validBits(bits: number | undefined): { bits?: number } {
  return bits === undefined || !Number.isFinite(bits)
    ? {}
    : { bits: Math.round(Math.min(16, Math.max(8, bits))) };
}

type Drawable = ImageBitmap | ImageData | HTMLImageElement | HTMLCanvasElement | OffscreenCanvas;

async function readPixels(input: Drawable): Promise<PhotoData> {
  if (isA(input, 'ImageData')) {
    const { width, height } = input;
    requireSize(input);
    // A buffer that was given to a worker is empty here.
    if (input.data.length !== width * height * 4) throw withoutPixels();
    return { kind: 'pixels', data: bytesOf(input), width, height };
  }
  if (
    !['ImageBitmap', 'HTMLImageElement', 'HTMLCanvasElement', 'OffscreenCanvas'].some((kind) =>
      isA(input, kind as keyof Kinds),
    )
  ) {
    throw new InspectorError({ code: 'unsupported-image', reason: 'not-a-photo' });
  }
  if (isA(input, 'HTMLImageElement')) await finishLoading(input);
  const { width, height } = isA(input, 'HTMLImageElement')
    ? { width: input.naturalWidth, height: input.naturalHeight }
    : input;
  if (!(width > 0 && height > 0)) {
    throw withoutPixels();
  }
  requireSize({ width, height });
  try {
    // The whole of it, which is closed by nobody but its owner.
    const data = drawnSource(input, { width, height, isOpaque: false }).read(0, 0, width, height);
    return { kind: 'pixels', data, width, height };
  } catch (cause) {
    if (cause instanceof InspectorError) throw cause;
    if (cause instanceof DOMException && cause.name === 'SecurityError') {
      throw new InspectorError({ code: 'unsupported-image', reason: 'image-of-other-site' }, { cause });
    }
    throw new InspectorError({ code: 'image-too-large', reason: 'image-too-large-for-browser' }, { cause });
  }
}

/** A copy, of 8 bits a sample. */
function bytesOf(image: ImageData): Uint8ClampedArray<ArrayBuffer> {
  const { data, width, height } = image;
  if (Object.prototype.toString.call(data) === '[object Uint8ClampedArray]') {
    return new Uint8ClampedArray(data);
  }
  // Newer browsers have pixels of 16 bit floats, from 0 to 1.
  const context = new OffscreenCanvas(width, height).getContext('2d')!;
  context.putImageData(image, 0, 0);
  return new Uint8ClampedArray(context.getImageData(0, 0, width, height).data);
}

const withoutPixels = () => new InspectorError({ code: 'unsupported-image', reason: 'image-without-pixels' });

async function finishLoading(image: HTMLImageElement): Promise<void> {
  try {
    await image.decode();
  } catch (cause) {
    throw new InspectorError({ code: 'corrupt-image', reason: 'image-not-loaded' }, { cause });
  }
}
