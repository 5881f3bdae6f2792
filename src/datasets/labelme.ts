/** LabelMe: one JSON file per image; an image without one is a good part. */
import * as v from 'valibot';
import { appendTo } from '../core/append-to.js';
import { MAX_NAME } from '../core/limits.js';
import type { Region } from '../core/types.js';
import { DatasetError, type Note } from './errors.js';
import { homeOf, type FileIndex } from './file-index.js';
import { noteOf } from './json.js';
import type { Ledger } from './ledger.js';
import { LongName, Name } from './name-schema.js';
import { circle, hasArea, isCoordinate, isFraction, isPolygon, mayShow, rectangle } from './outline.js';
import type { PairIndex } from './pairs.js';
import { MAX_PATH } from './paths.js';
import type { Annotated, DatasetImage, SourceFile, Truth } from './types.js';

const Length = v.pipe(v.number(), v.integer(), v.minValue(1));
const Size = v.object({ imageWidth: Length, imageHeight: Length });
const File = v.object({
  shapes: v.array(v.unknown()),
  imagePath: v.fallback(v.pipe(v.string(), v.maxLength(MAX_PATH)), ''),
  imageData: v.fallback(v.optional(v.nullable(v.string())), undefined),
});
const Flagged = v.object({ flags: v.record(v.string(), v.unknown()) });
const Labelled = v.object({ label: Name });
const LongLabelled = v.object({ label: LongName });
const Coordinate = v.custom<number>(isCoordinate);
const Points = v.object({ points: v.array(v.tuple([Coordinate, Coordinate])) });
const Kind = v.object({ shape_type: v.string() });
const Group = v.object({ group_id: v.union([v.number(), v.string()]) });
const Mask = v.object({ mask: v.string() });

export interface LabelMeFile {
  readonly file: SourceFile;
  readonly shapes: readonly unknown[];
  /** Whether a flag is set for the whole photo, which may mean anything. */
  readonly isFlagged: boolean;
  /** Relative to the file; '' where it says none. */
  readonly imagePath: string;
  readonly size: DatasetImage['size'];
  /** Whether the photo is in the file. */
  readonly isEmbedded: boolean;
}

/** The file as this format, where it is one. The embedded photo is not kept: a thousand of them would fill the memory. */
export function toLabelMe(file: SourceFile, json: unknown): LabelMeFile | undefined {
  const read = v.safeParse(File, json);
  if (!read.success) return undefined;
  const { shapes, imagePath, imageData } = read.output;
  const size = v.safeParse(Size, json);
  return {
    file,
    shapes,
    isFlagged: v.is(Flagged, json) && Object.values(json.flags).includes(true),
    imagePath,
    size: size.success ? { width: size.output.imageWidth, height: size.output.imageHeight } : undefined,
    isEmbedded: Boolean(imageData),
  };
}

/** Whether something is to be seen on its photo. */
export const saysSomething = ({ shapes, isFlagged }: LabelMeFile): boolean => shapes.length > 0 || isFlagged;

/** The truths of one file. @throws {DatasetError} when one of its shapes can't be read or doesn't lie on the photo */
export async function labelMeTruths({
  shapes,
  size,
}: Pick<LabelMeFile, 'shapes'> & Partial<Pick<LabelMeFile, 'size'>>): Promise<Truth[]> {
  const truths: Truth[] = [];
  const defects: Parts[] = [];
  /** Shapes of one group are parts of one defect. */
  const groups = new Map<string, Parts>();
  for (const shape of shapes) {
    const labelled = v.safeParse(Labelled, shape);
    if (!labelled.success) throw new DatasetError(whyNoLabel(shape));
    const { label } = labelled.output;
    const part = await toPart(shape);
    if (!('counts' in part) && !hasArea(part)) throw new DatasetError({ reason: 'outline-empty' });
    const group = v.safeParse(Group, shape);
    const key = group.success
      ? `${labelKey(label)}\n${typeof group.output.group_id}\n${group.output.group_id}`
      : undefined;
    const known = key === undefined ? undefined : groups.get(key);
    const parts = known ?? { polygons: [], regions: [] };
    if ('counts' in part) parts.regions.push(part);
    else parts.polygons.push(part);
    if (known) continue;
    if (key !== undefined) groups.set(key, parts);
    defects.push(parts);
    truths.push({ className: label, isCrowd: false, outline: { unit: 'parts', ...parts } });
  }
  const isAnywhere = ({ polygons, regions }: Parts) => regions.length > 0 || mayShow(polygons, size);
  if (!defects.every(isAnywhere)) throw new DatasetError({ reason: 'outline-nowhere' });
  return truths;
}

