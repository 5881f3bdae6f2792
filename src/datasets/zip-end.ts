/** Where in a file its ZIP lies: some have a program before them, others a signature or what a download has added behind. */
import { DatasetError } from './errors.js';

const ENTRY = 0x02014b50;
const END = 0x06054b50;
const LARGE_END = 0x06064b50;
const LARGE_LOCATOR = 0x07064b50;

/** The end of a directory, without the comment that may follow. */
const END_BYTES = 22;
const MAX_COMMENT = 0xffff;
const LARGE_END_BYTES = 56;
const LARGE_LOCATOR_BYTES = 20;
/** What looks like an end may lie in a comment, or be made to keep us busy. */
const MAX_ENDS = 16;

export interface Archive {
  /** From the ZIP's own first byte to its last one. */
  readonly zip: Blob;
  /** In bytes of the ZIP, and how many entries it is said to have. */
  readonly directory: { readonly start: number; readonly size: number; readonly count: number };
}

/**
 * The ZIP in a file; undefined where there is none, or where its beginning or its end is missing.
 *
 * @throws {DatasetError} where it is one of several parts
 */
export async function archiveIn(file: Blob): Promise<Archive | undefined> {
  const from = Math.max(0, file.size - END_BYTES - MAX_COMMENT);
  const tail = await bytesOf(file, from, file.size - from);
  let ends = 0;
  let empty: Archive | undefined;
  for (let at = tail.byteLength - END_BYTES; at >= 0 && ends < MAX_ENDS; at--) {
    if (tail.getUint32(at, true) !== END) continue;
    ends++;
    const archive = await archiveBefore(file, from + at, new DataView(tail.buffer, at, END_BYTES));
    // A comment may hold what looks like the end of an empty one.
    if (archive && archive.directory.count > 0) return archive;
    empty ??= archive;
  }
  return empty;
}

interface Directory {
  readonly count: number;
  readonly size: number;
  /** From the ZIP's own first byte, as it says. */
  readonly offset: number;
  /** In the file. */
  readonly end: number;
}

async function archiveBefore(file: Blob, at: number, end: DataView): Promise<Archive | undefined> {
  if (end.getUint16(4, true) !== 0) throw new DatasetError({ reason: 'zip-split' });
  const last = at + END_BYTES + end.getUint16(20, true);
  if (last > file.size) return undefined;
  const small = {
    count: end.getUint16(10, true),
    size: end.getUint32(12, true),
    offset: end.getUint32(16, true),
    end: at,
  };
  const isLarge = small.count === 0xffff || small.offset === 0xffffffff;
  const directory = isLarge ? await largeDirectory(file, at) : small;
  if (!directory) return undefined;
  const { count, size, offset } = directory;
  // It ends where it is told of; where a signature lies between, it begins where it says.
  for (const start of [directory.end - size, offset]) {
    if (start < offset || (count > 0 && !(await isAt(file, start, ENTRY)))) continue;
    const isAll = start === offset && last === file.size;
    const zip = isAll ? file : file.slice(start - offset, last);
    return { zip, directory: { start: offset, size, count } };
  }
  return undefined;
}

/** Of a ZIP that is large, or may be. @param at where the end of a small one lies */
async function largeDirectory(file: Blob, at: number): Promise<Directory | undefined> {
  const locator = at - LARGE_LOCATOR_BYTES;
  if (!(await isAt(file, locator, LARGE_LOCATOR))) return undefined;
  const said = toNumber(await bytesOf(file, locator + 8, 8), 0);
  for (const end of [locator - LARGE_END_BYTES, said]) {
    if (!(await isAt(file, end, LARGE_END))) continue;
    const bytes = await bytesOf(file, end, LARGE_END_BYTES);
    if (bytes.byteLength < LARGE_END_BYTES) continue;
    return { count: toNumber(bytes, 32), size: toNumber(bytes, 40), offset: toNumber(bytes, 48), end };
  }
  return undefined;
}

/** Whether another entry follows at that place of a ZIP. */
export const isEntryAt = (zip: Blob, at: number): Promise<boolean> => isAt(zip, at, ENTRY);

export async function isAt(file: Blob, at: number, signature: number): Promise<boolean> {
  if (at < 0) return false;
  const bytes = await bytesOf(file, at, 4);
  return bytes.byteLength === 4 && bytes.getUint32(0, true) === signature;
}

export const bytesOf = async (file: Blob, start: number, count: number): Promise<DataView> =>
  new DataView(await file.slice(start, start + count).arrayBuffer());

const toNumber = (bytes: DataView, at: number): number => Number(bytes.getBigUint64(at, true));
