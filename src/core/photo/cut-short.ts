/** Files that end before their last pixel: some browsers refuse them, others fill in what is missing. */
import { areRowsWhole, bitmapLayout } from './bmp-file.js';
import { isoBoxes, riffChunks, type FilePart } from './file-parts.js';
import { readGif } from './gif-file.js';
import type { ImageFormat } from './image-header.js';
import { isIntact, readPng } from './png-file.js';

/** Whether a part of the pixels is not in the file. Of JPEGs, see `isWholeJpeg`. Never throws. */
export function isCutShort(format: ImageFormat, bytes: Uint8Array<ArrayBuffer>): boolean {
  switch (format) {
    case 'png': {
      const png = readPng(bytes);
      return png !== undefined && !isIntact(png);
    }
    case 'webp':
      return isCut(riffChunks(bytes), 'VP8 ', 'VP8L', 'ANMF');
    case 'avif':
    case 'heic':
      return isCut(isoBoxes(bytes), 'mdat');
    case 'gif':
      return !readGif(bytes).isFirstWhole;
    case 'bmp': {
      const layout = bitmapLayout(bytes);
      if (layout === undefined) return false;
      return layout.end > bytes.length || (layout.row === undefined && !areRowsWhole(bytes));
    }
    default:
      return false;
  }
}

function isCut(parts: Iterable<FilePart>, ...names: readonly string[]): boolean {
  for (const { name, isCut } of parts) if (isCut && names.includes(name)) return true;
  return false;
}