const whyNoLabel = (shape: unknown): Note =>
  v.is(LongLabelled, shape)
    ? { reason: 'class-name-long', params: { most: MAX_NAME } }
    : { reason: 'no-label' };

interface Parts {
  readonly polygons: number[][];
  readonly regions: Region[];
}

const HAVE_AREA = new Set(['polygon', 'rectangle', 'circle', 'mask']);

async function toPart(shape: unknown): Promise<number[] | Region> {
  const kind = v.safeParse(Kind, shape);
  const type = kind.success ? kind.output.shape_type : 'polygon';
  if (!HAVE_AREA.has(type)) {
    throw new DatasetError({ reason: 'shape-without-area', params: { shape: type.slice(0, 40) } });
  }
  const read = v.safeParse(Points, shape);
  if (!read.success) throw new DatasetError({ reason: 'points-no-numbers' });
  const numbers = read.output.points.flat();
  if (type !== 'mask' && numbers.length > 0 && numbers.every(isFraction))
    throw new DatasetError({ reason: 'outline-fractions' });
  if (type === 'polygon' && isPolygon(numbers)) return numbers;
  if (type === 'rectangle' && numbers.length === 8) return numbers;
  if (numbers.length === 4) {
    const [x1, y1, x2, y2] = numbers as [number, number, number, number];
    if (type === 'rectangle') return rectangle(x1, y1, x2, y2);
    if (type === 'circle') return circle(x1, y1, Math.hypot(x2 - x1, y2 - y1));
    if (type === 'mask') {
      const mask = v.safeParse(Mask, shape);
      if (!mask.success) throw new DatasetError({ reason: 'mask-unreadable' });
      // Loaded for those who bring one.
      const { maskRegion } = await import('./mask.js');
      return maskRegion(mask.output.mask, numbers);
    }
  }
  throw new DatasetError({ reason: 'too-few-points', params: { shape: type } });
}

/** A file, and the photo that it is about. */
interface Claim {
  readonly labelMe: LabelMeFile;
  /** Whether the two have the same path but for the extension. */
  readonly isBeside: boolean;
}

