import type { CsvStyle } from '../../core/export/csv-row.js';

/** A CSV as a file. It begins with the mark by which spreadsheets tell UTF-8. */
export const csvFile = (text: string): Blob => new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' });

/** As spreadsheets of the language in use write lists: where the decimal sign is a comma, a semicolon separates. */
export function usualCsvStyle(language?: string): CsvStyle {
  const decimal = new Intl.NumberFormat(language).formatToParts(0.5).find(({ type }) => type === 'decimal');
  return decimal?.value === ',' ? 'semicolon' : 'comma';
}
