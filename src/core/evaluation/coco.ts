/** COCO's JSON, as far as evaluation reads it. */
import { appendTo } from '../append-to.js';
import { rleFromString, rleUnion, type Rle } from '../regions/rle.js';
import { rleFromPolygon } from '../regions/polygon.js';

/** Runs as numbers or as compressed text, or polygons `[x0, y0, x1, y1, ...]` whose union is the mask. */
export type CocoSegmentation =
  | { readonly size: readonly [height: number, width: number]; readonly counts: string | readonly number[] }
  | readonly (readonly number[])[];

export interface CocoImage {
  readonly id: number;
  readonly width: number;
  readonly height: number;
  readonly file_name?: string;
  /** Of a picture that is composed of photos: where they lie in it. See `splitIntoParts`. */
  readonly parts?: readonly CocoPart[];
}

export interface CocoPart {
  /** The photo's. */
  readonly file_name: string;
  /** `[x, y, width, height]` in whole pixels of the picture. */
  readonly bbox: readonly number[];
}

export interface CocoAnnotation {
  readonly image_id: number;
  readonly category_id: number;
  readonly bbox?: readonly number[];
  readonly segmentation?: CocoSegmentation;
  readonly iscrowd?: 0 | 1 | boolean;
}

export interface CocoDataset {
  readonly images: readonly CocoImage[];
  readonly annotations: readonly CocoAnnotation[];
  readonly categories: readonly { readonly id: number; readonly name: string }[];
}

export interface CocoResult {
  readonly image_id: number;
  readonly category_id: number;
  /** 0..1 */
  readonly score: number;
  readonly bbox?: readonly number[];
  readonly segmentation?: CocoSegmentation;
}

/** An annotation's or a result's mask at its image's size. @throws {RangeError} when it has none. */
export function segmentationRle(
  { segmentation }: Pick<CocoAnnotation, 'segmentation'>,
  { width, height }: Pick<CocoImage, 'width' | 'height'>,
): Rle {
  if (!segmentation) throw new RangeError('There is no segmentation to evaluate.');
  if ('counts' in segmentation) {
    const { size, counts } = segmentation;
    return typeof counts === 'string' ? rleFromString(counts, size) : { size, counts };
  }
  const parts = segmentation.map((polygon) => rleFromPolygon(polygon, width, height));
  return parts.length === 1 ? parts[0]! : rleUnion(parts, [height, width]);
}

/** The images that take part: all of them, or those asked for; by rising id. */
export function imagesOf(groundTruth: CocoDataset, imageIds?: readonly number[]): CocoImage[] {
  const wanted = imageIds && new Set(imageIds);
  return groundTruth.images.filter(({ id }) => !wanted || wanted.has(id)).sort((a, b) => a.id - b.id);
}

/** Annotations or results by image, in the order given. */
export function byImage<T extends { readonly image_id: number }>(items: readonly T[]): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) appendTo(groups, item.image_id, item);
  return groups;
}

/** An image with what is marked and what is found on it. */
export interface ImageItems {
  readonly image: CocoImage;
  readonly truths: readonly CocoAnnotation[];
  readonly results: readonly CocoResult[];
}

/** The images that take part, see `imagesOf`, each with its annotations and results in the order given. */
export function itemsByImage(
  groundTruth: CocoDataset,
  results: readonly CocoResult[],
  imageIds?: readonly number[],
): ImageItems[] {
  const truths = byImage(groundTruth.annotations);
  const found = byImage(results);
  return imagesOf(groundTruth, imageIds).map((image) => ({
    image,
    truths: truths.get(image.id) ?? [],
    results: found.get(image.id) ?? [],
  }));
}
