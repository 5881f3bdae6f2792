/** Tables of Markdown, for pages that are made from comments. */

/** One line, whose bars are no borders. */
export const cell = (text = ''): string => text.replaceAll(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');

export const code = (text: string | undefined): string => (text ? `\`${cell(text)}\`` : '');

export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [heads, heads.map(() => '---'), ...rows].map(line).join('\n');
}
