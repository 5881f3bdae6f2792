/** Files as the browser hands them over: dropped, in folders too, or pasted. */
import { kindsOf } from '../../datasets/kind.js';
import { isHidden } from '../../datasets/paths.js';
import { trustedForParsing } from '../../detector/trusted-types.js';
import { text } from '../../messages/text.js';
import type { Drop, DroppedFile } from '../../workbench/intake/intake.js';
import { inNaturalOrder } from '../../workbench/intake/natural-order.js';
import { UnreadableFile } from '../../workbench/intake/unreadable-file.js';

export const hasFiles = (transfer: DataTransfer | null): transfer is DataTransfer =>
  transfer?.types.includes('Files') ?? false;

/**
 * The files of a drop, folders included. What can't be read is one file that fails, and doesn't stop the others.
 * Entries are asked for at once: the browser forgets them as soon as anything is awaited.
 */
export function readDrop(transfer: DataTransfer): Promise<Drop> {
  const dropped = Array.from(transfer.items, (item) => ({
    entry: 'webkitGetAsEntry' in item ? item.webkitGetAsEntry() : null,
    file: item.kind === 'file' ? item.getAsFile() : null,
  }));
  return readEntries(dropped);
}

interface DroppedEntry {
  readonly entry: FileSystemEntry | null;
  readonly file: File | null;
}

async function readEntries(dropped: readonly DroppedEntry[]): Promise<Drop> {
  const lists = await Promise.all(
    dropped.map(async ({ entry, file }) => {
      if (entry?.isDirectory) {
        const all = await folderFiles(entry as FileSystemDirectoryEntry, entry.name);
        return { all, files: await photosAmong(all) };
      }
      return file ? { all: [{ path: file.name, file }], files: [file] } : { all: [], files: [] };
    }),
  );
  const folder = dropped.find(({ entry }) => entry?.isDirectory)?.entry;
  return {
    name: folder?.name ?? text.photos.dropped,
    files: lists.flatMap(({ files }) => files),
    all: lists.flatMap(({ all }) => all),
  };
}

/** Their bytes say what they are; those that can't be read are among them, so that somebody says so. */
async function photosAmong(all: readonly DroppedFile[]): Promise<File[]> {
  const kinds = await kindsOf(all.map(({ path, file }) => ({ path, blob: async () => file })));
  return all.flatMap(({ file }, i) => (['photo', 'unreadable'].includes(kinds[i]!.kind) ? file : []));
}

async function folderFiles(folder: FileSystemDirectoryEntry, path: string): Promise<DroppedFile[]> {
  let entries: FileSystemEntry[];
  try {
    entries = await folderEntries(folder);
  } catch {
    const again = async () =>
      Promise.reject(new DOMException('The folder could not be read.', 'NotReadableError'));
    return [{ path, file: new UnreadableFile(folder.name, again) }];
  }
  const files: DroppedFile[] = [];
  for (const entry of entries) {
    const inside = `${path}/${entry.name}`;
    // The folder that was dropped is meant, whatever it is called.
    if (isHidden(entry.name)) continue;
    if (entry.isDirectory) {
      // One by one: a folder may hold more than a call takes arguments.
      for (const one of await folderFiles(entry as FileSystemDirectoryEntry, inside)) files.push(one);
    } else files.push({ path: inside, file: await fileOf(entry as FileSystemFileEntry) });
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
