import { inspectionsToCoco } from '../../core/export/coco.js';
import type { CsvStyle } from '../../core/export/csv-row.js';
import { photosToCsv, type PhotoRecord } from '../../core/export/csv.js';
import { inspectionsToJson } from '../../core/export/json.js';
import type { Recipe } from '../../core/recipe/recipe.js';
import type { Review } from '../../core/review/review.js';
import type { Inspection } from '../../core/types.js';
import type { PhotoEntry } from '../batch/photo-batch.js';
import { csvFile } from './csv-file.js';

/** By what is reported, and how it is written. */
export interface ExportOptions {
  readonly recipe: Recipe;
  readonly review: Review;
  readonly csvStyle: CsvStyle;
}

interface Export {
  /** Of its file, with the dot. */
  readonly extension: string;
  /** Whether photos without a result are listed, too. */
  readonly listsAll: boolean;
  readonly write: (photos: readonly PhotoEntry[], options: ExportOptions) => Blob;
}

/** All exports, in the order of the menu; commands and menu entries follow from it. */
const EXPORTS = {
  csv: { extension: '.csv', listsAll: true, write: writeCsv },
  json: { extension: '.json', listsAll: false, write: jsonBy(inspectionsToJson) },
  coco: { extension: '.coco.json', listsAll: false, write: jsonBy(inspectionsToCoco) },
} satisfies Readonly<Record<string, Export>>;

export type ExportFormat = keyof typeof EXPORTS;

export const EXPORT_FORMATS = Object.keys(EXPORTS) as readonly ExportFormat[];

/** Whether photos without a result are listed, too. */
export const listsAll = (format: ExportFormat): boolean => EXPORTS[format].listsAll;

/** What is reported on photos. */
export const exportBlob = (
  format: ExportFormat,
  photos: readonly PhotoEntry[],
  options: ExportOptions,
): Blob => EXPORTS[format].write(photos, options);

/** `ring-12.jpg` becomes `ring-12-defects.csv`; several photos become `defects.csv`. */
export function exportName(format: ExportFormat, photo?: string): string {
  const stem = photo ? `${photo.replace(/\.[^.]*$/, '')}-defects` : 'defects';
  return stem + EXPORTS[format].extension;
}

function writeCsv(photos: readonly PhotoEntry[], { recipe, review, csvStyle }: ExportOptions): Blob {
  return csvFile(photosToCsv(photos.map(recordOf), recipe, review, csvStyle));
}

const recordOf = ({ name, state, error, output }: PhotoEntry): PhotoRecord => ({
  name,
  status: state,
  error: error?.code,
  inspection: output,
});

function jsonBy(
  toText: (inspections: readonly Inspection[], recipe: Recipe, review: Review) => string,
): Export['write'] {
  return (photos, { recipe, review }) => {
    const inspections = photos.flatMap(({ output }) => output ?? []);
    return new Blob([toText(inspections, recipe, review)], { type: 'application/json' });
  };
}
