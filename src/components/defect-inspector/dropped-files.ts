/** Files as the browser hands them over: dropped, in folders too, or pasted. */
import { kindsOf, type KnownFile } from '../../datasets/kind.js';
import { sourceOf } from '../../datasets/source-of.js';
import { isHidden } from '../../datasets/paths.js';
import { trustedForParsing } from '../../detector/trusted-types.js';
import { text } from '../../messages/text.js';
import type { Drop, DroppedFile } from '../../workbench/intake/intake.js';
import { watchOf, type LookWatch } from '../../workbench/intake/looking.js';
import { inNaturalOrder } from '../../workbench/intake/natural-order.js';
import { UnreadableFile } from '../../workbench/intake/unreadable-file.js';

export const hasFiles = (transfer: DataTransfer | null): transfer is DataTransfer =>
  transfer?.types.includes('Files') ?? false;

/**
 * The files of a drop, folders included. What can't be read is one file that fails, and doesn't stop the others.
 * Entries are asked for at once: the browser forgets them as soon as anything is awaited.
 * @throws the reason of the watch's signal
 */
export function readDrop(transfer: DataTransfer, watch?: LookWatch): Promise<Drop> {
  const dropped = Array.from(transfer.items, (item) => ({
    entry: 'webkitGetAsEntry' in item ? item.webkitGetAsEntry() : null,
    file: item.kind === 'file' ? item.getAsFile() : null,
  }));
  return readEntries(dropped, watch);
}

interface DroppedEntry {
  readonly entry: FileSystemEntry | null;
  readonly file: File | null;
}

async function readEntries(dropped: readonly DroppedEntry[], watch?: LookWatch): Promise<Drop> {
  const folder = dropped.find(({ entry }) => entry?.isDirectory)?.entry;
  const name = folder?.name ?? text.photos.dropped;
  const known = new Map<File, KnownFile>();
  const all: DroppedFile[] = [];
  const files: File[] = [];
  for (const { entry, file } of dropped) {
    if (entry?.isDirectory) {
      const inside = await folderFiles(entry as FileSystemDirectoryEntry, entry.name, (done) => {
        watch?.signal.throwIfAborted();
        watch?.tell({ name, what: 'files', done: all.length + done, total: 0 });
      });
      // Their bytes say what they are; those that can't be read are among the photos, so that somebody says so.
      const kinds = await kindsOf(inside.map(sourceOf), watchOf(watch, name, inside.length));
      for (const [i, one] of inside.entries()) {
        known.set(one.file, kinds[i]!);
        all.push(one);
        if (['photo', 'unreadable'].includes(kinds[i]!.kind)) files.push(one.file);
      }
    } else if (file) {
      all.push({ path: file.name, file });
      files.push(file);
    }
  }
  return { name, files, all, known };
}

/** So many files of a folder are asked for side by side. */
const AT_ONCE = 32;

/** @param tell hears how many there are so far; what it throws ends it */
async function folderFiles(
  folder: FileSystemDirectoryEntry,
  path: string,
  tell: (files: number) => void,
): Promise<DroppedFile[]> {
  let entries: FileSystemEntry[];
  try {
    entries = await folderEntries(folder);
  } catch {
    const again = async () =>
      Promise.reject(new DOMException('The folder could not be read.', 'NotReadableError'));
    return [{ path, file: new UnreadableFile(folder.name, again) }];
  }
  // The folder that was dropped is meant, whatever it is called.
  const seen = entries.filter(({ name }) => !isHidden(name));
  const files: DroppedFile[] = [];
  for (let i = 0; i < seen.length; i += AT_ONCE) {
    tell(files.length);
    const part = seen.slice(i, i + AT_ONCE);
    const own = await Promise.all(
      part.map(async (entry) => (entry.isDirectory ? undefined : fileOf(entry as FileSystemFileEntry))),
    );
    for (const [place, entry] of part.entries()) {
      const [file, inside] = [own[place], `${path}/${entry.name}`];
      if (file) {
        files.push({ path: inside, file });
        continue;
      }
      const before = files.length;
      const more = await folderFiles(entry as FileSystemDirectoryEntry, inside, (done) =>
        tell(before + done),
      );
      // One by one: a folder may hold more than a call takes arguments.
      for (const one of more) files.push(one);
    }
  }
  return files;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  const read = () => new Promise<File>((resolve, reject) => entry.file(resolve, reject));
  return read().catch(() => new UnreadableFile(entry.name, read));
}

/** A reader gives at most 100 entries at a time, and an empty list at the end. */
async function folderEntries(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) break;
    all.push(...some);
  }
  return inNaturalOrder(all);
}

/** Addresses of pictures in a drop without files: of a picture that was dragged, else of a link. */
export function droppedAddresses(transfer: DataTransfer): string[] {
  const page = new DOMParser().parseFromString(trustedForParsing(transfer.getData('text/html')), 'text/html');
  const pictures = Array.from(page.images, ({ src }) => src);
  const links = transfer
    .getData('text/uri-list')
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#'));
  const isFetched = (address: string): boolean => /^(https?|blob|data):/i.test(address);
  const found = pictures.filter(isFetched);
  return [...new Set(found.length > 0 ? found : links.filter(isFetched))];
}

/** Pasted pictures all have the same name: the time tells them apart. */
export function pastedFiles({ files }: DataTransfer, now: Date = new Date()): File[] {
  const time = now.toTimeString().slice(0, 8).replaceAll(':', '.');
  return Array.from(files, (file) =>
    file.name === 'image.png' ? new File([file], text.photos.pasted({ time }), { type: file.type }) : file,
  );
}
