/** Finds files by the names that annotations give them. */
import { appendTo } from '../core/append-to.js';
import { whenAsked } from '../core/when-asked.js';
import { FORMS, MAX_PATH, baseName, decoded, folderOf, normalPath } from './paths.js';
import type { SourceFile } from './types.js';

/**
 * The file that is meant; or several that could be; or one in another folder than is said, which may be another photo of
 * the same name; or undefined.
 */
export type Found =
  | { readonly file: SourceFile; readonly candidates?: undefined }
  | {
      readonly file?: undefined;
      readonly why: 'ambiguous' | 'elsewhere';
      readonly candidates: readonly SourceFile[];
    };

/** Folders that say what kind of files is in them and not which. */
const KINDS = /^(images?|imgs?|photos?|pictures?|jpegimages|data|labels?|annotations?|anns?)$/i;

type Segments = readonly string[];

interface Indexed {
  readonly file: SourceFile;
  readonly segments: Segments;
}

export class FileIndex {
  /** By the last part of the path, in each of the forms: most names are found in the strictest one. */
  private readonly byName = FORMS.map((form) =>
    whenAsked(() => {
      const found = new Map<string, Indexed[]>();
      for (const file of this.files) {
        const path = form(normalPath(file.path));
        appendTo(found, baseName(path), { file, segments: path.split('/') });
      }
      return found;
    }),
  );

  constructor(private readonly files: readonly SourceFile[]) {}

  /**
   * @param name as the annotations give it: relative to their own file or to the folder, or of another computer.
   * @param from the folder of the file that names it.
   * @param isWithin whether only files in `from` can be meant.
   */
  find(name: string, from = '', isWithin = false): Found | undefined {
    if (name.length > MAX_PATH) return undefined;
    const path = plainPath(name);
    const home = normalPath(from);
    for (const [i, form] of FORMS.entries()) {
      const wanted = form(path.text);
      const folder = form(home) === '' ? [] : form(home).split('/');
      const named = this.byName[i]!().get(baseName(wanted)) ?? [];
      const candidates = isWithin ? named.filter(({ segments }) => startsWith(segments, folder)) : named;
      if (candidates.length > 0) return choose(candidates, wanted, folder, path.isForeign);
    }
    return undefined;
  }
}

function choose(candidates: readonly Indexed[], wanted: string, folder: Segments, isForeign: boolean): Found {
  const name = wanted.split('/').filter((part) => part !== '' && part !== '.');
  const beside = resolve(folder, name);
  const exact =
    candidates.find(({ segments }) => isSame(segments, beside)) ??
    candidates.find(({ segments }) => isSame(segments, name));
  if (exact) return { file: exact.file };

  // One path may begin further up than the other: then the shorter one is the end of the longer one.
  const ends = (a: Segments, b: Segments): boolean => endsWith(a, b) || endsWith(b, a);
  const plain = name.filter((part) => part !== '..');
  const fitting = [
    candidates.filter(({ segments }) => ends(segments, plain)),
    candidates.filter(
      ({ segments }) => startsWith(segments, folder) && ends(segments.slice(folder.length), plain),
    ),
    candidates.filter(({ segments }) => ends(namesAlone(segments), namesAlone(plain))),
    isForeign ? candidates : [],
  ].find((list) => list.length > 0);
  if (!fitting) return { why: 'elsewhere', candidates: candidates.map(({ file }) => file) };

  // Of several the one that shares most of the path.
  const shared = fitting.map(({ segments }) => sharedEnd(segments, plain));
  const most = shared.reduce((a, b) => Math.max(a, b), 0);
  const best = fitting.filter((_, i) => shared[i] === most);
  if (best.length === 1) return { file: best[0]!.file };
  return { why: 'ambiguous', candidates: best.map(({ file }) => file) };
}

/** Paths of other computers, addresses and what annotation tools make of them. */
function plainPath(name: string): { readonly text: string; readonly isForeign: boolean } {
  // Label Studio's local files: `/data/local-files/?d=images/a.jpg`.
  const query = /\?d=([^&#]+)/.exec(name)?.[1];
  const text = normalPath(query === undefined ? name : decoded(query));
  const isAddress = /^(?!file:)[a-z][a-z+.-]+:\/\//i.test(text);
  const isForeign = query !== undefined || /^(\/|[a-z]:|[a-z][a-z+.-]+:\/\/|\.\.)/i.test(text);
  // Addresses of cloud storage end with who may read them and until when.
  const path = isAddress ? text.replace(/[?#][^]*$/, '') : text;
  return { text: path.replace(/^[a-z][a-z+.-]*:\/*/i, ''), isForeign };
}

/** The path of `name` as seen from `folder`. */
function resolve(folder: Segments, name: Segments): Segments {
  const path = [...folder];
  for (const part of name) {
    if (part === '..') path.pop();
    else path.push(part);
  }
  return path;
}

const namesAlone = (segments: Segments): Segments =>
  segments.filter((part, i) => i === segments.length - 1 || !KINDS.test(part));

/** A path without the folders that say what kind of files is in them. */
export const withoutKinds = (path: string): string => namesAlone(path.split('/')).join('/');

const isSame = (a: Segments, b: Segments): boolean => a.length === b.length && endsWith(a, b);

const startsWith = (path: Segments, folder: Segments): boolean =>
  path.length > folder.length && folder.every((part, i) => part === path[i]);

const endsWith = (path: Segments, end: Segments): boolean =>
  path.length >= end.length && sharedEnd(path, end) === end.length;

function sharedEnd(a: Segments, b: Segments): number {
  let shared = 0;
  while (shared < Math.min(a.length, b.length) && a.at(-1 - shared) === b.at(-1 - shared)) shared++;
  return shared;
}

/** What an index is asked by: the folder of the file that names the others. */
export const homeOf = ({ path }: { readonly path: string }): string => folderOf(normalPath(path));
