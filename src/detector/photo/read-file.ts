import { InspectorError } from '../../core/errors.js';
import { readImageHeader } from '../../core/photo/image-header.js';
import { requireSize } from '../../core/photo/photo-size.js';

/** Bytes in which nearly all photos say how large they are. */
const HEAD = 65_536;

/**
 * Of a photo that is too large, no more than its beginning: its file alone may take a gigabyte.
 * @throws {InspectorError} 'image-too-large'; 'corrupt-image' where the file is gone, or has changed since it was chosen
 */
export async function readFile(file: Blob): Promise<ArrayBuffer> {
  try {
    if (file.size > HEAD) {
      const head = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
      requireSize(readImageHeader(head) ?? {});
    }
    return await file.arrayBuffer();
  } catch (cause) {
    if (cause instanceof InspectorError) throw cause;
    throw new InspectorError({ code: 'corrupt-image', reason: 'photo-file-gone' }, { cause });
  }
}
