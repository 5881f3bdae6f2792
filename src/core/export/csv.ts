import { isInPart } from '../in-part.js';
import { assess } from '../recipe/assess.js';
import { recipeOf, type Recipe, type Visibility } from '../recipe/recipe.js';
import { NO_REVIEW, type Review } from '../review/review.js';
import type { Detection, Inspection } from '../types.js';
import { csvRow, type Cell, type CsvStyle } from './csv-row.js';
import { distinctNames } from './names.js';
import { round } from './round.js';

/** A photo and what became of it. One that is to be inspected again keeps its result until there is another. */
export interface PhotoRecord {
  readonly name: string;
  readonly status: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  /** The code of what went wrong. */
  readonly error?: string | undefined;
  readonly inspection?: Inspection | undefined;
}

interface CsvOptions {
  /**
   * `auto` (default): each class's recommended one; a number, 0..1: one for all; or a person's own by model and class.
   */
  readonly threshold?: Visibility;
  /** `comma` (default), or `semicolon` with decimal commas. */
  readonly style?: CsvStyle;
}

interface Row {
  readonly photo: PhotoRecord;
  readonly defect?: Detection | undefined;
  /** What the defect is called by on the photo. */
  readonly number?: number | undefined;
  /** The score from which on defects of its class are reported; of a photo without any, the one for all classes. */
  readonly threshold?: number | undefined;
}

const COLUMNS: readonly [title: string, cell: (row: Row) => Cell][] = [
  ['photo', ({ photo }) => photo.name],
  ['width_px', ({ photo }) => photo.inspection?.image.width],
  ['height_px', ({ photo }) => photo.inspection?.image.height],
  ['status', ({ photo }) => photo.status],
  ['error', ({ photo }) => photo.error],
  ['id', ({ defect }) => defect?.id],
  ['class', ({ defect }) => defect?.className],
  ['score', ({ defect }) => defect && round(defect.score, 4)],
  ['threshold', ({ threshold }) => threshold],
  ['x_px', ({ defect }) => defect?.box[0]],
  ['y_px', ({ defect }) => defect?.box[1]],
  ['box_width_px', ({ defect }) => defect?.box[2]],
  ['box_height_px', ({ defect }) => defect?.box[3]],
  ['number', ({ number }) => number],
  ['area_px2', ({ defect }) => defect?.area],
  [
    'incomplete_photo',
    ({ photo: { inspection } }) => inspection && String(inspection.image.isIncomplete ?? false),
  ],
  [
    'first_of_several',
    ({ photo: { inspection } }) => inspection && String(inspection.image.isFirstOfSeveral ?? false),
  ],
  ['detail', ({ photo }) => photo.inspection?.input.detail],
  ['scale', ({ photo }) => photo.inspection && round(photo.inspection.input.scale, 4)],
  ['tiles', ({ photo }) => photo.inspection?.input.tiles],
  ['tiles_planned', ({ photo }) => photo.inspection?.input.planned],
  ['seen_in_part', ({ photo: { inspection } }) => inspection && String(isInPart(inspection))],
  ['limited_by', ({ photo }) => photo.inspection?.input.limitedBy],
  ['area_x_px', ({ photo }) => photo.inspection?.input.area?.[0]],
  ['area_y_px', ({ photo }) => photo.inspection?.input.area?.[1]],
  ['area_width_px', ({ photo }) => photo.inspection?.input.area?.[2]],
  ['area_height_px', ({ photo }) => photo.inspection?.input.area?.[3]],
  ['truncated', ({ photo: { inspection } }) => inspection && String(inspection.truncated)],
  ['lacks_masks', ({ photo: { inspection } }) => inspection && String(inspection.lacksMasks ?? false)],
  ['time_ms', ({ photo: { inspection } }) => inspection && Math.round(inspection.timing.total)],
  ['model', ({ photo }) => photo.inspection?.model.name],
  ['model_version', ({ photo }) => photo.inspection?.model.version],
  ['model_sha256', ({ photo }) => photo.inspection?.model.hash],
  ['photo_sha256', ({ photo }) => photo.inspection?.image.hash],
];

/** The reported defects of inspections; see `photosToCsv`. */
export function toCsv(
  inspections: readonly Inspection[],
  { threshold = 'auto', style }: CsvOptions = {},
): string {
  return photosToCsv(
    inspections.map((inspection) => ({ name: inspection.image.name, status: 'done', inspection })),
    recipeOf(threshold),
    NO_REVIEW,
    style,
  );
}

/**
 * One row per reported defect, and one with empty defect cells for a photo that has none or no result, so that no photo
 * vanishes. With a header row; units stand in the column names. Names that come twice are told apart.
 *
 * @param style `comma` (default), or `semicolon` with decimal commas
 */
export function photosToCsv(
  photos: readonly PhotoRecord[],
  recipe: Recipe,
  review: Review,
  style?: CsvStyle,
): string {
  const names = distinctNames(photos.map(({ name }) => name));
  const rows = photos.flatMap((photo, i) => rowsOf({ ...photo, name: names[i]! }, recipe, review));
  return [COLUMNS.map(([title]) => title), ...rows.map((row) => COLUMNS.map(([, cell]) => cell(row)))]
    .map((cells) => csvRow(cells, style))
    .join('');
}

function rowsOf(photo: PhotoRecord, recipe: Recipe, review: Review): Row[] {
  if (!photo.inspection) return [{ photo }];
  const { reported, numbers, thresholdOf } = assess(photo.inspection, recipe, review);
  if (reported.length > 0) {
    return reported.map((defect) => ({
      ...{ photo, defect, number: numbers.get(defect) },
      threshold: thresholdOf(defect.classId),
    }));
  }
  return [{ photo, threshold: recipe.threshold === 'auto' ? undefined : recipe.threshold }];
}
