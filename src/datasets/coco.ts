/** COCO: one JSON file for all images. */
import * as v from 'valibot';
import { appendTo } from '../core/append-to.js';
import type { CocoSegmentation } from '../core/evaluation/coco.js';
import { MAX_NAME } from '../core/limits.js';
import { rleFromString } from '../core/regions/rle.js';
import type { Note } from './errors.js';
import { homeOf, type FileIndex, type Found } from './file-index.js';
import type { Ledger } from './ledger.js';
import { LongName, Name } from './name-schema.js';
import { hasArea, isFraction, mayShow, toPolygons } from './outline.js';
import { MAX_PATH, decoded, normalPath } from './paths.js';
import type { DatasetImage, SourceFile, Truth } from './types.js';

/** Tools write the same id as a number in one list and as text in the other. */
const Id = v.pipe(v.union([v.pipe(v.string(), v.maxLength(200)), v.number()]), v.transform(String));
const Length = v.pipe(v.number(), v.integer(), v.minValue(1));
const Image = v.object({ id: Id, file_name: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_PATH)) });
const Size = v.object({ width: Length, height: Length });
const Category = v.object({ id: Id, name: Name });
const LongCategory = v.object({ id: Id, name: LongName });
/** Of panoptic annotations, whose outlines are pictures. */
const Panoptic = v.object({ segments_info: v.array(v.unknown()) });
const Annotation = v.object({ category_id: Id, segmentation: v.optional(v.unknown()) });
const OfImage = v.object({ image_id: Id });
const Crowd = v.object({ iscrowd: v.union([v.literal(1), v.literal(true)]) });
const Outlined = v.object({ segmentation: v.object({}) });
const Identified = v.object({ id: Id });
const Runs = v.object({
  size: v.tuple([Length, Length]),
  counts: v.union([v.string(), v.array(v.number())]),
});
const List = v.fallback(v.optional(v.array(v.unknown())), undefined);
const Lists = v.object({ images: v.array(v.unknown()), annotations: List, categories: List });

/** A file's lists; what is in them is checked entry by entry, so that a broken one doesn't cost the others. */
export interface CocoFile {
  readonly file: SourceFile;
  readonly images: readonly unknown[];
  /** Undefined where it has no such list: then nothing is known about its images. */
  readonly annotations: readonly unknown[] | undefined;
  readonly categories: readonly unknown[];
  /** Whether it says something about images in another way than by its list of annotations. */
  readonly isUnclear: boolean;
}

/** The file as this format, where it is one. */
export function toCoco(file: SourceFile, json: unknown): CocoFile | undefined {
  const read = v.safeParse(Lists, json);
  if (!read.success) return undefined;
  const { images, annotations, categories } = read.output;
  if (!annotations && !categories && !images.some((one) => v.is(Image, one))) return undefined;
  return {
    file,
    images,
    annotations,
    categories: categories ?? [],
    isUnclear: isUnclear(json as object, images),
  };
}

const LISTS = new Set(['images', 'annotations', 'categories']);
/** What holds annotations within an image. */
const WITHIN = ['annotations', 'objects', 'segmentation', 'segments_info', 'shapes', 'regions'];
const Annotating = v.union([OfImage, Outlined]);

function isUnclear(json: object, images: readonly unknown[]): boolean {
  const isFilled = (value: unknown): boolean =>
    typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  const lists = new Map<string, unknown>(Object.entries(json));
  const annotations = lists.get('annotations');
  return (
    (!Array.isArray(annotations) && isFilled(annotations)) ||
    images.some(
      (image) => isFilled(image) && WITHIN.some((key) => isFilled(Reflect.get(image as object, key))),
    ) ||
    [...lists].some(
      ([key, list]) => !LISTS.has(key) && Array.isArray(list) && list.some((one) => v.is(Annotating, one)),
    )
  );
}

/** The names of those images that it says show something; of all where it isn't clear of which it says so. */
export function annotatedNames({ images, annotations = [], isUnclear }: CocoFile): string[] {
  const ids = new Set(images.flatMap((one) => (v.is(Identified, one) ? String(one.id) : [])));
  const annotated = annotations.map((one) => (v.is(OfImage, one) ? String(one.image_id) : undefined));
  const isAny = isUnclear || annotated.some((id) => id === undefined || !ids.has(id));
  const shown = new Set(annotated);
  return images.flatMap((one) =>
    v.is(Image, one) && (isAny || shown.has(String(one.id))) ? one.file_name : [],
  );
}

/** Whether it says that images show something, but gives none of them a name. */
export const isNameless = ({ images, annotations = [], isUnclear }: CocoFile): boolean =>
  (annotations.length > 0 || isUnclear) && !images.some((one) => v.is(Image, one));

/** How many of its annotations have an outline: of captions, boxes and keypoints, none has. */
export const countOutlines = ({ annotations = [] }: CocoFile): number =>
  annotations.filter((one) => v.is(Outlined, one) && !isEmpty(one.segmentation)).length;

