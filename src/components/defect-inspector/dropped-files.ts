/** Files as the browser hands them over: dropped, in folders too, or pasted. */
import { InspectorError } from '../../core/errors.js';
import { text } from '../../messages/text.js';
import { isAnnotationPath, isPhotoPath, type Drop, type DroppedFile } from '../../workbench/intake/intake.js';

export const hasFiles = (transfer: DataTransfer | null): transfer is DataTransfer =>
  transfer?.types.includes('Files') ?? false;

/** The files of a drop, folders included. @throws {InspectorError} when one of them can't be read */
export function readDrop(transfer: DataTransfer): Promise<Drop> {
  return readItems(transfer).catch((cause: unknown) => {
    throw new InspectorError({ code: 'corrupt-image', reason: 'drop-not-readable' }, { cause });
  });
}

async function readItems(transfer: DataTransfer): Promise<Drop> {
  // Entries must be asked for before anything is awaited: the browser forgets them then.
  const dropped = Array.from(transfer.items, (item) => ({
    entry: 'webkitGetAsEntry' in item ? item.webkitGetAsEntry() : null,
    file: item.kind === 'file' ? item.getAsFile() : null,
  }));
  const lists = await Promise.all(
    dropped.map(async ({ entry, file }) => {
      if (entry?.isDirectory) {
        const all = await folderFiles(entry as FileSystemDirectoryEntry, `${entry.name}/`);
        return { all, files: all.filter(({ path }) => isPhotoPath(path)).map((one) => one.file) };
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

async function folderFiles(folder: FileSystemDirectoryEntry, path: string): Promise<DroppedFile[]> {
  const files: DroppedFile[] = [];
  for (const entry of await folderEntries(folder)) {
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory) {
      files.push(...(await folderFiles(entry as FileSystemDirectoryEntry, `${path}${entry.name}/`)));
    } else if (isPhotoPath(entry.name) || isAnnotationPath(entry.name)) {
      const file = await new Promise<File>((resolve, reject) =>
        (entry as FileSystemFileEntry).file(resolve, reject),
      );
      files.push({ path: `${path}${entry.name}`, file });
    }
  }
  return files;
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
  return all.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
}

/** Pasted pictures all have the same name: the time tells them apart. */
export function pastedFiles({ files }: DataTransfer, now: Date = new Date()): File[] {
  const time = now.toTimeString().slice(0, 8).replaceAll(':', '.');
  return Array.from(files, (file) =>
    file.name === 'image.png' ? new File([file], text.photos.pasted({ time }), { type: file.type }) : file,
  );
}
