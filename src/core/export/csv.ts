import { assess } from '../recipe/assess.js';
import { recipeOf, type Visibility } from '../recipe/recipe.js';
import type { Detection, Inspection } from '../types.js';
import { round } from './round.js';

type Cell = string | number | undefined;

const COLUMNS: readonly [title: string, cell: (inspection: Inspection, detection?: Detection) => Cell][] = [
  ['photo', ({ image }) => image.name],
  ['width_px', ({ image }) => image.width],
  ['height_px', ({ image }) => image.height],
  ['id', (_, defect) => defect?.id],
  ['class', (_, defect) => defect?.className],
  ['score', (_, defect) => defect && round(defect.score, 4)],
  ['x_px', (_, defect) => defect?.box[0]],
  ['y_px', (_, defect) => defect?.box[1]],
  ['box_width_px', (_, defect) => defect?.box[2]],
  ['box_height_px', (_, defect) => defect?.box[3]],
  ['area_px2', (_, defect) => defect?.area],
  ['incomplete_photo', ({ image }) => String(image.isIncomplete ?? false)],
  ['truncated', ({ truncated }) => String(truncated)],
  ['model', ({ model }) => model.name],
  ['model_version', ({ model }) => model.version],
  ['model_sha256', ({ model }) => model.hash],
  ['photo_sha256', ({ image }) => image.hash],
];

/**
 * One row per visible defect, and one with empty defect cells for a photo that has none, so that no photo
 * vanishes. RFC 4180 with a header row; units stand in the column names. A text that a spreadsheet would take
 * for a formula gets an apostrophe in front.
 *
 * @param options.threshold `auto` (default): each class's recommended one; a number, 0..1: one for all;
 *   or a person's own by model and class.
 */
export function toCsv(
  inspections: readonly Inspection[],
  { threshold = 'auto' }: { threshold?: Visibility } = {},
): string {
  const rows: Cell[][] = [COLUMNS.map(([title]) => title)];
  for (const inspection of inspections) {
    const { reported } = assess(inspection, recipeOf(threshold));
    for (const detection of reported.length > 0 ? reported : [undefined]) {
      rows.push(COLUMNS.map(([, cell]) => cell(inspection, detection)));
    }
  }
  return rows.map(csvRow).join('');
}

/** One line, ended. */
export const csvRow = (row: readonly Cell[]): string => row.map(quote).join(',') + '\r\n';

function quote(cell: Cell): string {
  if (typeof cell !== 'string') return cell === undefined ? '' : String(cell);
  const text = /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
