/** Pictures of outlines among the photos: no parts, and a word about the photos that they belong to. */
import { appendTo } from '../core/append-to.js';
import { withoutKinds } from './file-index.js';
import { inSlices } from './in-slices.js';
import { foldersIn, isMask, MASK_ENDING, MASK_FOLDER } from './mask-path.js';
import { folderOf, normalPath, stem } from './paths.js';
import type { SourceFile } from './types.js';

/** These hold photos as well. */
const MIXED = /^(labels?|annotations?|anns?)$/i;
/** What keeps the values of its pixels. */
const EXACT = /\.(png|bmp|tiff?|gif)$/i;

const mayBeMask = (path: string): boolean =>
  isMask(path) || (EXACT.test(path) && foldersIn(path).some((folder) => MIXED.test(folder)));

/**
 * The photos, the masks of some of them, and those that may be outlined by one. @param arrays masks that are no pictures
 */
export async function splitMasks(
  pictures: readonly SourceFile[],
  arrays: readonly SourceFile[],
): Promise<{
  readonly photos: readonly SourceFile[];
  readonly masks: readonly SourceFile[];
  /** Of the photos those that seem to be masks of none of them. */
  readonly strays: ReadonlySet<SourceFile>;
  /** With the paths of these. */
  readonly outlined: ReadonlyMap<SourceFile, string>;
}> {
  const byStem = new Map<string, SourceFile[]>();
  const suspects: SourceFile[] = [];
  await inSlices(pictures, (file) => {
    if (mayBeMask(file.path)) suspects.push(file);
    else appendTo(byStem, stem(file.path), file);
  });
  const outlined = new Map<SourceFile, string>();
  const masks = new Set<SourceFile>(arrays);
  const strays = new Set<SourceFile>();
  await inSlices([...suspects, ...arrays.filter(({ path }) => mayBeMask(path))], (file) => {
    const own = stem(file.path);
    const alike = byStem.get(own.replace(MASK_ENDING, '')) ?? byStem.get(own) ?? [];
    if (alike.length > 0) masks.add(file);
    // Where all lie among labels, they are the photos.
    else if (isMask(file.path) || byStem.size > 0) strays.add(file);
    const near = alike.filter((photo) => isOfFolder(photo, file));
    for (const photo of near.length > 0 ? near : alike) outlined.set(photo, file.path);
  });
  // Of `a.png` beside `a.jpg` nobody knows which is the part.
  await inSlices(byStem.values(), (alike) => {
    for (const file of alike.filter(({ path }) => EXACT.test(path))) {
      const beside = alike.filter(({ path }) => !EXACT.test(path) && folderOf(path) === folderOf(file.path));
      for (const one of beside) {
        outlined.set(one, file.path);
        outlined.set(file, one.path);
      }
    }
  });
  const photos = pictures.filter((file) => !masks.has(file));
  return { photos, masks: [...masks], strays, outlined };
}

/** Whether the folders agree, but for those that say what is in them; one path may begin further up. */
function isOfFolder(photo: SourceFile, mask: SourceFile): boolean {
  const [a, b] = [photo, mask].map(({ path }) => {
    const folders = folderOf(withoutKinds(normalPath(path))).split('/');
    return `/${folders.filter((folder) => !MASK_FOLDER.test(folder)).join('/')}`;
  }) as [string, string];
  return a.endsWith(b) || b.endsWith(a);
}
