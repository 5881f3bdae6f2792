/** How photos come in: dropped, pasted, picked, or handed over by a program. */
import type { ImageInput } from '../../detector/types.js';

const IMAGE_NAME = /\.(jpe?g|png|webp|avif|gif|bmp|tiff?|heic|heif)$/i;
const MODEL_NAME = /\.onnx$/i;

export const isModelFile = ({ name }: File): boolean => MODEL_NAME.test(name);

export const hasFiles = (transfer: DataTransfer | null): transfer is DataTransfer =>
  transfer?.types.includes('Files') ?? false;

/**
 * The files of a drop, folders included. Of a folder only what looks like a photo is taken; whatever else is dropped
 * itself is taken, so that its error can say what is wrong with it.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  // Entries must be asked for before anything is awaited: the browser forgets them then.
  const dropped = Array.from(transfer.items, (item) => ({
    entry: item.webkitGetAsEntry?.() ?? null,
    file: item.kind === 'file' ? item.getAsFile() : null,
  }));
  const lists = await Promise.all(
    dropped.map(({ entry, file }) => {
      if (entry?.isDirectory) return folderFiles(entry as FileSystemDirectoryEntry);
      return file ? [file] : [];
    }),
  );
  return lists.flat();
}

async function folderFiles(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const entries = await folderEntries(folder);
  const files: File[] = [];
  for (const entry of entries) {
    if (entry.isDirectory) {
      files.push(...(await folderFiles(entry as FileSystemDirectoryEntry)));
    } else if (IMAGE_NAME.test(entry.name) && !entry.name.startsWith('.')) {
      files.push(
        await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)),
      );
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
    file.name === 'image.png' ? new File([file], `pasted ${time}.png`, { type: file.type }) : file,
  );
}

/**
 * What a photo in the queue is kept as. Canvases, bitmaps and pixels may be changed or closed by their owner before it
 * is their turn: they are copied now.
 */
export function keepInput(input: ImageInput): ImageInput {
  if (input instanceof ImageData)
    return new ImageData(new Uint8ClampedArray(input.data), input.width, input.height);
  const isDrawn =
    input instanceof HTMLCanvasElement || input instanceof OffscreenCanvas || input instanceof ImageBitmap;
  if (!isDrawn || input.width === 0 || input.height === 0) return input;
  const copy = new OffscreenCanvas(input.width, input.height);
  copy.getContext('2d')!.drawImage(input, 0, 0);
  return copy;
}
