/** Folders as a browser hands them over: dropped, or chosen in a dialog. */
import { datasets } from '../messages/dataset-text.js';
import { isHidden, rootLength } from './paths.js';
import type { Folder, Source } from './types.js';

/** The folder's files, without what the system put beside them. */
export function folderSource({ name, files }: Folder): Source {
  const root = rootLength(files.map(({ path }) => path));
  return {
    name,
    files: files
      .filter(({ path }) => !isHidden(path.slice(root)))
      .map(({ path, file }) => ({ path, size: file.size, blob: async () => file })),
  };
}

/** What `<input webkitdirectory>` or `<input multiple>` gives. */
export function chosenFolder(files: readonly File[]): Folder {
  const paths = files.map((file) => file.webkitRelativePath || file.name);
  const root = paths[0]?.includes('/') ? paths[0].slice(0, paths[0].indexOf('/')) : '';
  const isOneFolder = root !== '' && paths.every((path) => path.startsWith(`${root}/`));
  return {
    name: isOneFolder ? root : datasets['chosen-files'],
    files: files.map((file, i) => ({
      path: isOneFolder ? paths[i]!.slice(root.length + 1) : paths[i]!,
      file,
    })),
  };
}
