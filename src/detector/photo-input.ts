/** Makes of every kind of input what the worker understands. */
import { InspectorError } from '../core/errors.js';
import { download } from '../model/download.js';
import { absoluteUrl } from './absolute-url.js';
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
export async function toPhotoInput(input: ImageInput, name?: string): Promise<PhotoInput> {
  if (typeof input === 'string' || isA(input, 'URL')) {
    const url = absoluteUrl(input, 'unsupported-image');
    return { name: name ?? urlFileName(url) ?? UNNAMED, read: (signal) => fetchPhoto(url, signal) };
  }
  if (isA(input, 'Blob') || isA(input, 'File')) {
    const own = 'name' in input && typeof input.name === 'string' ? input.name : undefined;
    return { name: name ?? own ?? UNNAMED, read: () => readFile(input) };
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

async function fetchPhoto(url: string, signal?: AbortSignal): Promise<PhotoData> {
  const bytes = await download(url, {
    what: 'photo',
    missing: 'unsupported-image',
    ...(signal && { signal }),
  });
  return { kind: 'file', bytes: bytes.buffer, type: '' };
}

async function readFile(file: Blob): Promise<PhotoData> {
  try {
    return { kind: 'file', bytes: await file.arrayBuffer(), type: file.type };
  } catch (cause) {
    throw new InspectorError({ code: 'corrupt-image', reason: 'photo-file-gone' }, { cause });
  }
}

type Drawable = ImageBitmap | ImageData | HTMLImageElement | HTMLCanvasElement | OffscreenCanvas;

async function readPixels(input: Drawable): Promise<PhotoData> {
  if (isA(input, 'ImageData')) {
    const { width, height } = input;
    // Its buffer was handed to somebody else.
    if (input.data.length === 0) throw withoutPixels();
    return { kind: 'pixels', data: new Uint8ClampedArray(input.data), width, height };
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
  try {
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
    context.drawImage(input, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    return { kind: 'pixels', data: new Uint8ClampedArray(data), width, height };
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'SecurityError') {
      throw new InspectorError({ code: 'unsupported-image', reason: 'image-of-other-site' }, { cause });
    }
    throw new InspectorError({ code: 'image-too-large', reason: 'image-too-large-for-browser' }, { cause });
  }
}

const withoutPixels = () => new InspectorError({ code: 'unsupported-image', reason: 'image-without-pixels' });

async function finishLoading(image: HTMLImageElement): Promise<void> {
  try {
    await image.decode();
  } catch (cause) {
    throw new InspectorError({ code: 'corrupt-image', reason: 'image-not-loaded' }, { cause });
  }
}
