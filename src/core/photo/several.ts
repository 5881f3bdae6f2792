/** Files of several pictures: animations and pages. Decoders give the first one, and say nothing of the others. */
import { isoBoxes, riffChunks, type FilePart } from './file-parts.js';
import { readGif } from './gif-file.js';
import type { ImageFormat } from './image-header.js';
import type { PngFile } from './png-file.js';

interface OpenedFile {
  readonly format: ImageFormat;
  readonly bytes: Uint8Array;
  readonly png?: Pick<PngFile, 'isAnimated'>;
}

/** Whether there is more in the file than the picture that is inspected. Never throws. */
export function holdsSeveral({ format, bytes, png }: OpenedFile): boolean {
  switch (format) {
    case 'gif':
      return readGif(bytes).pictures > 1;
    case 'png':
      return png?.isAnimated ?? false;
    case 'webp':
      return countChunks(bytes, 'ANMF') > 1;
    case 'avif':
    case 'heic':
      return holdsTrack(bytes, isoBoxes(bytes));
    case 'tiff':
      return holdsPages(bytes);
    default:
      return false;
  }
}

function countChunks(bytes: Uint8Array, wanted: string): number {
  let count = 0;
  for (const { name } of riffChunks(bytes)) if (name === wanted) count++;
  return count;
}

/** One within the other, and in the last one how many pictures there are. */
const TO_SIZES = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsz'];

/** Whether there is a track of several pictures: what an album holds beside a photo is none. */
function holdsTrack(bytes: Uint8Array, boxes: Iterable<FilePart>, depth = 0): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLast = depth === TO_SIZES.length - 1;
  for (const box of boxes) {
    if (box.name !== TO_SIZES[depth]) continue;
    if (
      isLast
        ? box.end - box.start >= 12 && view.getUint32(box.start + 8) > 1
        : holdsTrack(bytes, isoBoxes(bytes, box), depth + 1)
    )
      return true;
  }
  return false;
}

/** The tag that says what a picture is to the others; its lowest bit: a smaller copy of one. */
const SUBFILE = 254;
/** So many are looked through for a second page: their places may lead in a circle. */
const MOST = 64;

function holdsPages(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = bytes[0] === 0x49;
  try {
    let at = nextPage(view, view.getUint32(4, little), little);
    for (let i = 0; at !== 0 && i < MOST; i++) {
      if (!isCopy(view, at, little)) return true;
      at = nextPage(view, at, little);
    }
  } catch (error) {
    // The file ends before what it refers to.
    if (!(error instanceof RangeError)) throw error;
  }
  return false;
}

const nextPage = (view: DataView, at: number, little: boolean): number =>
  view.getUint32(at + 2 + view.getUint16(at, little) * 12, little);

function isCopy(view: DataView, at: number, little: boolean): boolean {
  for (let i = 0; i < view.getUint16(at, little); i++) {
    const entry = at + 2 + i * 12;
    if (view.getUint16(entry, little) === SUBFILE) return (view.getUint32(entry + 8, little) & 1) === 1;
  }
  return false;
}
