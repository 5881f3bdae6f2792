/** How cells and numbers are told apart: as spreadsheets of most languages write lists, or as those with decimal commas do. */
export type CsvStyle = 'comma' | 'semicolon';

export type Cell = string | number | undefined;

const STYLES = { comma: { separator: ',', decimal: '.' }, semicolon: { separator: ';', decimal: ',' } };

export const isCsvStyle = (style: unknown): style is CsvStyle =>
  typeof style === 'string' && Object.hasOwn(STYLES, style);

/**
 * One line, ended. RFC 4180, or the same with semicolons and decimal commas. No text in it is run as a formula by a
 * spreadsheet, whichever separator that takes it for: an apostrophe goes before what could be one.
 */
export function csvRow(row: readonly Cell[], style: CsvStyle = 'comma'): string {
  const { separator, decimal } = STYLES[style];
  return row.map((cell) => quote(textOf(cell, decimal), separator)).join(separator) + '\r\n';
}

function textOf(cell: Cell, decimal: string): string {
  if (typeof cell === 'string') return disarm(cell);
  return cell === undefined ? '' : String(cell).replace('.', decimal);
}

/**
 * What begins a formula, in full and in small width too, at the beginning of a text or after what another spreadsheet takes for the
 * beginning of a cell; quotes and characters without width count for nothing.
 */
const FORMULA = /([,;|\t\r\n])([\s\p{Cc}\p{Cf}"']*)([=+\-@＝＋－＠﹦﹢﹣﹫]?)/gu;

/** In one go, however many characters without width there are: a pattern that looks ahead would freeze on them. */
function disarm(text: string): string {
  const disarmed = `,${text}`.replace(
    FORMULA,
    (all, before: string, between: string, sign: string, at: number) => {
      if (sign !== '') return `${before}'${between.replace(/[\t\r\n]/g, "$&'")}${sign}`;
      return at === 0 && /^[\t\r\n]/.test(between) ? `,'${between}` : all;
    },
  );
  return disarmed.slice(1);
}

const quote = (text: string, separator: string): string =>
  /["\r\n]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text;
