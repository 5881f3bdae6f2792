/** LabelMe: one JSON file per image; an image without one is a good part. */
import { DatasetError } from './errors.js';
import { circle, isPolygon, rectangle } from './outline.js';
import { FileIndex, folderOf, stem } from './paths.js';
import type { Problems } from './problems.js';
import type { DatasetImage, SourceFile, Truth } from './types.js';

export interface LabelMeFile {
  readonly shapes: readonly unknown[];
  readonly imagePath?: unknown;
  readonly imageWidth?: unknown;
  readonly imageHeight?: unknown;
}

/** Whether parsed JSON is an annotation file of this format. */
export function isLabelMe(json: unknown): json is LabelMeFile {
  return typeof json === 'object' && json !== null && 'shapes' in json && Array.isArray(json.shapes);
}

/** The truths of one file. @throws {DatasetError} when one of its shapes can't be read */
export function labelMeTruths({ shapes }: LabelMeFile): Truth[] {
  const truths: Truth[] = [];
  /** Shapes of one group are parts of one defect. */
  const groups = new Map<string, number[][]>();
  for (const shape of shapes) {
    const { label, group_id: group } = shape as { label?: unknown; group_id?: unknown };
    if (typeof label !== 'string' || label === '') throw new DatasetError({ reason: 'no-label' });
    const polygon = toPolygon(shape as Shape);
    const key = group === null || group === undefined ? undefined : `${label}\n${JSON.stringify(group)}`;
    const parts = key === undefined ? undefined : groups.get(key);
    if (parts) {
      parts.push(polygon);
      continue;
    }
    const segmentation = [polygon];
    if (key !== undefined) groups.set(key, segmentation);
    truths.push({ className: label, isCrowd: false, outline: { unit: 'pixels', segmentation } });
  }
  return truths;
}

const HAVE_AREA = new Set(['polygon', 'rectangle', 'circle']);

interface Shape {
  readonly shape_type?: unknown;
  readonly points?: unknown;
}

function toPolygon({ shape_type: type = 'polygon', points }: Shape): number[] {
  const flat = Array.isArray(points) ? (points as unknown[]).flat() : [];
  if (!flat.every(Number.isFinite)) throw new DatasetError({ reason: 'points-no-numbers' });
  const numbers = flat as number[];
  if (type === 'polygon' && isPolygon(numbers)) return numbers;
  if (type === 'rectangle' && numbers.length === 8) return numbers;
  if (type === 'rectangle' && numbers.length === 4) {
    const [x1, y1, x2, y2] = numbers as [number, number, number, number];
    return rectangle(x1, y1, x2, y2);
  }
  if (type === 'circle' && numbers.length === 4) {
    const [x, y, onX, onY] = numbers as [number, number, number, number];
    return circle(x, y, Math.hypot(onX - x, onY - y));
  }
  const shape = String(type);
  throw new DatasetError({
    reason: HAVE_AREA.has(shape) ? 'too-few-points' : 'shape-without-area',
    params: { shape },
  });
}

/** Every image, with the truths of the file that names it or is called like it. */
export function readLabelMe(
  annotations: readonly { readonly path: string; readonly json: LabelMeFile }[],
  files: readonly SourceFile[],
  problems: Problems,
): { images: DatasetImage[]; classes: string[] } {
  const index = new FileIndex(files);
  const read = new Map<SourceFile, DatasetImage | undefined>();
  for (const { path, json } of annotations) {
    const file = imageOf(path, json, index, files);
    if (!file) {
      problems.add({ reason: 'image-missing' }, path);
      continue;
    }
    try {
      const { imageWidth: width, imageHeight: height } = json;
      const size = typeof width === 'number' && typeof height === 'number' ? { size: { width, height } } : {};
      read.set(file, { file, ...size, truths: labelMeTruths(json) });
    } catch (error) {
      if (!(error instanceof DatasetError)) throw error;
      problems.add(error.data, path);
      read.set(file, undefined);
    }
  }
  const images = files.flatMap((file) => (read.has(file) ? (read.get(file) ?? []) : { file, truths: [] }));
  const classes = new Set(images.flatMap(({ truths }) => truths.map(({ className }) => className)));
  return { images, classes: [...classes].sort() };
}

/** `imagePath` is relative to the JSON file; where it leads nowhere, the image of the same name is meant. */
function imageOf(
  path: string,
  { imagePath }: LabelMeFile,
  index: FileIndex,
  files: readonly SourceFile[],
): SourceFile | undefined {
  const named =
    typeof imagePath === 'string' && imagePath !== ''
      ? index.find(`${folderOf(path)}/${imagePath}`)
      : undefined;
  if (named) return named;
  const sameStem = files.filter((file) => stem(file.path) === stem(path));
  return sameStem.find((file) => folderOf(file.path) === folderOf(path)) ?? sameStem[0];
}
