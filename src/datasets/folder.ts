/** Folders as a browser hands them over: dropped, or chosen in a dialog. */
import { isHidden } from './paths.js';
import type { Source, SourceFile } from './types.js';

/** Files of a folder with their paths in it. */
export function folderSource(
  name: string,
  files: readonly { readonly path: string; readonly file: File }[],
): Source {
  return {
    name,
    files: files
      .filter(({ path }) => !isHidden(path))
      .map(({ path, file }): SourceFile => ({ path, size: file.size, blob: async () => file })),
  };
}

/** What `<input webkitdirectory>` or `<input multiple>` gives. */
export function chosenSource(files: readonly File[]): Source {
  const paths = files.map((file) => file.webkitRelativePath || file.name);
  const root = paths[0]?.includes('/') ? paths[0].slice(0, paths[0].indexOf('/')) : '';
  const isOneFolder = root !== '' && paths.every((path) => path.startsWith(`${root}/`));
  return folderSource(
    isOneFolder ? root : 'Chosen files',
    files.map((file, i) => ({ path: isOneFolder ? paths[i]!.slice(root.length + 1) : paths[i]!, file })),
  );
}
