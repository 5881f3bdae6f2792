import { toCoco } from '../../core/export/coco.js';
import { toCsv } from '../../core/export/csv.js';
import { toJson } from '../../core/export/json.js';
import type { Visibility } from '../../core/recipe/recipe.js';
import type { Inspection } from '../../core/types.js';
import type { ExportFormat } from '../state.js';

const FORMATS = {
  csv: { write: toCsv, type: 'text/csv;charset=utf-8', extension: '.csv' },
  json: { write: toJson, type: 'application/json', extension: '.json' },
  coco: { write: toCoco, type: 'application/json', extension: '.coco.json' },
} as const;

export function exportBlob(
  format: ExportFormat,
  inspections: readonly Inspection[],
  threshold: Visibility,
): Blob {
  const { write, type } = FORMATS[format];
  return new Blob([write(inspections, { threshold })], { type });
}

/** `ring-12.jpg` becomes `ring-12-defects.csv`; several photos become `defects.csv`. */
export function exportName(format: ExportFormat, photo?: string): string {
  const stem = photo ? `${photo.replace(/\.[^.]*$/, '')}-defects` : 'defects';
  return stem + FORMATS[format].extension;
}