/** What LabelMe's files say about the photos. */
export async function readLabelMe(
  annotations: readonly LabelMeFile[],
  index: FileIndex,
  pairs: PairIndex,
  ledger: Ledger,
): Promise<Annotated> {
  const claims = new Map<SourceFile, Claim[]>();
  const doubtful = new Set<SourceFile>();
  const asAnother = new Set<SourceFile>();
  const lost: (Lost & LabelMeFile)[] = [];
  for (const labelMe of annotations) {
    ledger.enter(labelMe.file, labelMe.file.path);
    const beside = pairs.find(labelMe.file);
    const found = photoOf(labelMe, index, beside);
    for (const file of found.file ? [] : found.candidates) doubtful.add(file);
    for (const file of beside) if (file !== found.file) asAnother.add(file);
    if (!found.file) {
      lost.push({ ...found, ...labelMe });
      continue;
    }
    const photo = found.file;
    appendTo(claims, photo, { labelMe, isBeside: beside.includes(photo) });
  }

  const images: DatasetImage[] = [];
  for (const [file, all] of claims) {
    doubtful.delete(file);
    const beside = all.filter(({ isBeside }) => isBeside);
    const [only] = beside.length === 1 ? beside : all.length === 1 ? all : [];
    // What shows nothing by one file and something by another is not known to be good.
    const isInDoubt = only && !saysSomething(only.labelMe) && all.some((one) => saysSomething(one.labelMe));
    const chosen = isInDoubt ? undefined : only;
    for (const { labelMe } of all) {
      if (labelMe !== chosen?.labelMe)
        ledger.leaveOut(labelMe.file, { reason: chosen ? 'second-file' : 'annotated-twice' });
    }
    const image = chosen && (await toImage(file, chosen.labelMe, ledger));
    if (image) images.push(image);
    else doubtful.add(file);
  }
  for (const file of asAnother) {
    if (claims.has(file)) continue;
    if (!doubtful.has(file)) ledger.list({ reason: 'annotated-as-another' }, file.path);
    doubtful.add(file);
  }
  for (const { file, why, candidates } of lost) {
    const among = candidates.map(({ path }) => path).join(', ');
    ledger.leaveOut(file, { reason: why }, among ? `${file.path} (${among})` : file.path);
  }
  return {
    images: inOneSpelling(images, ledger),
    doubtful,
    strays: lost.map(({ file }) => file),
    hasStray: lost.some(saysSomething),
  };
}

/** What is typed by hand is meant to be the same, whatever its case. */
const labelKey = (label: string): string => label.toLowerCase();

/** The images with one spelling per class: the one that most defects have. */
function inOneSpelling(images: readonly DatasetImage[], ledger: Ledger): DatasetImage[] {
  const counts = new Map<string, Map<string, number>>();
  for (const { className } of images.flatMap(({ truths }) => truths)) {
    const key = labelKey(className);
    const spellings = counts.get(key) ?? new Map<string, number>();
    spellings.set(className, (spellings.get(className) ?? 0) + 1);
    counts.set(key, spellings);
  }
  const chosen = new Map<string, string>();
  for (const [key, spellings] of counts) {
    const names = [...spellings].sort(([, a], [, b]) => b - a).map(([name]) => name);
    chosen.set(key, names[0]!);
    if (names.length > 1) ledger.list({ reason: 'labels-alike' }, names.join(', '));
  }
  return images.map(({ truths, ...image }) => ({
    ...image,
    truths: truths.map((truth) => ({ ...truth, className: chosen.get(labelKey(truth.className))! })),
  }));
}

async function toImage(
  file: SourceFile,
  labelMe: LabelMeFile,
  ledger: Ledger,
): Promise<DatasetImage | undefined> {
  try {
    const truths = await labelMeTruths(labelMe);
    if (truths.length === 0 && labelMe.isFlagged) throw new DatasetError({ reason: 'flag-alone' });
    ledger.use(labelMe.file);
    return { file, ...(labelMe.size && { size: labelMe.size }), truths };
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    ledger.leaveOut(labelMe.file, noteOf(error));
    return undefined;
  }
}

/** Why a file's photo isn't found, and the photos that it may be about. */
interface Lost {
  readonly why: 'image-missing' | 'name-ambiguous' | 'image-elsewhere';
  readonly candidates: readonly SourceFile[];
}

/**
 * `imagePath` is relative to the JSON file; where it leads nowhere, the image of the same name is meant, or the one in the
 * file itself.
 */
function photoOf(
  { file, imagePath, isEmbedded }: LabelMeFile,
  index: FileIndex,
  beside: readonly SourceFile[],
): { readonly file: SourceFile } | (Lost & { readonly file?: undefined }) {
  const found = imagePath === '' ? undefined : index.find(imagePath, homeOf(file));
  if (found?.file) return found;
  if (beside.length === 1) return { file: beside[0]! };
  if (isEmbedded) return { file };
  if (!found) return { why: beside.length > 0 ? 'name-ambiguous' : 'image-missing', candidates: beside };
  const { why, candidates } = found;
  return { why: why === 'ambiguous' ? 'name-ambiguous' : 'image-elsewhere', candidates };
}
