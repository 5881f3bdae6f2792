import { InspectorError } from '../../core/errors.js';

/** @throws {InspectorError} 'corrupt-image' where the file is gone, or has changed since it was chosen */
export async function readFile(file: Blob): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer();
  } catch (cause) {
    throw new InspectorError({ code: 'corrupt-image', reason: 'photo-file-gone' }, { cause });
  }
}
