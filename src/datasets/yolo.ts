/** YOLO's segmentation format: one text file per image, one line per defect, corners in fractions of the image. */
import { appendTo } from '../core/append-to.js';
import { modelNames } from '../messages/model-names.js';
import { DatasetError, type Note } from './errors.js';
import { noteOf } from './json.js';
import { linesOf, type LabelFile } from './labels.js';
import type { Ledger } from './ledger.js';
import { hasArea, isFraction } from './outline.js';
import type { PairIndex } from './pairs.js';
import { looksLikePose } from './pose.js';
import type { Annotated, DatasetImage, SourceFile, Truth } from './types.js';

const numbersOf = (line: string): number[] => line.split(/\s+/).map(Number);

const filledLines = (text: string): string[] =>
  linesOf(text)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The truths of one file. @throws {DatasetError} when one of its lines can't be read */
export function yoloTruths(text: string, names: readonly string[]): Truth[] {
  return filledLines(text).map((line) => {
    const [number, ...corners] = numbersOf(line);
    if (!Number.isSafeInteger(number) || number! < 0 || !corners.every(Number.isFinite)) {
      throw new DatasetError({ reason: 'line-no-numbers' });
    }
    if (corners.length === 4) throw new DatasetError({ reason: 'line-box' });
    if (corners.length < 6 || corners.length % 2 === 1) {
      throw new DatasetError({ reason: 'line-corners' });
    }
    if (!corners.every(isFraction)) throw new DatasetError({ reason: 'line-outside' });
    if (!hasArea(corners)) throw new DatasetError({ reason: 'outline-empty' });
    const className = names[number!] ?? modelNames.numberedClass({ number: number! });
    return { className, isCrowd: false, outline: { unit: 'fractions', polygon: corners } };
  });
}

/** What labels say about the photos. */
export function readYolo(
  labels: readonly LabelFile[],
  { names, isPose }: { readonly names: readonly string[]; readonly isPose: boolean },
  pairs: PairIndex,
  ledger: Ledger,
): Annotated {
  const pose = whyPose(labels, isPose);
  const doubtful = new Set<SourceFile>();
  const byPhoto = new Map<SourceFile, LabelFile[]>();
  const strays: LabelFile[] = [];
  for (const label of labels) {
    ledger.enter(label.file, label.file.path);
    const photos = pairs.find(label.file);
    const [photo] = photos;
    if (!photo) {
      strays.push(label);
    } else if (photos.length > 1) {
      const among = photos.map(({ path }) => path).join(', ');
      ledger.leaveOut(label.file, { reason: 'name-ambiguous' }, `${label.file.path} (${among})`);
      for (const one of photos) doubtful.add(one);
    } else {
      appendTo(byPhoto, photo, label);
    }
  }
  const images: DatasetImage[] = [];
  for (const [photo, own] of byPhoto) {
    const [label] = own;
    try {
      if (label!.note) throw new DatasetError(label!.note);
      if (pose && label!.text.trim() !== '') throw new DatasetError(pose);
      if (own.length > 1 || doubtful.has(photo)) throw new DatasetError({ reason: 'annotated-twice' });
      images.push({ file: photo, truths: yoloTruths(label!.text, names) });
      ledger.use(label!.file);
    } catch (error) {
      if (!(error instanceof DatasetError)) throw error;
      for (const { file } of own) ledger.leaveOut(file, noteOf(error));
      doubtful.add(photo);
    }
  }
  for (const { file } of strays) ledger.leaveOut(file, { reason: 'image-missing' });
  const hasStray = strays.some(({ text, note }) => note !== undefined || text.trim() !== '');
  return { images, doubtful, strays: strays.map(({ file }) => file), hasStray };
}

/** Why labels are keypoints, if they are or seem so. @param isPose whether a file says so */
function whyPose(labels: readonly LabelFile[], isPose: boolean): Note | undefined {
  if (isPose) return { reason: 'line-pose' };
  const lines = labels.flatMap(({ text }) => filledLines(text).map((line) => numbersOf(line).slice(1)));
  return looksLikePose(lines) ? { reason: 'line-maybe-pose' } : undefined;
}

/** The classes in use: those that have a name in its order, then the others. */
export function yoloClasses(images: readonly DatasetImage[], names: readonly string[]): string[] {
  const found = new Set(images.flatMap(({ truths }) => truths.map(({ className }) => className)));
  const named = [...new Set(names)].filter((name) => found.has(name));
  return [...named, ...[...found].filter((name) => !named.includes(name)).sort()];
}
