/** How YOLO datasets name their classes. */
import { MAX_CLASSES, MAX_NAME } from '../core/limits.js';
import { modelNames } from '../messages/model-names.js';
import { DatasetError } from './errors.js';
import { noteOf } from './json.js';
import { isLabel, linesOf, type LabelFile } from './labels.js';
import type { Ledger } from './ledger.js';

/** Files that give the classes their names, the most telling first. */
const PATTERNS = [/(^|\/)(data|dataset)\.ya?ml$/i, /(^|\/)classes\.txt$/i, /\.names$/i, /\.ya?ml$/i];

const rankOf = (path: string): number => PATTERNS.findIndex((pattern) => pattern.test(path));

/** Whether a file may name classes, as far as its own name tells. */
export const maySayNames = (path: string): boolean => rankOf(path) >= 0;

/**
 * Class names, by number; of a YAML file its entry `names`, of any other text its lines.
 *
 * @throws {DatasetError} when the YAML can't be read
 */
export async function parseNames(text: string, path: string): Promise<string[]> {
  if (/\.ya?ml$/i.test(path)) {
    // Large, and most datasets are read without it.
    const { yamlNames } = await import('./yaml-names.js');
    return Array.from(
      yamlNames(text).slice(0, MAX_CLASSES),
      (name, number) => name?.slice(0, MAX_NAME) ?? modelNames.numberedClass({ number }),
    );
  }
  // An empty line keeps the number of its class; those at the end are no classes.
  return linesOf(text.trimEnd())
    .slice(0, MAX_CLASSES)
    .map((line, number) => line.trim().slice(0, MAX_NAME) || modelNames.numberedClass({ number }));
}

/**
 * The names that the files agree on, of the most telling ones. Where equally telling ones differ, nobody knows which is
 * meant: then classes are called by their numbers, which is said.
 */
export async function readNames(texts: readonly LabelFile[], ledger: Ledger): Promise<readonly string[]> {
  let isListed = false;
  for (const rank of PATTERNS.keys()) {
    const files = texts.filter(({ file, text }) => rankOf(file.path) === rank && !isLabel(text));
    const lists: string[][] = [];
    for (const { file, text, note } of files) {
      try {
        if (note) throw new DatasetError(note);
        const names = await parseNames(text, file.path);
        if (names.length > 0) lists.push(names);
      } catch (error) {
        ledger.list(noteOf(error), file.path);
        isListed = true;
      }
    }
    const [first, ...others] = lists;
    if (!first) continue;
    if (others.every((other) => isSame(first, other))) return first;
    ledger.list({ reason: 'names-differ' }, files.map(({ file }) => file.path).join(', '));
    return [];
  }
  if (!isListed) ledger.list({ reason: 'no-names' }, '');
  return [];
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, i) => name === b[i]);
