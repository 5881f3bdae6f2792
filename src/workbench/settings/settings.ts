import type { CsvStyle } from '../../core/export/csv-row.js';
import type { Theme } from './theme.js';

/** What somebody has chosen for good, kept in this browser. */
export interface Settings {
  /** Whether single letters and signs are keys. */
  readonly letterKeys?: boolean;
  /** How exported tables are written. */
  readonly csvStyle?: CsvStyle;
  readonly theme?: Theme;
}
