/** Files that may say something about photos and can't be used: a photo that one of them is about is not known to be good. */
import { homeOf, type FileIndex } from './file-index.js';
import type { JsonFile } from './json.js';
import { maySayNames } from './class-names.js';
import { isUndecided, readText, type KnownFile } from './kind.js';
import { linesOf } from './labels.js';
import type { PairIndex } from './pairs.js';
import { isImagePath, withoutExtension } from './paths.js';
import type { SourceFile } from './types.js';

export interface Suspect {
  readonly file: SourceFile;
  /** The photos that it names, as far as that can be read; besides those it may be about the photo beside it. */
  readonly names: readonly string[];
  /** Whether it may be about any photo, if it is found to be about none. */
  readonly isOpen?: boolean;
}

/** Photos that files may be about, and whether there is a file that may be about any. */
export interface Suspected {
  readonly photos: Set<SourceFile>;
  readonly isOpen: boolean;
}

/** A file that is neither format, or not readable. */
export function suspectJson(read: JsonFile): Suspect {
  // One that can be read is a list of photos, a setting or the like, unless it holds outlines, too.
  const isOpen = read.note !== undefined || OUTLINES.test(read.text);
  return { file: read.file, names: isOpen ? imageNamesIn(read.text) : [], isOpen };
}

const OUTLINES =
  /"(annotations?|shapes|regions|objects|segmentation|polygons?|points|bbox|bounding_?box|result|rle)"\s*:/i;

/** Whether it is Pascal VOC's, CVAT's or the like. */
export const isXml = ({ kind, head }: KnownFile): boolean =>
  kind === 'text' && /<annotations?[\s>]/i.test(head);

/** What cameras and editors put beside photos. */
const NO_ANNOTATION =
  /\.(cr[23]|nef|nrw|arw|sr2|dng|raf|orf|rw2|pef|srw|x3f|xmp|pp3|mov|mp4|avi|mts|wav|thm|psd|xcf|pdf|docx?|pptx?|od[tp]|pt|pth|onnx|html?|md|py)$/i;

function maySaySomething(one: KnownFile): boolean {
  const { kind, file, head } = one;
  if (isUndecided(one) || kind === 'archive') return true;
  if (NO_ANNOTATION.test(file.path)) return false;
  // An empty text says that there is nothing.
  const isEmptyText = head.trim() === '' && /\.txt$/i.test(file.path);
  return kind === 'zip' || kind === 'other' || (kind === 'text' && !isEmptyText);
}

/** Those that are no JSON. @param labels files that are read, or said something of by themselves */
export async function otherSuspects(
  known: readonly KnownFile[],
  labels: readonly SourceFile[],
): Promise<Suspect[]> {
  const own = new Set(labels);
  const suspects = known.filter((one) => !own.has(one.file) && maySaySomething(one));
  return Promise.all(
    suspects.map(async (one): Promise<Suspect> => {
      const { file, kind } = one;
      if (maySayNames(file.path)) return { file, names: [] };
      const isArchive = kind === 'zip' || kind === 'archive';
      const isOpen = isXml(one) || isUndecided(one) || isArchive;
      const isText = kind === 'text' || isUndecided(one);
      if (!isText || one.error !== undefined || (file.size ?? 0) > MAX_BYTES)
        return { file, names: [], isOpen };
      // UTF-16 without its mark looks like this.
      const text = (await readText(file).catch(() => '')).replaceAll('\0', '');
      return { file, names: isOpen ? imageNamesIn(text) : namesInTable(text), isOpen };
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

const BETWEEN = /[,;\t|"'<>]+/;
const NAME = /^.*?\.(?:jpe?g|jpe|jfif|png|webp|avif|gif|bmp|tiff?|hei[cf])(?=\s|$)/i;

/** Photos that lines name, and say more of: lines of nothing but a name are a list of photos. */
function namesInTable(text: string): string[] {
  const names = new Set<string>();
  for (const line of linesOf(text)) {
    const fields = line.split(BETWEEN).map((field) => field.trim());
    if (fields.length === 1 && isImagePath(fields[0]!)) continue;
    for (const field of fields) {
      const name = NAME.exec(field)?.[0];
      if (name !== undefined) names.add(name);
    }
  }
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
export function suspectedPhotos(suspects: readonly Suspect[], index: FileIndex, pairs: PairIndex): Suspected {
  const photos = new Set<SourceFile>();
  let isAnyOpen = false;
  for (const { file, names, isOpen = false } of suspects) {
    const named = names.flatMap((name) => {
      const found = index.find(name, homeOf(file));
      return found?.file ? [found.file] : (found?.candidates ?? []);
    });
    const about = [...besides(file, pairs), ...named];
    for (const photo of about) photos.add(photo);
    if (isOpen && about.length === 0) isAnyOpen = true;
  }
  return { photos, isOpen: isAnyOpen };
}

/** Those of the same name, be it with several extensions: `a.txt.gz`, `a.jpg.json`. */
function besides({ path }: Pick<SourceFile, 'path'>, pairs: PairIndex): readonly SourceFile[] {
  const found = pairs.find({ path });
  const shorter = withoutExtension(path);
  return found.length > 0 || shorter === path ? found : besides({ path: shorter }, pairs);
}
