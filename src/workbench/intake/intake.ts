/** How photos come in: dropped, pasted, picked, or handed over by a program. */
import type { ImageInput } from '../../detector/types.js';

const IMAGE_NAME = /\.(jpe?g|png|webp|avif|gif|bmp|tiff?|heic|heif)$/i;
const MODEL_NAME = /\.onnx$/i;
const ZIP_NAME = /\.zip$/i;
const ANNOTATION_NAME = /\.(json|txt|ya?ml|names)$/i;

export const isModelFile = ({ name }: File): boolean => MODEL_NAME.test(name);
export const isZipFile = ({ name }: File): boolean => ZIP_NAME.test(name);
export const isAnnotationPath = (path: string): boolean => ANNOTATION_NAME.test(path);

/** A file and where it lies in what was dropped. */
export interface DroppedFile {
  readonly path: string;
  readonly file: File;
}

export interface Drop {
  /** Of the folder, or of the first one. */
  readonly name: string;
  /** Photos, and whatever else was dropped itself, so that its error can say what is wrong with it. */
  readonly files: readonly File[];
  /** Everything, for whoever looks for annotations beside the photos. */
  readonly all: readonly DroppedFile[];
}

export const hasFiles = (transfer: DataTransfer | null): transfer is DataTransfer =>
  transfer?.types.includes('Files') ?? false;

/** The files of a drop, folders included. */
export async function readDrop(transfer: DataTransfer): Promise<Drop> {
  // Entries must be asked for before anything is awaited: the browser forgets them then.
  const dropped = Array.from(transfer.items, (item) => ({
    entry: item.webkitGetAsEntry?.() ?? null,
    file: item.kind === 'file' ? item.getAsFile() : null,
  }));
  const lists = await Promise.all(
    dropped.map(async ({ entry, file }) => {
      if (entry?.isDirectory) {
        const all = await folderFiles(entry as FileSystemDirectoryEntry, `${entry.name}/`);
        return { all, files: all.filter(({ path }) => IMAGE_NAME.test(path)).map((one) => one.file) };
      }
      return file ? { all: [{ path: file.name, file }], files: [file] } : { all: [], files: [] };
    }),
  );
  const folder = dropped.find(({ entry }) => entry?.isDirectory)?.entry;
  return {
    name: folder?.name ?? 'Dropped files',
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
    } else if (IMAGE_NAME.test(entry.name) || ANNOTATION_NAME.test(entry.name)) {
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