/** Finds the photos that a file names. */
export class CocoNames {
  /** Whether its names are meant from its own folder on: one of them is found there. */
  private readonly isHome: boolean;
  private readonly home: string;

  constructor(
    { file, images }: CocoFile,
    private readonly index: FileIndex,
  ) {
    this.home = homeOf(file);
    const names = images.flatMap((image) => (v.is(Image, image) ? image.file_name : []));
    this.isHome = this.home !== '' && names.some((name) => index.find(name, this.home, true)?.file);
    this.count = names.filter((name) => this.find(name)?.file).length;
  }

  /** How many of them are there. */
  readonly count: number;

  find(name: string): Found | undefined {
    return this.index.find(name, this.home, this.isHome);
  }
}

/** An image, as one or several entries list it. */
interface Entry {
  readonly item: object;
  readonly id: string;
  readonly name: string;
  readonly size: v.InferOutput<typeof Size> | undefined;
}

/**
 * Images that are there, each with its truths. An image with an annotation that can't be read is left out as a whole:
 * a correct detection would be a false alarm on it. So is one that may have an annotation which didn't find it.
 */
export function readCoco(
  coco: CocoFile,
  files: readonly SourceFile[],
  names: CocoNames,
  ledger: Ledger,
): { images: DatasetImage[]; classes: string[] } {
  const categories = categoriesOf(coco, ledger);
  const entries = entriesOf(coco, ledger);
  const { byImage, hasStray } = annotationsOf(coco, ledger);
  const { groups, doubtful } = groupByFile(entries, names, ledger);

  const images: DatasetImage[] = [];
  for (const [file, group] of groups) {
    const annotations = group.flatMap(({ id }) => byImage.get(id) ?? []);
    const size = group.find((entry) => entry.size)?.size;
    const truths = annotations.map((annotation) => toTruth(annotation, categories, size));
    const note: Note | undefined =
      (doubtful.has(file) && { reason: 'name-ambiguous' }) ||
      truths.find((one): one is Note => !isTruth(one)) ||
      (sizesDiffer(group) && { reason: 'sizes-differ' }) ||
      ((hasStray || coco.isUnclear) && truths.length === 0 && { reason: 'maybe-annotated' }) ||
      undefined;
    if (note) {
      for (const { item } of group) ledger.leaveOut(item, note);
      continue;
    }
    for (const { item } of group) ledger.use(item);
    if (group.length > 1) ledger.list({ reason: 'listed-twice' }, group[0]!.name);
    images.push({ file, ...(size && { size }), truths: truths.filter(isTruth) });
  }
  for (const file of files) {
    if (!groups.has(file) && !doubtful.has(file)) ledger.list({ reason: 'not-named' }, file.path);
  }
  const used = new Set(images.flatMap((image) => image.truths.map(({ className }) => className)));
  const named = [...new Set(categories.values())].filter((name) => typeof name === 'string');
  return { images, classes: named.filter((name) => used.has(name)) };
}

/** Names by id, or why there is none. */
type Categories = ReadonlyMap<string, string | Note>;

const UNKNOWN: Note = { reason: 'unknown-class' };

function categoriesOf({ categories }: CocoFile, ledger: Ledger): Categories {
  const names = new Map<string, string | Note>();
  for (const category of categories) {
    const read = v.safeParse(Category, category);
    if (!read.success) {
      const long = v.safeParse(LongCategory, category);
      if (long.success) {
        names.set(long.output.id, { reason: 'class-name-long', params: { most: MAX_NAME } });
        continue;
      }
      ledger.list({ reason: 'category-unreadable' }, idOf(category));
      continue;
    }
    const { id, name } = read.output;
    // One id of two names is of neither.
    names.set(id, !names.has(id) || names.get(id) === name ? name : UNKNOWN);
  }
  return names;
}

function entriesOf({ images }: CocoFile, ledger: Ledger): Entry[] {
  const ids = new Map<string, string>();
  const shared = new Set<string>();
  const entries = images.flatMap((image): Entry[] => {
    const read = v.safeParse(Image, image);
    if (!read.success) {
      ledger.list({ reason: 'no-file-name' }, idOf(image));
      return [];
    }
    const { id, file_name: name } = read.output;
    const key = nameKey(name);
    if (ids.has(id) && ids.get(id) !== key) shared.add(id);
    ids.set(id, key);
    const item = image as object;
    ledger.enter(item, name);
    const size = v.safeParse(Size, image);
    return [{ item, id, name, size: size.success ? size.output : undefined }];
  });
  return entries.filter(({ id, item }) => {
    if (shared.has(id)) ledger.leaveOut(item, { reason: 'same-id' });
    return !shared.has(id);
  });
}

/**
 * Annotations by image; an image is either used or listed, and its annotations with it. A stray one belongs to an image
 * that it doesn't say: to any that seems to have none.
 */
