import { DatasetError, type Note } from './errors.js';
import { inSlices } from './in-slices.js';
import { isHidden, MAX_PATH, normalPath, rootLength } from './paths.js';
import type { Source, SourceFile } from './types.js';
import { ZipBytes } from './zip-bytes.js';
import { unpacked, unpackedBytes, unpackedHead } from './zip-data.js';
import { readDirectory, type ZipEntry } from './zip-directory.js';
import { archiveIn, isEntryAt } from './zip-end.js';
import { shiftOf } from './zip-shift.js';

/** More files than anybody packs, and more than a page can list. */
const MAX_ENTRIES = 200_000;
/** A photo of the largest size that is inspected fits, uncompressed as it may be. */
const MAX_BYTES = 1e9;
/** Photos don't shrink so much, nor does text: such an entry is made to fill the memory. */
const MAX_RATIO = 250;
const RATIO_COUNTS_FROM = 50e6;

/**
 * A ZIP as a folder. Only its directory is read now, and each entry from its place in the file when it is asked for, so
 * that a ZIP of any size takes no memory.
 *
 * @throws {DatasetError} when it is no ZIP, a part of one, or damaged
 */
export async function zipSource(file: Blob, name: string): Promise<Source> {
  const noZip: Note = { reason: 'no-zip', params: { source: name } };
  const archive = await archiveIn(file);
  if (!archive) throw new DatasetError(noZip);
  const { zip, directory } = archive;
  if (directory.count > MAX_ENTRIES)
    throw new DatasetError({ reason: 'zip-too-many', params: { source: name } });
  const { entries, read } = await readDirectory(archive).catch((cause: unknown) => {
    throw new DatasetError(noZip, { cause });
  });
  // Of more than 65,535 some packers count the rest alone. What follows may also be a signature of the whole.
  if (read < directory.size && (await isEntryAt(zip, directory.start + read)))
    throw new DatasetError({ reason: 'zip-count', params: { source: name } });
  const shift = await shiftOf(zip, entries, directory.start);
  const named: { readonly entry: ZipEntry; readonly path: string }[] = [];
  await inSlices(entries, (one) => {
    const entry = shift === 0 ? one : { ...one, offset: one.offset + shift };
    named.push({ entry, path: pathOf(entry) });
  });
  const root = rootLength(named.map(({ path }) => path));
  const counts = new Map<string, number>();
  const kept: typeof named = [];
  await inSlices(named, (one) => {
    const { path, entry } = one;
    // Some packers write folders with backslashes. What holds something is none, whatever it is called.
    const isFolder = path === '' || (path.endsWith('/') && entry.size === 0);
    if (isFolder || isHidden(path.slice(root))) return;
    kept.push(one);
    counts.set(path, (counts.get(path) ?? 0) + 1);
  });
  const files: SourceFile[] = [];
  const bytes = new ZipBytes(zip);
  await inSlices(
    kept,
    ({ entry, path }) => void files.push(toFile(bytes, entry, path, counts.get(path)! > 1)),
  );
  return { name, files };
}

function toFile(zip: ZipBytes, entry: ZipEntry, path: string, isDouble: boolean): SourceFile {
  const note: Note | undefined = isDouble ? { reason: 'zip-same-name' } : whyNot(entry, path);
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    if (note) throw new DatasetError(note);
    try {
      return await work();
    } catch (cause) {
      throw new DatasetError({ reason: 'zip-entry-damaged' }, { cause });
    }
  };
  return {
    path,
    size: entry.size,
    blob: () => guarded(() => unpacked(zip, entry)),
    bytes: () => guarded(() => unpackedBytes(zip, entry)),
    head: (bytes) => guarded(() => unpackedHead(zip, entry, bytes)),
  };
}

/** What Unix writes into an entry that is a link: its mode's kind. */
const LINK = 0o12;

/** Why an entry can't be read. */
function whyNot(
  { isEncrypted, method, size, packedSize, attributes }: ZipEntry,
  path: string,
): Note | undefined {
  if (isEncrypted) return { reason: 'zip-encrypted' };
  if (attributes >>> 28 === LINK) return { reason: 'zip-link' };
  if (method !== 0 && method !== 8) return { reason: 'zip-method', params: { method } };
  const isBomb = size > RATIO_COUNTS_FROM && size > packedSize * MAX_RATIO;
  if (size > MAX_BYTES || isBomb) return { reason: 'file-too-large' };
  return path.length > MAX_PATH ? { reason: 'name-too-long' } : undefined;
}

/** One for all: a ZIP may have 200,000 names. */
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Names are UTF-8 where a flag says so, else code page 437 by ZIP's rule. macOS and many a Linux packer write UTF-8 without the
 * flag, so it is tried first, flag or not: a name in code page 437 that is valid UTF-8 by chance would need box-drawing characters
 * before each accented letter.
 */
function pathOf({ nameBytes }: ZipEntry): string {
  try {
    return plain(UTF8.decode(nameBytes));
  } catch {
    const letter = (byte: number): string => (byte < 128 ? String.fromCharCode(byte) : CP437[byte - 128]!);
    return plain(Array.from(nameBytes, letter).join(''));
  }
}

/** `./a//b` is `a/b`; a folder keeps the `/` at its end. */
const plain = (path: string): string =>
  normalPath(path)
    .split('/')
    .filter((part, i, { length }) => part !== '.' && (part !== '' || i === length - 1))
    .join('/');

/** From 128 on. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■ ';
