/** Paths within a folder or ZIP. */
import type { SourceFile } from './types.js';

const IMAGE = /\.(jpe?g|png|webp|avif|gif|bmp|tiff?|heic|heif)$/i;

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Without folders and extension, in lower case: what an image and its annotation have in common. */
export const stem = (path: string): string =>
  baseName(path)
    .replace(/\.[^.]*$/, '')
    .toLowerCase();

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

export const isImagePath = (path: string): boolean => IMAGE.test(path);

/** What operating systems put beside a person's files. */
export const isHidden = (path: string): boolean => /(^|\/)(\.|__MACOSX(\/|$)|Thumbs\.db$)/.test(path);

/** Finds files by the names that annotations give them, which may begin at another folder. */
export class FileIndex {
  private readonly byName = new Map<string, SourceFile[]>();

  constructor(files: readonly SourceFile[]) {
    for (const file of files) {
      const name = baseName(file.path).toLowerCase();
      const same = this.byName.get(name);
      if (same) same.push(file);
      else this.byName.set(name, [file]);
    }
  }

  /** The file of that name; where several have it, the one that shares most of the path. */
  find(path: string): SourceFile | undefined {
    const wanted = segments(path);
    const candidates = this.byName.get(wanted.at(-1) ?? '') ?? [];
    let best: SourceFile | undefined;
    let most = 0;
    for (const file of candidates) {
      const shared = sharedEnd(segments(file.path), wanted);
      if (shared > most) [best, most] = [file, shared];
    }
    return best;
  }
}

/** Windows' tools write backslashes. */
const segments = (path: string): string[] => path.toLowerCase().split(/[\\/]/);

function sharedEnd(a: readonly string[], b: readonly string[]): number {
  let shared = 0;
  while (shared < Math.min(a.length, b.length) && a.at(-1 - shared) === b.at(-1 - shared)) shared++;
  return shared;
}
