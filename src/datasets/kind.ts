/** What a file is, by its first bytes. */
import { archiveFormat } from '../core/archive.js';
import { readImageHeader } from '../core/photo/image-header.js';
import { inSlices, type Watch } from './in-slices.js';
import { isImagePath, isZipPath } from './paths.js';
import type { SourceFile } from './types.js';

/**
 * `archive`: of another kind than ZIP; `text` is also an empty file; `unreadable`: its bytes can't be had, and a name is all that there
 * is to go by.
 */
export type Kind = 'photo' | 'json' | 'text' | 'zip' | 'archive' | 'other' | 'unreadable';

/** So many bytes tell what a file is. */
const HEAD = 4096;
/** Files whose bytes are fetched side by side. */
const AT_ONCE = 32;

/** The first bytes of a file, or all of it where it is shorter. */
export async function headOf(file: SourceFile, bytes: number): Promise<Uint8Array> {
  if (file.head) return file.head(bytes);
  return new Uint8Array(await (await file.blob()).slice(0, bytes).arrayBuffer());
}

/** A file and what it is. */
export interface KnownFile {
  readonly file: SourceFile;
  readonly kind: Kind;
  /** The beginning of a text; '' of anything else. */
  readonly head: string;
  /** Why its bytes can't be had. */
  readonly error?: unknown;
}

/** Whether a file is called like annotations, but holds no text. */
export const isDamagedText = ({ file, kind }: Pick<KnownFile, 'file' | 'kind'>): boolean =>
  kind === 'other' && /\.(txt|json|xml)$/i.test(file.path);

/** Whether a file may hold annotations that nobody can read. */
export const isUndecided = (known: KnownFile): boolean => known.kind === 'unreadable' || isDamagedText(known);

/** Looks into every file, in their order. @throws the reason of the signal, once it is aborted */
export async function kindsOf(
  files: readonly SourceFile[],
  { onProgress, signal }: Watch = {},
): Promise<KnownFile[]> {
  const known: KnownFile[] = [];
  const starts = Array.from({ length: Math.ceil(files.length / AT_ONCE) }, (_, i) => i * AT_ONCE);
  // Of what can't be read, or is in memory, the thread would not be let go.
  const look32 = async (start: number) => {
    known.push(...(await Promise.all(files.slice(start, start + AT_ONCE).map(look))));
  };
  await inSlices(starts, look32, { signal, onProgress: onProgress && (() => onProgress(known.length)) });
  return known;
}

async function look(file: SourceFile): Promise<KnownFile> {
  try {
    const bytes = await headOf(file, HEAD);
    const kind = kindOf(bytes, file.path);
    const isText = kind === 'text' || kind === 'json';
    return { file, kind, head: isText ? decodeText(bytes) : '' };
  } catch (error) {
    return { file, kind: isImagePath(file.path) ? 'photo' : 'unreadable', head: '', error };
  }
}

/** @param bytes the first ones of the file */
export function kindOf(bytes: Uint8Array, path: string): Kind {
  // What only calls itself a photo is inspected as well, so that its error can say what is wrong with it.
  if (readImageHeader(bytes) || isImagePath(path)) return 'photo';
  const archive = archiveFormat(bytes);
  // A ZIP may have something before it; what is none, though it is called one, is refused as such.
  if (archive === 'ZIP' || (archive === undefined && isZipPath(path))) return 'zip';
  if (archive !== undefined) return 'archive';
  const text = beginning(bytes);
  if (text === undefined) return 'other';
  // YAML may begin with a brace, too; and what calls itself JSON is read as such, so that its error can say what is wrong.
  const isJson = /\.json$/i.test(path) || (/^\s*[{[]/.test(text) && !/\.ya?ml$/i.test(path));
  return isJson ? 'json' : 'text';
}

/** Undefined where it is no text. */
function beginning(bytes: Uint8Array): string | undefined {
  const text = decodeText(bytes).slice(0, 1024);
  // eslint-disable-next-line no-control-regex -- Characters that no text holds.
  return /[\0-\x08\x0e-\x1a]/.test(text) ? undefined : text;
}

/** Text as UTF-8 or, with a byte order mark, as UTF-16; what is no valid UTF-8 is Windows' Western one. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    // A head may end within a character, which isn't a fault while more may come.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** A file's text. */
export async function readText(file: SourceFile): Promise<string> {
  const all = async () => new Uint8Array(await (await file.blob()).arrayBuffer());
  return decodeText(await (file.bytes?.() ?? all()));
}
