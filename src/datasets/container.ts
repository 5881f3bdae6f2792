import { folderSource } from './folder.js';
import type { Container, Source } from './types.js';

/** The files of a folder, or of a ZIP; two ZIPs are as if they were unpacked into one folder. @throws {DatasetError} */
export async function sourceOf(container: Container): Promise<Source> {
  if (!('zip' in container)) return folderSource(container);
  const { name, zip, annotations } = container;
  // Loaded for those who bring one.
  const { zipSource } = await import('./zip.js');
  const source = await zipSource(zip, name);
  if (!annotations) return source;
  const { files } = await zipSource(annotations, name);
  return { name, files: [...source.files, ...files] };
}
