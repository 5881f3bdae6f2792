import { text } from '../../messages/export-text.js';
import { ringArea, ringContains } from '../regions/contour.js';
import type {
  CocoAnnotation,
  CocoDataset,
  CocoImage,
  CocoResult,
  CocoSegmentation,
} from '../evaluation/coco.js';
import { regionToRle } from '../regions/region.js';
import { rleToString } from '../regions/rle.js';
import { assess } from '../recipe/assess.js';
import { recipeOf, type Recipe, type Visibility } from '../recipe/recipe.js';
import { NO_REVIEW, type Review } from '../review/review.js';
import type { Box, Detection, Inspection } from '../types.js';
import { distinctNames } from './names.js';
import { round } from './round.js';

type Segmentation = 'rle' | 'polygon';

interface ExportedImage extends CocoImage {
  readonly file_name: string;
  /** A part of the photo was missing in its file. */
  readonly incomplete?: true;
  /** It is the first of several pictures in its file. */
  readonly first_of_several?: true;
  /** Something was found whose mask is empty: it is not among the annotations. */
  readonly lacks_masks?: true;
  /** How the network looked at the photo; an annotation tool needs none of it. */
  readonly detail: 'fast' | 'thorough';
  /** Of the finest views, network pixels per photo pixel. */
  readonly scale: number;
  readonly tiles: number;
  /** More than `tiles`: the photo was seen in part. */
  readonly tiles_planned: number;
  readonly limited_by?: NonNullable<Inspection['input']['limitedBy']>;
  /** The part of the photo that was inspected, if not all: `[x, y, width, height]`. */
  readonly area?: Box;
}

/** The file that `toCoco` writes. Its annotations carry a score, so that they can be read as results, too. */
export interface CocoExport extends CocoDataset {
  readonly info: Readonly<Record<string, string>>;
  readonly licenses: readonly [];
  readonly images: readonly ExportedImage[];
  readonly annotations: readonly (CocoAnnotation &
    CocoResult & { readonly id: number; readonly area: number; readonly iscrowd: 0 })[];
  readonly categories: readonly {
    readonly id: number;
    readonly name: string;
    readonly supercategory: string;
  }[];
}

/**
 * The reported defects as a COCO dataset, ready for annotation tools and for `evaluateCoco`. Image and annotation
 * ids count from 1; category ids are the model's own (where photos of several models meet and an id is taken by
 * another name, the next free one). File names that come twice are told apart, since tools take them for the same photo.
 *
 * @param options.threshold `auto` (default): each class's recommended one; a number, 0..1: one for all;
 *   or a person's own by model and class.
 * @param options.segmentation `rle` (default) is exact. `polygon` is for tools that edit outlines; a mask
 *   without any outline stays an RLE.
 */
export function toCoco(
  inspections: readonly Inspection[],
  { threshold = 'auto', segmentation = 'rle' }: { threshold?: Visibility; segmentation?: Segmentation } = {},
): string {
  return inspectionsToCoco(inspections, recipeOf(threshold), NO_REVIEW, segmentation);
}

/** What is reported by a recipe and a review; see `toCoco`. */
export function inspectionsToCoco(
  inspections: readonly Inspection[],
  recipe: Recipe,
  review: Review,
  segmentation: Segmentation = 'rle',
): string {
  const categories = new Categories();
  for (const { model } of inspections) for (const { id, name } of model.classes) categories.idOf(name, id);

  const images: CocoExport['images'][number][] = [];
  const annotations: CocoExport['annotations'][number][] = [];
  const names = distinctNames(inspections.map(({ image }) => image.name));
  for (const [place, inspection] of inspections.entries()) {
    const { width, height, isIncomplete, isFirstOfSeveral } = inspection.image;
    const { detail, scale, tiles, planned, limitedBy, area } = inspection.input;
    const imageId = images.length + 1;
    images.push({
      id: imageId,
      width,
      height,
      file_name: names[place]!,
      ...(isIncomplete && { incomplete: true }),
      ...(isFirstOfSeveral && { first_of_several: true }),
      ...(inspection.lacksMasks && { lacks_masks: true }),
      ...{ detail, scale: round(scale, 4), tiles, tiles_planned: planned },
      ...(limitedBy && { limited_by: limitedBy }),
      ...(area && { area }),
    });
    for (const detection of assess(inspection, recipe, review).reported) {
      annotations.push({
        id: annotations.length + 1,
        image_id: imageId,
        category_id: categories.idOf(detection.className, detection.classId),
        segmentation: (segmentation === 'polygon' && polygons(detection)) || runs(detection, width, height),
        area: detection.area,
        bbox: detection.box,
        iscrowd: 0,
        score: round(detection.score, 4),
      });
    }
  }
  const models = new Set(inspections.map(({ model }) => `${model.name} ${model.version}`));
  const info = { description: text.foundBy({ models: [...models] }), version: '1' };
  const dataset: CocoExport = { info, licenses: [], images, annotations, categories: categories.list() };
  return JSON.stringify(dataset);
}

class Categories {
  private readonly idByName = new Map<string, number>();

  idOf(name: string, preferred: number): number {
    const known = this.idByName.get(name);
    if (known !== undefined) return known;
    const taken = new Set(this.idByName.values());
    const id = taken.has(preferred) ? Math.max(...taken) + 1 : preferred;
    this.idByName.set(name, id);
    return id;
  }

  list(): CocoExport['categories'] {
    return Array.from(this.idByName, ([name, id]) => ({ id, name, supercategory: 'defect' }));
  }
}

function runs({ mask }: Detection, width: number, height: number): CocoSegmentation {
  const rle = regionToRle(mask, width, height);
  return { size: rle.size, counts: rleToString(rle) };
}

/** One polygon for each outer ring. */
function polygons({ contours }: Detection): CocoSegmentation | undefined {
  const outer = contours.filter((ring) => ringArea(ring) > 0).sort((a, b) => ringArea(a) - ringArea(b));
  if (outer.length === 0) return undefined;
  const parts = outer.map((ring) => Array.from(ring));
  for (const hole of contours.filter((ring) => ringArea(ring) < 0)) {
    const around = outer.findIndex((ring) => ringContains(ring, hole[0]!, hole[1]!));
    // COCO's polygons know no holes, but are filled even-odd: a hole is walked as a detour from the first
    // corner, whose way there and back cancel each other.
    parts[around]?.push(...outer[around]!.subarray(0, 2), ...hole, ...hole.subarray(0, 2));
  }
  return parts.map((part) => part.map((value) => round(value, 2)));
}
