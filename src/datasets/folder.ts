/** Folders as a browser hands them over: dropped, or chosen in a dialog. */
import { datasets } from '../messages/dataset-text.js';
import { inSlices } from './in-slices.js';
import { isHidden, rootLength } from './paths.js';
import { sourceOf } from './source-of.js';
import type { Folder, Source, SourceFile } from './types.js';

/** The folder's files, without what the system put beside them. */
export async function folderSource({ name, files }: Folder): Promise<Source> {
  const root = rootLength(files.map(({ path }) => path));
  const seen: SourceFile[] = [];
  await inSlices(files, ({ path, file }) => {
    if (!isHidden(path.slice(root))) seen.push(sourceOf({ path, file }));
  });
  return { name, files: seen };
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
