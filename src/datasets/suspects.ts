/** Files that may say something about photos and can't be used: a photo that one of them is about is not known to be good. */
import { homeOf, type FileIndex } from './file-index.js';
import type { JsonFile } from './json.js';
import { isUndecided, readText, type KnownFile } from './kind.js';
import type { PairIndex } from './pairs.js';
import type { SourceFile } from './types.js';

export interface Suspect {
  readonly file: SourceFile;
  /** The photos that it names, as far as that can be read; besides those it may be about the photo beside it. */
  readonly names: readonly string[];
}

/** A file that is neither format, or not readable. */
export const suspectJson = (read: JsonFile): Suspect => ({
  file: read.file,
  // One that can be read is a list of photos, a setting or the like, unless it holds outlines, too.
  names: read.note || OUTLINES.test(read.text) ? imageNamesIn(read.text) : [],
});

const OUTLINES =
  /"(annotations?|shapes|regions|objects|segmentation|polygons?|points|bbox|bounding_?box|result|rle)"\s*:/i;

/** Whether it is Pascal VOC's, CVAT's or the like. */
export const isXml = ({ kind, head }: KnownFile): boolean =>
  kind === 'text' && /<annotations?[\s>]/.test(head);

/** Those that are no JSON. */
export async function otherSuspects(known: readonly KnownFile[]): Promise<Suspect[]> {
  const suspects = known.filter((one) => isXml(one) || isUndecided(one));
  return Promise.all(
    suspects.map(async ({ file, error }) => {
      if (error !== undefined || (file.size ?? 0) > MAX_BYTES) return { file, names: [] };
      // UTF-16 without its mark looks like this.
      const text = (await readText(file).catch(() => '')).replaceAll('\0', '');
      return { file, names: imageNamesIn(text) };
    }),
  );
}

const MAX_BYTES = 50e6;

/** What is called like an image between quotes or tags; of JSON with its escapes. */
const NAMES = /["'>]([^"'<>\n]{1,4000}?\.(?:jpe?g|jpe|jfif|png|webp|avif|gif|bmp|tiff?|hei[cf]))["'<]/gi;

function imageNamesIn(text: string): string[] {
  const names = new Set(Array.from(text.matchAll(NAMES), ([, name]) => unescaped(name!)));
  return [...names];
}

function unescaped(name: string): string {
  try {
    return JSON.parse(`"${name}"`) as string;
  } catch {
    return name;
  }
}

/** The photos that they are about, or may be. */
export function suspectedPhotos(
  suspects: readonly Suspect[],
  index: FileIndex,
  pairs: PairIndex,
): Set<SourceFile> {
  const suspected = new Set<SourceFile>();
  for (const { file, names } of suspects) {
    for (const photo of pairs.find(file)) suspected.add(photo);
    for (const name of names) {
      const found = index.find(name, homeOf(file));
      for (const photo of found?.file ? [found.file] : (found?.candidates ?? [])) suspected.add(photo);
    }
  }
  return suspected;
}