function annotationsOf(
  { images, annotations = [] }: CocoFile,
  ledger: Ledger,
): { byImage: Map<string, unknown[]>; hasStray: boolean } {
  const byImage = new Map<string, unknown[]>();
  for (const image of images) {
    const read = v.safeParse(Identified, image);
    if (read.success) byImage.set(read.output.id, []);
  }
  let hasStray = false;
  for (const annotation of annotations) {
    const read = v.safeParse(OfImage, annotation);
    const group = read.success ? byImage.get(read.output.image_id) : undefined;
    if (group) {
      group.push(annotation);
    } else {
      hasStray = true;
      ledger.list({ reason: 'stray-annotation' }, idOf(annotation));
    }
  }
  return { byImage, hasStray };
}

/** The entries by the photo that they name, and the photos of which it isn't sure whether one names them. */
function groupByFile(
  entries: readonly Entry[],
  names: CocoNames,
  ledger: Ledger,
): { groups: Map<SourceFile, Entry[]>; doubtful: Set<SourceFile> } {
  const groups = new Map<SourceFile, Entry[]>();
  const doubtful = new Set<SourceFile>();
  for (const entry of entries) {
    const found = names.find(entry.name);
    if (!found?.file) {
      const candidates = found?.candidates ?? [];
      const among = candidates.map(({ path }) => path).join(', ');
      const reason = found ? NOTES[found.why] : 'image-missing';
      ledger.leaveOut(entry.item, { reason }, found ? `${entry.name} (${among})` : entry.name);
      if (found?.why === 'ambiguous') for (const file of candidates) doubtful.add(file);
      continue;
    }
    appendTo(groups, found.file, entry);
  }
  // Different names for one photo: at most one of them is right.
  for (const [file, group] of groups) {
    if (new Set(group.map(({ name }) => nameKey(name))).size > 1) doubtful.add(file);
  }
  return { groups, doubtful };
}

const NOTES = { ambiguous: 'name-ambiguous', elsewhere: 'image-elsewhere' } as const;

const nameKey = (name: string): string => decoded(normalPath(name)).replace(/^\.\//, '');

function sizesDiffer(group: readonly Entry[]): boolean {
  const sizes = group.flatMap(({ size }) => (size ? `${size.width} ${size.height}` : []));
  return new Set(sizes).size > 1;
}

const isTruth = (one: Truth | Note): one is Truth => 'outline' in one;

/** What a person finds an entry by. */
function idOf(entry: unknown): string {
  const read = v.safeParse(Identified, entry);
  return read.success ? `id ${read.output.id}` : '';
}

/** The truth, or why there is none. @param size the photo's, where it is stated */
function toTruth(annotation: unknown, categories: Categories, size: DatasetImage['size']): Truth | Note {
  const read = v.safeParse(Annotation, annotation);
  if (!read.success) return v.is(Panoptic, annotation) ? { reason: 'panoptic' } : UNKNOWN;
  const className = categories.get(read.output.category_id) ?? UNKNOWN;
  if (typeof className !== 'string') return className;
  const { segmentation: written } = read.output;
  if (written === undefined || written === null || isEmpty(written)) return { reason: 'no-outline' };
  const segmentation = toSegmentation(written);
  if (!segmentation) return { reason: 'outline-unreadable' };
  const fault = faultOf(segmentation, size);
  if (fault) return fault;
  return { className, isCrowd: v.is(Crowd, annotation), outline: { unit: 'pixels', segmentation } };
}

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** Why nothing can be found by an outline, if nothing can. */
function faultOf(segmentation: CocoSegmentation, size: DatasetImage['size']): Note | undefined {
  if ('counts' in segmentation) {
    const isFilled = runsOf(segmentation).some((run, i) => i % 2 === 1 && run > 0);
    return isFilled ? undefined : { reason: 'outline-empty' };
  }
  if (!segmentation.some(hasArea)) return { reason: 'outline-empty' };
  if (segmentation.flat().every(isFraction)) return { reason: 'outline-fractions' };
  return mayShow(segmentation, size) ? undefined : { reason: 'outline-nowhere' };
}

function toSegmentation(value: unknown): CocoSegmentation | undefined {
  if (Array.isArray(value)) return toPolygons(value);
  if (!v.is(Runs, value)) return undefined;
  const { size } = value;
  try {
    const runs = runsOf(value);
    const areRuns = runs.every((run) => Number.isInteger(run) && run >= 0);
    return areRuns && runs.reduce((sum, run) => sum + run, 0) === size[0] * size[1] ? value : undefined;
  } catch {
    return undefined;
  }
}

type Packed = Extract<CocoSegmentation, { readonly counts: unknown }>;

/** Lengths of runs outside and inside, in turn. Throws where they are packed in a way that nobody knows. */
const runsOf = ({ size, counts }: Packed): readonly number[] =>
  typeof counts === 'string' ? rleFromString(counts, size).counts : counts;
