/** Paths within a folder or ZIP, and names as annotations write them. */

/** A pattern of how images' names end. Of formats, too, that can't be opened, so that their error says so; but a camera's raw files lie beside the photos that are meant. */
export const IMAGE_ENDING =
  '\\.(?:jpe?g|jpe|jfif|pjpeg|pjp|png|webp|avif|gif|bmp|tiff?|heic|heif|jxl|jp2|j2k|p[gpn]m|dcm)';
const IMAGE = new RegExp(`${IMAGE_ENDING}$`, 'i');

/** Longer than any file system allows; what a broken or hostile file calls a name can be megabytes long. */
export const MAX_PATH = 4096;

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

export const withoutExtension = (path: string): string => path.replace(/\.[^./]*$/, '');

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Without folders and extension, in the loosest form: what an image and its annotation have in common. */
export const stem = (path: string): string => LOOSEST(withoutExtension(baseName(normalPath(path))));

/** Whether a name promises an image; what the file is, its bytes say. */
export const isImagePath = (path: string): boolean => IMAGE.test(path);

export const isZipPath = (path: string): boolean => /\.zip$/i.test(path);

const SYSTEM_NAME =
  /(^|\/)(\.(?!\.?(\/|$))[^/]*|@eadir|#recycle|#snapshot|\$recycle\.bin|recycler|__macosx|system volume information)(\/|$)/i;
const SYSTEM_FILE = /(^|\/)(thumbs\.db|ehthumbs(_vista)?\.db|desktop\.ini)$/i;

/** What operating systems and network drives put beside a person's files: dot files, previews, what was thrown away. */
export const isHidden = (path: string): boolean => SYSTEM_NAME.test(path) || SYSTEM_FILE.test(path);

/** How much of all paths is the folder that was dropped or packed, which is meant whatever it is called. */
export function rootLength(paths: readonly string[]): number {
  const root = paths[0]?.slice(0, paths[0].indexOf('/') + 1) ?? '';
  return paths.every((path) => path.startsWith(root)) ? root.length : 0;
}

/** Accented letters as one character, `/` between folders: file systems and tools differ in both. */
export const normalPath = (path: string): string => path.normalize('NFC').replaceAll('\\', '/');

/** With `%C3%BC` read as `ü`; what is no such code stays as it is. */
export function decoded(name: string): string {
  return name.replace(/(?:%[0-9a-f]{2})+/gi, (codes) => {
    try {
      return decodeURIComponent(codes).normalize('NFC');
    } catch {
      return codes;
    }
  });
}

/**
 * Forms in which two names are compared, from the strictest to the loosest: a looser one counts only where a stricter one
 * finds nothing, so that `a%20b`, `a b` and `A B` are three files where there are three.
 */
export const FORMS: readonly ((path: string) => string)[] = [
  (path) => path,
  decoded,
  (path) => decoded(path).toLowerCase(),
];

const LOOSEST = FORMS.at(-1)!;
