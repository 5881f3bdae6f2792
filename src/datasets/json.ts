/** JSON from outside: read once, with a reason where it can't be. */
import { DatasetError, type Note } from './errors.js';
import { readText } from './kind.js';
import type { SourceFile } from './types.js';

/** More characters than a browser keeps in one string. */
const MAX_BYTES = 500e6;

/** A JSON file, or why it can't be read, with its text as far as there is one. */
export type JsonFile = { readonly file: SourceFile; readonly text: string } & (
  { readonly json: unknown; readonly note?: undefined } | { readonly note: Note }
);

export async function readJson(file: SourceFile): Promise<JsonFile> {
  let text = '';
  try {
    if ((file.size ?? 0) > MAX_BYTES) return { file, text, note: { reason: 'file-too-large' } };
    text = await readText(file);
    const json = JSON.parse(text) as unknown;
    const key = keyTwice(text);
    return key === undefined
      ? { file, text, json }
      : { file, text, note: { reason: 'key-twice', params: { key } } };
  } catch (error) {
    return { file, text, note: error instanceof SyntaxError ? whyNot(text) : noteOf(error) };
  }
}

/** What is said of a file that can't be had. */
export const noteOf = (error: unknown): Note =>
  error instanceof DatasetError ? plain(error.data) : { reason: 'file-unreadable' };

function plain({ code: _, because: __, ...note }: DatasetError['data']): Note {
  return note;
}

/** Words that Python and JavaScript write for what JSON has no number for. */
const NO_NUMBER = /[[:,]\s*(-?Infinity|NaN)\s*[\],}]/;

function whyNot(text: string): Note {
  if (text.trim() === '') return { reason: 'json-empty' };
  const word = NO_NUMBER.exec(text)?.[1];
  if (word !== undefined) return { reason: 'json-no-number', params: { word } };
  return { reason: /[}\]]\s*,?\s*$|^\s*</.test(text) ? 'not-json' : 'json-ends-early' };
}

/** Of those that hold all that a file says of photos, the last one would take the place of the others without a word. */
const KEYS = ['images', 'annotations', 'categories', 'shapes'];
const KEY = new RegExp(`"(${KEYS.join('|')})"\\s*:`, 'g');

/** One of these keys that the outermost object has twice. @param text valid JSON */
function keyTwice(text: string): string | undefined {
  const keys = new Map([...text.matchAll(KEY)].map(({ index, 1: key }) => [index, key!]));
  if (new Set(keys.values()).size === keys.size) return undefined;
  const outer = outermost(text, keys).map((at) => keys.get(at));
  return KEYS.find((key) => outer.indexOf(key) !== outer.lastIndexOf(key));
}

/** Those of some places of strings in a JSON text that lie in the outermost object. */
function outermost(text: string, wanted: ReadonlyMap<number, unknown>): number[] {
  const found: number[] = [];
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!;
    if (letter === '{' || letter === '[') depth++;
    else if (letter === '}' || letter === ']') depth--;
    if (letter !== '"') continue;
    if (depth === 1 && wanted.has(at)) found.push(at);
    for (at++; text[at] !== '"'; at++) if (text[at] === '\\') at++;
  }
  return found;
}
