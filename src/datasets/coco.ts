/** COCO: one JSON file for all images. */
import type { CocoSegmentation } from '../core/evaluation/coco.js';
import { rleFromString } from '../core/regions/rle.js';
import type { DatasetMessage } from './errors.js';
import { isPolygon } from './outline.js';
import { baseName, FileIndex } from './paths.js';
import type { Problems } from './problems.js';
import type { DatasetImage, SourceFile, Truth } from './types.js';

interface CocoFile {
  readonly images: readonly unknown[];
  readonly annotations?: readonly unknown[];
  readonly categories?: readonly unknown[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Whether parsed JSON is an annotation file of this format. */
export function isCoco(json: unknown): json is CocoFile {
  if (!isObject(json)) return false;
  return Array.isArray(json.images) && (Array.isArray(json.annotations) || Array.isArray(json.categories));
}

/** The file names that it lists. */
export function cocoFileNames({ images }: CocoFile): string[] {
  return images.flatMap((image) =>
    isObject(image) && typeof image.file_name === 'string' ? image.file_name : [],
  );
}

/**
 * Images that are there, each with its truths. An image with an annotation that can't be read is left out as a whole:
 * a correct detection would be a false alarm on it.
 */
export function readCoco(
  json: CocoFile,
  files: readonly SourceFile[],
  problems: Problems,
): { images: DatasetImage[]; classes: string[] } {
  const categories = new Map<unknown, string>();
  for (const category of json.categories ?? []) {
    if (isObject(category) && typeof category.name === 'string') categories.set(category.id, category.name);
  }
  const truths = new Map<unknown, Truth[]>();
  const unreadable = new Map<unknown, DatasetMessage>();
  for (const annotation of json.annotations ?? []) {
    if (!isObject(annotation)) continue;
    const truth = toTruth(annotation, categories);
    if ('reason' in truth) {
      unreadable.set(annotation.image_id, truth);
      continue;
    }
    const group = truths.get(annotation.image_id);
    if (group) group.push(truth);
    else truths.set(annotation.image_id, [truth]);
  }

  const index = new FileIndex(files);
  const taken = new Set<SourceFile>();
  const images = json.images.flatMap((image): DatasetImage[] => {
    if (!isObject(image) || typeof image.file_name !== 'string') {
      problems.add({ reason: 'no-file-name' }, '');
      return [];
    }
    const { id, file_name: name, width, height } = image;
    const file = index.find(name);
    if (!file) {
      problems.add({ reason: 'image-missing' }, name);
      return [];
    }
    const trouble = unreadable.get(id);
    if (trouble) {
      problems.add(trouble, name);
      taken.add(file);
      return [];
    }
    if (taken.has(file)) {
      problems.add({ reason: 'listed-twice' }, name);
      return [];
    }
    taken.add(file);
    const size = isSize(width) && isSize(height) ? { size: { width, height } } : {};
    return [{ file, ...size, truths: truths.get(id) ?? [] }];
  });
  for (const file of files) {
    if (!taken.has(file)) problems.add({ reason: 'not-named' }, baseName(file.path));
  }
  const used = new Set(images.flatMap((image) => image.truths.map(({ className }) => className)));
  return { images, classes: [...new Set(categories.values())].filter((name) => used.has(name)) };
}

/** The truth, or why there is none. */
function toTruth(annotation: Fields, categories: ReadonlyMap<unknown, string>): Truth | DatasetMessage {
  const className = categories.get(annotation.category_id);
  if (className === undefined) return { reason: 'unknown-class' };
  const { segmentation } = annotation;
  if (segmentation === undefined || (Array.isArray(segmentation) && segmentation.length === 0)) {
    return { reason: 'no-outline' };
  }
  if (!isSegmentation(segmentation)) return { reason: 'outline-unreadable' };
  const isCrowd = annotation.iscrowd === 1 || annotation.iscrowd === true;
  return { className, isCrowd, outline: { unit: 'pixels', segmentation } };
}

function isSegmentation(value: unknown): value is CocoSegmentation {
  if (Array.isArray(value)) return value.every(isPolygon);
  if (!isObject(value)) return false;
  const { size, counts } = value;
  if (!Array.isArray(size) || size.length !== 2 || !size.every(isSize)) return false;
  const [height, width] = size as [number, number];
  let runs: readonly unknown[];
  try {
    runs = typeof counts === 'string' ? rleFromString(counts, [height, width]).counts : (counts as []);
  } catch {
    return false;
  }
  if (!Array.isArray(runs) || !runs.every((run) => Number.isInteger(run) && (run as number) >= 0))
    return false;
  return (runs as number[]).reduce((sum, run) => sum + run, 0) === width * height;
}

const isSize = (value: unknown): value is number => Number.isInteger(value) && (value as number) > 0;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
