/** Files that may say something about photos and can't be used: a photo that one of them is about is not known to be good. */
import { maySayNames } from './class-names.js';
import type { Note } from './errors.js';
import { homeOf, type FileIndex } from './file-index.js';
import { noteOf, type JsonFile } from './json.js';
import { isDamagedText, type KnownFile } from './kind.js';
import { isMask } from './mask-path.js';
import { linesOf, readLabel } from './labels.js';
import type { Ledger } from './ledger.js';
import type { PairIndex } from './pairs.js';
import { IMAGE_ENDING, isImagePath, withoutExtension } from './paths.js';
import type { SourceFile } from './types.js';

export interface Suspect {
  readonly file: SourceFile;
  /** The photos that it names, as far as that can be read; besides those it may be about the photo beside it. */
  readonly names: readonly string[];
  /** Whether it may be about any photo, if it is found to be about none. */
  readonly isOpen?: boolean;
}

/** Photos that files may be about, and a file that may be about any, if there is one. */
export interface Suspected {
  /** Each with the path of the first such file. */
  readonly photos: ReadonlyMap<SourceFile, string>;
  readonly open: string | undefined;
}

/** A file that is neither format, or not readable. */
export function suspectJson(read: JsonFile): Suspect {
  // One that can be read is a list of photos, a setting or the like, unless it holds outlines, too.
  const isOpen = read.note !== undefined || OUTLINES.test(read.text) || DATA.test(read.file.path);
  return { file: read.file, names: isOpen ? imageNamesIn(read.text) : [], isOpen };
}

const OUTLINES =
  /"(annotations?|shapes|regions|objects|segmentation|polygons?|points|bbox|bounding_?box|result|rle)"\s*:/i;

/** Words of tables of outlines or boxes, as VIA's, TensorFlow's and Kaggle's. */
const IN_TABLE = /\b(region_shape_attributes|x_?min|bbox|segmentation|polygons?|encoded_?pixels|rle)\b/i;

/** Whether a file seems to hold annotations of some kind, read or not. @param beginning of its text */
export function seemsToAnnotate(one: KnownFile, beginning: string): boolean {
  if (one.kind === 'json') return OUTLINES.test(beginning);
  return whyUnused(one)?.reason === 'xml' || (one.kind === 'text' && IN_TABLE.test(beginning));
}

/** What cameras and editors put beside photos. */
const NO_ANNOTATION =
  /\.(cr[23]|nef|nrw|arw|sr2|dng|raf|orf|rw2|pef|srw|x3f|xmp|pp3|mov|mp4|avi|mts|wav|thm|psd|xcf|pdf|docx?|pptx?|od[tp]|pt|pth|onnx|html?|md|py)$/i;

/** What programs keep annotations in, among other things. */
const DATA = /\.(parquet|arrow|feather|pkl|pickle|mat|tfrecords?|h5|hdf5|npz|ndjson|jsonl)$/i;

/** Why a file is not used that may hold annotations of any photo, as far as its beginning tells. */
export function whyUnused(one: KnownFile): Note | undefined {
  const { kind, file, head, error } = one;
  if (error !== undefined) return noteOf(error);
  if (kind === 'archive') return { reason: 'archive-within' };
  if (isDamagedText(one)) return { reason: 'not-text' };
  if (DATA.test(file.path) && !isMask(file.path)) return { reason: 'data-within' };
  if (NO_ANNOTATION.test(file.path)) return undefined;
  // Pascal VOC's, CVAT's or the like.
  if (kind === 'text' && /<annotations?[\s>]/i.test(head)) return { reason: 'xml' };
  return kind === 'zip' ? { reason: 'zip-within' } : undefined;
}

/** Whether a file is of a kind that holds no annotations, by its name. */
export const isNoAnnotation = (path: string): boolean => NO_ANNOTATION.test(path);

function maySaySomething(one: KnownFile): boolean {
  const { kind, file, head } = one;
  if (kind === 'photo' || kind === 'json') return false;
  if (whyUnused(one)) return true;
  // An empty text says that there is nothing.
  const isEmptyText = kind === 'text' && head.trim() === '' && /\.txt$/i.test(file.path);
  return !isEmptyText && !NO_ANNOTATION.test(file.path);
}

/**
 * Those that are no JSON. One that turns out not to be readable is listed.
 * @param labels files that are read, or said something of by themselves
 */
export async function otherSuspects(
  known: readonly KnownFile[],
  labels: readonly SourceFile[],
  ledger: Ledger,
): Promise<Suspect[]> {
  const own = new Set(labels);
  const suspects: Suspect[] = [];
  for (const one of known) {
    if (!own.has(one.file) && maySaySomething(one)) suspects.push(await suspectOf(one, ledger));
  }
  return suspects;
}

async function suspectOf(one: KnownFile, ledger: Ledger): Promise<Suspect> {
  const { file, kind } = one;
  if (maySayNames(file.path)) return { file, names: [] };
  const isOpen = whyUnused(one) !== undefined;
  if (kind !== 'text' && !isDamagedText(one)) return { file, names: [], isOpen };
  const { text, note } = await readLabel(file);
  if (note && !isOpen) ledger.list(note, file.path);
  // UTF-16 without its mark looks like this.
  const plain = text.replaceAll('\0', '');
  const names = isOpen ? imageNamesIn(plain) : namesInTable(plain);
  return { file, names, isOpen: isOpen || note !== undefined };
}

/** What is called like an image between quotes or tags; of JSON with its escapes. */
const NAMES = new RegExp(`["'>]([^"'<>\\n]{1,4000}?${IMAGE_ENDING})["'<]`, 'gi');

function imageNamesIn(text: string): string[] {
  const names = new Set(Array.from(text.matchAll(NAMES), ([, name]) => unescaped(name!)));
  return [...names];
}

const BETWEEN = /[,;\t|"'<>]+/;
const NAME = new RegExp(`^.*?${IMAGE_ENDING}(?=\\s|$)`, 'i');

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
  const photos = new Map<SourceFile, string>();
  let open: string | undefined;
  for (const { file, names, isOpen = false } of suspects) {
    const named = names.flatMap((name) => {
      const found = index.find(name, homeOf(file));
      return found?.file ? [found.file] : (found?.candidates ?? []);
    });
    const about = [...besides(file, pairs), ...named];
    for (const photo of about) if (!photos.has(photo)) photos.set(photo, file.path);
    if (isOpen && about.length === 0) open ??= file.path;
  }
  return { photos, open };
}

/** Those of the same name, be it with several extensions: `a.txt.gz`, `a.jpg.json`. */
function besides({ path }: Pick<SourceFile, 'path'>, pairs: PairIndex): readonly SourceFile[] {
  const found = pairs.find({ path });
  const shorter = withoutExtension(path);
  return found.length > 0 || shorter === path ? found : besides({ path: shorter }, pairs);
}
