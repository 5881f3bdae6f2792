import { MAX_CLASSES } from '../../limits.js';

/** Ultralytics writes its metadata as Python prints it: `{0: 'scratch', 1: "don't"}`, `[640, 640]`. */

const TEXT = String.raw`'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"`;
/** One entry of a dict with whole numbers as keys (quoted in JSON), or of a list; then a comma or the end. */
const ENTRY = new RegExp(String.raw`\s*(?:["']?(\d+)["']?\s*:\s*)?(${TEXT})\s*(?:,|$)`, 'y');

/** Names by their number, or undefined where the text is no such dict or list. Numbers left out get ''. */
export function parseNames(text: string): string[] | undefined {
  const content = /^\s*[{[]([^]*)[}\]]\s*$/.exec(text)?.[1]?.trimEnd();
  if (!content) return undefined;
  // Numbers that are left out leave holes.
  const names: (string | undefined)[] = [];
  ENTRY.lastIndex = 0;
  while (ENTRY.lastIndex < content.length) {
    const entry = ENTRY.exec(content);
    if (!entry) return undefined;
    const index = entry[1] === undefined ? names.length : Number(entry[1]);
    if (index >= MAX_CLASSES) return undefined;
    names[index] = unescape(entry[2]!.slice(1, -1));
  }
  return Array.from(names, (name) => name ?? '');
}

const CONTROL: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function unescape(text: string): string {
  return text.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U(00(?:0[\da-fA-F]|10)[\da-fA-F]{4})|(.))/g,
    (_, x?: string, u?: string, long?: string, plain?: string) => {
      const code = x ?? u ?? long;
      return code === undefined ? (CONTROL[plain!] ?? plain!) : String.fromCodePoint(parseInt(code, 16));
    },
  );
}

const LONGEST_SIZE = 100;

/** `[height, width]` or one number for both; undefined where the text says neither. */
export function parseSize(text: string): number[] | undefined {
  if (text.length > LONGEST_SIZE) return undefined;
  const sides = /^\s*\[?\s*(\d+)\s*(?:,\s*(\d+)\s*)?\]?\s*$/.exec(text)?.slice(1).filter(Boolean).map(Number);
  return sides?.every((side) => side > 0) ? sides : undefined;
}
