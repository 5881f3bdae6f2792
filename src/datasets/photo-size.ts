/** Whether photos have the size that their annotations are for. */
import { exifOrientation, isSideways, type Orientation } from '../core/photo/exif.js';
import { readImageHeader } from '../core/photo/image-header.js';
import { segmentFrom } from '../core/photo/jpeg-segments.js';
import type { Size } from '../core/rect.js';
import type { SizeCause } from '../messages/dataset-text.js';
import { inSlices, type Watch } from './in-slices.js';
import { headOf } from './kind.js';
import type { Ledger } from './ledger.js';
import type { DatasetImage } from './types.js';

/** So many bytes hold the header of nearly all photos. */
const HEAD = 65_536;
/** Files whose bytes are fetched side by side. */
const AT_ONCE = 32;

export const isSameSize = (a: Size, b: Size): boolean => a.width === b.width && a.height === b.height;

/** Why a photo has another size than its annotations are for, as far as the two sizes tell. */
export function sizeCause(photo: Size, stated: Size): SizeCause {
  if (isTurned(photo, stated)) return 'turned';
  // A resized photo's sides are rounded.
  const isRounded =
    Math.abs((photo.width * stated.height) / stated.width - photo.height) <= 1 ||
    Math.abs((photo.height * stated.width) / stated.height - photo.width) <= 1;
  return isRounded ? 'resized' : 'unknown';
}

const isTurned = (a: Size, b: Size): boolean => a.width === b.height && a.height === b.width;

/**
 * The images whose photos have the size that their annotations state; the others are listed, as far as headers tell. Listed as well are
 * those that are turned without a size that tells whether their annotations are.
 */
export async function ofStatedSize(
  images: readonly DatasetImage[],
  ledger: Ledger,
  { onProgress }: Watch = {},
): Promise<DatasetImage[]> {
  const kept: DatasetImage[] = [];
  const starts = Array.from({ length: Math.ceil(images.length / AT_ONCE) }, (_, i) => i * AT_ONCE);
  const compare = async (start: number) => {
    const part = images.slice(start, start + AT_ONCE);
    const frames = await Promise.all(part.map(frameOf));
    for (const [place, image] of part.entries()) {
      const { shown, isTurnedUnseen } = frames[place]!;
      const { file, size: stated } = image;
      if (shown && stated && !isSameSize(shown, stated)) {
        const example = `${file.path} (${sizeText(shown)}, annotated ${sizeText(stated)})`;
        ledger.list({ reason: 'left-out-by-size', params: { cause: sizeCause(shown, stated) } }, example);
        continue;
      }
      if (isTurnedUnseen) ledger.list({ reason: 'turned-by-exif' }, file.path);
      kept.push(image);
    }
  };
  await inSlices(starts, compare, {
    onProgress: onProgress && ((done) => onProgress(Math.min(done * AT_ONCE, images.length))),
  });
  return kept;
}

const sizeText = ({ width, height }: Size): string => `${width} × ${height}`;

interface Frame {
  /** The size at which the photo is shown; undefined where its first bytes don't tell, or nothing is stated about it. */
  readonly shown?: Size;
  /** Whether it is turned to be shown, and what is outlined on it may be for it as it is stored. */
  readonly isTurnedUnseen?: boolean;
}

async function frameOf({ file, size: stated, truths }: DatasetImage): Promise<Frame> {
  if (!stated && truths.length === 0) return {};
  // What can't be read fails when it is inspected, and says why.
  const bytes = await headOf(file, HEAD).catch(() => new Uint8Array());
  const { format, width, height } = readImageHeader(bytes) ?? {};
  if (width === undefined || height === undefined) return {};
  const stored = { width, height };
  if (format === 'jpeg') {
    const orientation = jpegOrientation(bytes);
    const shown = isSideways(orientation) ? { width: height, height: width } : stored;
    const isSeen = stated && !isSameSize(shown, stored);
    return {
      ...(stated && { shown }),
      isTurnedUnseen: orientation !== 1 && !isSeen && truths.length > 0,
    };
  }
  // Of the others, some may be turned when they are decoded.
  const isUnsure = format === 'avif' || format === 'heic' || (stated && isTurned(stored, stated));
  return !stated || isUnsure ? {} : { shown: stored };
}

function jpegOrientation(bytes: Uint8Array): Orientation {
  for (let next = segmentFrom(bytes, 2); next; next = segmentFrom(bytes, next.end)) {
    const { marker, body } = next;
    if (marker === 0xda || marker === 0xd9) break;
    const isExif = marker === 0xe1 && String.fromCharCode(...body.subarray(0, 6)) === 'Exif\0\0';
    if (isExif) return exifOrientation(body);
  }
  return 1;
}
