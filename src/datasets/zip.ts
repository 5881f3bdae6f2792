import { unzipRaw, type ZipEntry } from 'unzipit';
import { crc32Of } from './blob-crc32.js';
import { DatasetError, type Note } from './errors.js';
import { isHidden, MAX_PATH, normalPath, rootLength } from './paths.js';
import type { Source, SourceFile } from './types.js';
import { archiveIn, isEntryAt, type Archive } from './zip-end.js';

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
  const { entries } = await unzipRaw(archive.zip).catch((cause: unknown) => {
    const isEncrypted = cause instanceof Error && cause.message.includes('encryption');
    throw new DatasetError(isEncrypted ? { reason: 'zip-encrypted' } : noZip, { cause });
  });
  if (await holdsMore(archive, entries))
    throw new DatasetError({ reason: 'zip-count', params: { source: name } });
  if (entries.length > MAX_ENTRIES)
    throw new DatasetError({ reason: 'zip-too-many', params: { source: name } });
  const named = entries.map((entry) => ({ entry, path: pathOf(entry) }));
  const root = rootLength(named.map(({ path }) => path));
  // Some packers write folders with backslashes.
  const files = named.filter(({ path }) => path !== '' && !path.endsWith('/') && !isHidden(path.slice(root)));
  const counts = new Map<string, number>();
  for (const { path } of files) counts.set(path, (counts.get(path) ?? 0) + 1);
  return {
    name,
    files: files.map(({ entry, path }) => toFile(entry, path, counts.get(path)! > 1)),
  };
}

/** Whether the directory is longer than the entries that were read: of more than 65,535 some packers count the rest alone. */
async function holdsMore({ zip, directory }: Archive, entries: readonly ZipEntry[]): Promise<boolean> {
  const read = entries.reduce((sum, entry) => sum + sizeInDirectory(entry), 0);
  // What follows may also be a signature of the whole.
  return read < directory.size && isEntryAt(zip, directory.start + read);
}

function sizeInDirectory(entry: ZipEntry): number {
  const { fileNameLength, extraFieldLength, fileCommentLength } = rawOf(entry);
  return 46 + fileNameLength + extraFieldLength + fileCommentLength;
}

type RawEntry = Readonly<
  Record<'crc32' | 'fileNameLength' | 'extraFieldLength' | 'fileCommentLength', number>
>;

/** What the directory says of an entry and unzipit keeps to itself. */
const rawOf = (entry: ZipEntry): RawEntry => (entry as unknown as { readonly _rawEntry: RawEntry })._rawEntry;

function toFile(entry: ZipEntry, path: string, isDouble: boolean): SourceFile {
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
    blob: () => guarded(() => intact(entry)),
    head: (bytes) => guarded(() => headOf(entry, bytes)),
  };
}

/** The whole entry, as it was packed. unzipit compares its size alone. */
async function intact(entry: ZipEntry): Promise<Blob> {
  const blob = await entry.blob();
  if ((await crc32Of(blob)) !== rawOf(entry).crc32) throw new Error('The checksum differs.');
  return blob;
}

/** What Unix writes into an entry that is a link: its mode's kind. */
const LINK = 0o12;

/** Why an entry can't be read. */
function whyNot(
  { encrypted, compressionMethod: method, size, compressedSize, externalFileAttributes }: ZipEntry,
  path: string,
): Note | undefined {
  if (encrypted) return { reason: 'zip-encrypted' };
  if (externalFileAttributes >>> 28 === LINK) return { reason: 'zip-link' };
  if (method !== 0 && method !== 8) return { reason: 'zip-method', params: { method } };
  const isBomb = size > RATIO_COUNTS_FROM && size > compressedSize * MAX_RATIO;
  if (size > MAX_BYTES || isBomb) return { reason: 'file-too-large' };
  return path.length > MAX_PATH ? { reason: 'name-too-long' } : undefined;
}

/** Unpacks no more than is asked for. */
async function headOf(entry: ZipEntry, bytes: number): Promise<Uint8Array> {
  if (entry.compressionMethod === 0) {
    return new Uint8Array(await (await entry.blob()).slice(0, bytes).arrayBuffer());
  }
  const reader = (await entry.stream()).getReader();
  const head = new Uint8Array(Math.min(bytes, entry.size));
  let filled = 0;
  try {
    while (filled < head.length) {
      const { done, value } = await reader.read();
      if (done) break;
      head.set(value.subarray(0, head.length - filled), filled);
      filled += Math.min(value.length, head.length - filled);
    }
  } finally {
    // What lies behind it doesn't matter, nor whether it is damaged.
    await reader.cancel().catch(() => undefined);
  }
  return head.subarray(0, filled);
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
