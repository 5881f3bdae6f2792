import { Zip, ZipPassThrough } from 'fflate';
import { InspectorError } from '../../core/errors.js';

export interface ZipEntry {
  readonly path: string;
  readonly content: Blob | string;
}

/** A ZIP can't say of more bytes where they lie, without an extension that not everything reads. */
const MOST_BYTES = 4e9;

/**
 * A ZIP whose entries are as they come: photos can't be made smaller. One is read after the other.
 * @throws {InspectorError} 'out-of-memory' where they are more than a ZIP holds
 * @throws what reading an entry fails with
 */
export async function zipOf(entries: readonly ZipEntry[]): Promise<Blob> {
  const parts: Blob[] = [];
  let chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(new Uint8Array(chunk));
    size += chunk.length;
  });
  // What is in a Blob is the browser's to keep, on the disk if need be.
  const settle = () => {
    if (size > MOST_BYTES)
      throw new InspectorError({ code: 'out-of-memory', reason: 'lesson-file-too-large' });
    parts.push(new Blob(chunks));
    chunks = [];
  };
  for (const { path, content } of entries) {
    const entry = new ZipPassThrough(path);
    zip.add(entry);
    const blob = content instanceof Blob ? content : new Blob([content]);
    entry.push(new Uint8Array(await blob.arrayBuffer()), true);
    settle();
  }
  zip.end();
  settle();
  return new Blob(parts, { type: 'application/zip' });
}

/** A name that every file system takes. */
export const fileNameOf = (name: string): string =>
  // eslint-disable-next-line no-control-regex -- these are what they are about
  name.replace(/[\u0000-\u001f"*/:<>?\\|]/g, '_').replace(/[. ]+$/, '') || '_';
