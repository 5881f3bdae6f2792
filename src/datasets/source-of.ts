import type { Folder, SourceFile } from './types.js';

/** A file of a folder, as what reads datasets wants it. */
export const sourceOf = ({ path, file }: Folder['files'][number]): SourceFile => ({
  path,
  size: file.size,
  blob: async () => file,
});
