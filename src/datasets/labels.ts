/** YOLO's labels: one text file per image. */
import type { Note } from './errors.js';
import { noteOf } from './json.js';
import { readText, type KnownFile } from './kind.js';
import type { PairIndex } from './pairs.js';
import type { SourceFile } from './types.js';

/** A text, or why it can't be had. */
export interface LabelFile {
  readonly file: SourceFile;
  readonly text: string;
  readonly note?: Note;
}

/** More than any label is long. */
const MAX_BYTES = 50e6;

export async function readLabel(file: SourceFile): Promise<LabelFile> {
  if ((file.size ?? 0) > MAX_BYTES) return { file, text: '', note: { reason: 'file-too-large' } };
  try {
    return { file, text: await readText(file) };
  } catch (error) {
    return { file, text: '', note: noteOf(error) };
  }
}

/** The number of a class. */
const CLASS = /^\d+(\.0*)?$/;
/** A coordinate. No part of it can be read in two ways: a pattern that tries them all would freeze on a long line. */
const NUMBER = /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i;

/** So much of a text tells, however long its first line is. */
const BEGINNING = 2048;

/** Whatever the system ends them with. */
export const linesOf = (text: string): string[] => text.split(/\r\n?|\n/);

/**
 * Whether a text is a label, and no note or list: its first line that isn't empty is a class and at least four more
 * numbers. @param text may be cut off
 */
export function isLabel(text: string): boolean {
  const [line = '', ...more] = linesOf(text.slice(0, BEGINNING).trimStart());
  const [first = '', ...numbers] = line.trim().split(/\s+/);
  // The last number may be cut off, too.
  if (more.length === 0 && numbers.length > 5) numbers.pop();
  return CLASS.test(first) && numbers.length >= 4 && numbers.every((number) => NUMBER.test(number));
}

/** Whether it lies where labels lie: an empty one says that its photo shows a good part. */
const isInLabels = (path: string): boolean => /(^|[/\\])labels[/\\]/i.test(path);

const isText = ({ kind, file }: KnownFile): boolean =>
  kind === 'text' && !/\.(ya?ml|names|xml)$/i.test(file.path);

/** Whether a file is a label by what it holds, or by where it lies if it holds nothing. */
export const isSureLabel = (known: KnownFile): boolean =>
  isText(known) && (isLabel(known.head) || (known.head.trim() === '' && isInLabels(known.file.path)));

/**
 * The files that are labels by what they hold, or by where they lie if they hold nothing; with them those beside a photo
 * that has no such file: what they are about to say, nobody knows. None where not one is sure to be a label.
 */
export function labelsAmong(known: readonly KnownFile[], pairs: PairIndex): SourceFile[] {
  const texts = known.filter(isText);
  const sure = texts.filter(isSureLabel);
  if (sure.length === 0) return [];
  const labelled = new Set(sure.flatMap(({ file }) => pairs.find(file)));
  const isMaybe = ({ file }: KnownFile): boolean =>
    /\.txt$/i.test(file.path) && pairs.find(file).some((photo) => !labelled.has(photo));
  return texts.filter((one) => isSureLabel(one) || isMaybe(one)).map(({ file }) => file);
}
