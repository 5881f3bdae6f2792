/**
 * Large pictures that are composed of photos (`python -m training compose`): each photo in them is judged as an image of
 * its own, and what lies between them isn't judged.
 */
import { appendTo } from '../append-to.js';
import { rleBox, rleCrop } from '../regions/rle.js';
import {
  byImage,
  segmentationRle,
  type CocoDataset,
  type CocoImage,
  type CocoPart,
  type CocoResult,
} from './coco.js';
import { boxIntersection } from './compared-image.js';

type CocoItem = CocoDataset['annotations'][number] | CocoResult;

/** A part's new id, and where it lies in its picture. */
type PlacedPart = CocoPart & { readonly id: number };

export interface SplitDataset {
  /** Its images are the parts, numbered anew; a photo without `parts` stays as it is. */
  readonly dataset: CocoDataset;
  /** The ids of a picture's parts, by its own. */
  readonly idsOf: ReadonlyMap<number, readonly number[]>;
  /**
   * Results in pictures as results in their parts: clipped to each that they reach into.
   * @throws {RangeError} when a segmentation is missing or malformed.
   */
  readonly split: (results: readonly CocoResult[]) => CocoResult[];
}

/** @throws {RangeError} when a segmentation is missing or malformed, or a part reaches beyond its picture. */
export function splitIntoParts(groundTruth: CocoDataset): SplitDataset {
  const images: CocoImage[] = [];
  const idsOf = new Map<number, number[]>();
  for (const { parts, ...picture } of groundTruth.images) {
    const own = parts?.map(({ file_name, bbox }) => ({ file_name, width: bbox[2]!, height: bbox[3]! }));
    for (const image of own ?? [picture]) {
      images.push({ ...image, id: images.length + 1 });
      appendTo(idsOf, picture.id, images.length);
    }
  }
  const split = <T extends CocoItem>(items: readonly T[]): T[] => {
    const byPicture = byImage(items);
    return groundTruth.images.flatMap((picture) => {
      const ids = idsOf.get(picture.id) ?? [];
      const own = byPicture.get(picture.id) ?? [];
      if (!picture.parts) return own.map((item) => ({ ...item, image_id: ids[0]! }));
      const parts = picture.parts.map((part, i) => ({ ...part, id: ids[i]! }));
      return own.flatMap((item) => clip(item, picture, parts));
    });
  };
  const { categories } = groundTruth;
  return { dataset: { images, annotations: split(groundTruth.annotations), categories }, idsOf, split };
}

function clip<T extends CocoItem>(item: T, picture: CocoImage, parts: readonly PlacedPart[]): T[] {
  const rle = segmentationRle(item, picture);
  const extent = rleBox(rle);
  return parts.flatMap((part) => {
    if (boxIntersection(extent, part.bbox) === 0) return [];
    const { size, counts } = rleCrop(rle, part.bbox);
    const bbox = rleBox({ size, counts });
    if (bbox[2] === 0) return [];
    return { ...item, image_id: part.id, bbox, segmentation: { size, counts } };
  });
}
