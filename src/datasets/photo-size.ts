/** Whether photos have the size that their annotations are for. */
import { exifOrientation, isSideways } from '../core/photo/exif.js';
import { readImageHeader } from '../core/photo/image-header.js';
import { segmentFrom } from '../core/photo/jpeg-segments.js';
import type { Size } from '../core/rect.js';
import type { SizeCause } from '../messages/dataset-text.js';
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

/** The images whose photos have the size that their annotations state; the others are listed, as far as headers tell. */
export async function ofStatedSize(images: readonly DatasetImage[], ledger: Ledger): Promise<DatasetImage[]> {
  const kept: DatasetImage[] = [];
  for (let i = 0; i < images.length; i += AT_ONCE) {
    const part = images.slice(i, i + AT_ONCE);
    const sizes = await Promise.all(part.map(shownSize));
    for (const [place, image] of part.entries()) {
      const [shown, stated] = [sizes[place], image.size];
      if (!shown || !stated || isSameSize(shown, stated)) {
        kept.push(image);
        continue;
      }
      const example = `${image.file.path} (${sizeText(shown)}, annotated ${sizeText(stated)})`;
      ledger.list({ reason: 'left-out-by-size', params: { cause: sizeCause(shown, stated) } }, example);
    }
  }
  return kept;
}

const sizeText = ({ width, height }: Size): string => `${width} × ${height}`;

/** The size at which a photo is shown; undefined where its first bytes don't tell, or nothing is stated about it. */
async function shownSize({ file, size: stated }: DatasetImage): Promise<Size | undefined> {
  if (!stated) return undefined;
  // What can't be read fails when it is inspected, and says why.
  const bytes = await headOf(file, HEAD).catch(() => new Uint8Array());
  const { format, width, height } = readImageHeader(bytes) ?? {};
  if (width === undefined || height === undefined) return undefined;
  const stored = { width, height };
  if (format === 'jpeg') return isJpegSideways(bytes) ? { width: height, height: width } : stored;
  // Of the others, some may be turned when they are decoded.
  return format === 'avif' || format === 'heic' || isTurned(stored, stated) ? undefined : stored;
}

function isJpegSideways(bytes: Uint8Array): boolean {
  for (let next = segmentFrom(bytes, 2); next; next = segmentFrom(bytes, next.end)) {
    const { marker, body } = next;
    if (marker === 0xda || marker === 0xd9) break;
    const isExif = marker === 0xe1 && String.fromCharCode(...body.subarray(0, 6)) === 'Exif\0\0';
    if (isExif) return isSideways(exifOrientation(body));
  }
  return false;
}
