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
    return { file, text, json: JSON.parse(text) as unknown };
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
  return { reason: /[}\]]\s*$/.test(text) ? 'not-json' : 'json-ends-early' };
}
