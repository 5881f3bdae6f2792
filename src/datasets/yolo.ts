/** YOLO's segmentation format: one text file per image, one line per defect, corners in fractions of the image. */
import { namesFile, numberedClass, parseNames } from './class-names.js';
import { DatasetError, type DatasetMessage } from './errors.js';
import { isLabelPath, LabelIndex } from './labels.js';
import { isImagePath } from './paths.js';
import type { Problems } from './problems.js';
import type { DatasetImage, SourceFile, Truth } from './types.js';

/** The truths of one file. @throws {DatasetError} when one of its lines can't be read */
export function yoloTruths(text: string, names: readonly string[]): Truth[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [number, ...corners] = line.split(/\s+/).map(Number);
      if (!Number.isInteger(number) || number! < 0 || !corners.every(Number.isFinite)) {
        throw new DatasetError({ reason: 'line-no-numbers' });
      }
      if (corners.length === 4) throw new DatasetError({ reason: 'line-box' });
      if (corners.length < 6 || corners.length % 2 === 1) {
        throw new DatasetError({ reason: 'line-corners' });
      }
      if (corners.some((value) => value < -0.01 || value > 1.01)) {
        throw new DatasetError({ reason: 'line-outside' });
      }
      const className = names[number!] ?? numberedClass(number!);
      return { className, isCrowd: false, outline: { unit: 'fractions', polygon: corners } };
    });
}

/** Every image, with the truths of its label; without one, or with an empty one, it is a good part. */
export async function readYolo(
  files: readonly SourceFile[],
  problems: Problems,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<{ images: DatasetImage[]; classes: string[] }> {
  const photos = files.filter(({ path }) => isImagePath(path));
  const labels = files.filter(({ path }) => isLabelPath(path));
  const names = await readNames(files, problems);
  const index = new LabelIndex(labels);
  const used = new Set<SourceFile>();
  const images: DatasetImage[] = [];
  for (const [i, file] of photos.entries()) {
    onProgress(i, photos.length);
    const label = index.find(file);
    if (!label) {
      images.push({ file, truths: [] });
      continue;
    }
    used.add(label);
    try {
      images.push({ file, truths: yoloTruths(await (await label.blob()).text(), names) });
    } catch (error) {
      const message: DatasetMessage =
        error instanceof DatasetError ? error.data : { reason: 'label-unreadable' };
      problems.add(message, label.path);
    }
  }
  for (const label of labels) {
    if (!used.has(label)) problems.add({ reason: 'image-missing' }, label.path);
  }
  const found = new Set(images.flatMap(({ truths }) => truths.map(({ className }) => className)));
  return {
    images,
    classes: [
      ...names.filter((name) => found.has(name)),
      ...[...found].filter((name) => !names.includes(name)).sort(),
    ],
  };
}

async function readNames(files: readonly SourceFile[], problems: Problems): Promise<readonly string[]> {
  const file = namesFile(files);
  try {
    const names = file ? await parseNames(await (await file.blob()).text(), file.path) : [];
    if (names.length === 0) problems.add({ reason: 'no-names' }, '');
    return names;
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    problems.add(error.data, file?.path ?? '');
    return [];
  }
}
