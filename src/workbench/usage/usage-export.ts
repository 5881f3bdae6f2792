import { csvRow, type CsvStyle } from '../../core/export/csv-row.js';
import { csvFile } from '../exports/csv-file.js';
import { errorCounts, STAGES, totals, type Counts, type Usage } from './usage.js';

/**
 * One row per day, `from` and `to` being that day; what was counted before days were told apart is one row of several days.
 * Times are sums over the photos of the row. RFC 4180 with a header row; units stand in the column names.
 */
export function usageToCsv(usage: Usage, style: CsvStyle = 'comma'): string {
  const codes = errorCounts(totals(usage)).map(([code]) => code);
  const row = (from: string, to: string, { photos, time, errors }: Counts) =>
    csvRow(
      [
        from,
        to,
        photos,
        ...STAGES.map((stage) => Math.round(time[stage])),
        ...codes.map((code) => errors[code] ?? 0),
      ],
      style,
    );
  const { earlier, days } = usage;
  return [
    csvRow(['from', 'to', 'photos', ...STAGES.map((stage) => `${stage}_ms`), ...codes], style),
    ...(earlier ? [row(earlier.since, earlier.until, earlier)] : []),
    ...days.map((one) => row(one.day, one.day, one)),
  ].join('');
}

/** The counts as they are kept; times are sums in milliseconds. */
export function usageToJson({ days, earlier }: Usage): string {
  return JSON.stringify({ ...(earlier && { earlier }), days }, null, 2);
}

export type UsageFormat = 'csv' | 'json';

/** The same as a file. */
export const usageBlob = (format: UsageFormat, usage: Usage, style: CsvStyle): Blob =>
  format === 'csv'
    ? csvFile(usageToCsv(usage, style))
    : new Blob([usageToJson(usage)], { type: 'application/json' });

export const usageName = (format: UsageFormat): string => `usage.${format}`;
