import { toCoco } from '../../core/export/coco.js';
import { photosToCsv, type CsvOptions, type PhotoRecord } from '../../core/export/csv.js';
import { toJson } from '../../core/export/json.js';
import type { PhotoEntry } from '../batch/photo-batch.js';
import type { ExportFormat } from '../state.js';
import { csvFile } from './csv-file.js';

const EXTENSIONS = { csv: '.csv', json: '.json', coco: '.coco.json' };
const JSON_WRITERS = { json: toJson, coco: toCoco };

/** What is reported on photos. A CSV lists those without a result, too. */
export function exportBlob(
  format: ExportFormat,
  photos: readonly PhotoEntry[],
  { threshold, style }: Required<CsvOptions>,
): Blob {
  if (format === 'csv') return csvFile(photosToCsv(photos.map(recordOf), { threshold, style }));
  const inspections = photos.flatMap(({ output }) => output ?? []);
  return new Blob([JSON_WRITERS[format](inspections, { threshold })], { type: 'application/json' });
}

const recordOf = ({ name, state, error, output }: PhotoEntry): PhotoRecord => ({
  name,
  status: state,
  error: error?.code,
  inspection: output,
});

/** `ring-12.jpg` becomes `ring-12-defects.csv`; several photos become `defects.csv`. */
export function exportName(format: ExportFormat, photo?: string): string {
  const stem = photo ? `${photo.replace(/\.[^.]*$/, '')}-defects` : 'defects';
  return stem + EXTENSIONS[format];
}
