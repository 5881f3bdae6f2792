/** A lesson as one file: a ZIP with `lesson.json`, its photos or what was learnt from them, and the model. */
import * as v from 'valibot';
import { InspectorError } from '../../core/errors.js';
import { clipped, MAX_CLASSES, MAX_NAME } from '../../core/limits.js';
import { RegionColumns } from '../../core/regions/region-sets.js';
import { rleFromString, rleToString } from '../../core/regions/rle.js';
import type { LessonDoubt } from '../../core/teach/check-lesson.js';
import { zipSource } from '../../datasets/zip.js';
import type { SourceFile } from '../../datasets/types.js';
import { lessonDoubts } from '../../messages/lesson-text.js';
import { fromBytes, toBytes } from './flat-data.js';
import { HEAD } from './may-hold-lesson.js';
import type { PackedLesson, PackedPhoto } from './package.js';
import { KEEPINGS } from './state.js';
import { linesOf } from './taught-file.js';
import { fileNameOf, zipOf, type ZipEntry } from './write-zip.js';

const FORMAT = 'defect-inspector-lesson';
const VERSION = 1;

/** `lesson.json` comes first, so that whoever looks at the file's beginning knows what it is. */
export async function lessonFile({ photos, learnt, ...rest }: PackedLesson): Promise<Blob> {
  const entries: ZipEntry[] = [];
  const add = (path: string, content: Blob): string => {
    entries.push({ path, content });
    return path;
  };
  const listed = photos.map(({ features, file, thumbnail, marks, ...said }, i) => {
    const place = String(i + 1).padStart(4, '0');
    return {
      ...said,
      marks: marks.map(({ region, ...mark }) => ({
        ...mark,
        region: { ...region, counts: rleToString(region) },
      })),
      ...(file && { file: add(`photos/${place} ${fileNameOf(said.name)}`, file), type: file.type }),
      ...(thumbnail && { thumbnail: add(`thumbnails/${place}.jpg`, thumbnail) }),
      ...(features && { features: add(`features/${place}.bin`, toBytes(features)) }),
    };
  });
  const head = {
    ...{ format: FORMAT, version: VERSION, ...rest, photos: listed },
    ...(learnt && { learnt: { ...learnt, model: add('model.onnx', learnt.model) } }),
  };
  return zipOf([{ path: HEAD, content: JSON.stringify(head) }, ...entries]);
}

const Name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_NAME));
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Id = v.pipe(v.number(), v.integer(), v.minValue(1));
const Length = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1e6));
const Share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

const Region = v.pipe(
  v.object({ x: Count, y: Count, width: Length, height: Length, counts: v.string() }),
  v.check(({ x, y }) => x < 1e6 && y < 1e6),
  v.transform(({ counts, ...box }) => ({
    ...box,
    counts: Uint32Array.from(rleFromString(counts, [box.height, box.width]).counts),
  })),
  v.check((region) => new RegionColumns(region).area > 0),
);

const Photo = v.object({
  // Programs call photos as they like.
  name: v.pipe(
    v.string(),
    v.transform((name) => clipped(name)),
  ),
  hash: v.optional(v.pipe(v.string(), v.regex(/^[\da-f]{64}$/))),
  size: v.optional(v.object({ width: Length, height: Length })),
  isGood: v.boolean(),
  marks: v.array(v.object({ id: Id, classId: Id, region: Region })),
  file: v.optional(v.string()),
  type: v.optional(v.string()),
  thumbnail: v.optional(v.string()),
  features: v.optional(v.string()),
});

/** One that this version has no sentence for is left out. */
const Doubts = v.pipe(
  v.array(v.looseObject({ reason: v.string() })),
  v.transform(
    (all) => all.filter(({ reason }) => Object.hasOwn(lessonDoubts, reason)) as unknown as LessonDoubt[],
  ),
);

const Head = v.object({
  format: v.literal(FORMAT),
  name: Name,
  classes: v.pipe(
    v.array(
      v.object({
        id: v.pipe(Id, v.maxValue(MAX_CLASSES)),
        name: Name,
        color: v.optional(v.pipe(v.string(), v.regex(/^#[\da-f]{6}$/i))),
      }),
    ),
    v.check((classes) => new Set(classes.map(({ id }) => id)).size === classes.length),
  ),
  nextClassId: Id,
  nextMarkId: Id,
  keeping: v.picklist(KEEPINGS),
  photos: v.array(Photo),
  learnt: v.optional(
    v.object({
      figures: v.object({
        ...{ marked: Count, good: Count, found: Count, falseAlarms: Count, folds: Count },
        ...{ pixelAP: v.optional(Share), imageAUROC: v.optional(Share) },
      }),
      falseAlarmShare: v.optional(Share),
      doubts: Doubts,
      seconds: v.pipe(v.number(), v.minValue(0)),
      isOutdated: v.boolean(),
      model: v.string(),
    }),
  ),
});

/**
 * The lesson in a ZIP; undefined where it holds none.
 * @throws {InspectorError} 'lesson-unusable' where it holds one that can't be read
 */
export async function readLessonFile(zip: File): Promise<PackedLesson | undefined> {
  const source = await zipSource(zip, zip.name).catch(() => undefined);
  const depth = ({ path }: SourceFile) => path.split('/').length;
  const head = source?.files
    .filter(({ path }) => path === HEAD || path.endsWith(`/${HEAD}`))
    .sort((a, b) => depth(a) - depth(b))[0];
  if (!source || !head) return undefined;
  try {
    const json: unknown = JSON.parse(await (await head.blob()).text());
    const { format, version } = Object(json) as { readonly format?: unknown; readonly version?: unknown };
    if (format !== FORMAT) return undefined;
    if (version !== VERSION)
      throw new InspectorError({
        code: 'lesson-unusable',
        reason: 'lesson-file-of-other-version',
        params: { name: zip.name },
      });
    const root = head.path.slice(0, -HEAD.length);
    const files = new Map(source.files.map((file) => [file.path, file]));
    return await unpacked(v.parse(Head, json), async (path) => {
      const file = files.get(root + path);
      if (!file) throw new RangeError(`${path} is missing.`);
      return file.blob();
    });
  } catch (cause) {
    if (cause instanceof InspectorError) throw cause;
    const params = { name: zip.name };
    throw new InspectorError({ code: 'lesson-unusable', reason: 'lesson-file-damaged', params }, { cause });
  }
}

async function unpacked(
  { format: _, photos, learnt, classes, ...rest }: v.InferOutput<typeof Head>,
  read: (path: string) => Promise<Blob>,
): Promise<PackedLesson> {
  const known = new Set(classes.map(({ id }) => id));
  const unpackedPhotos: PackedPhoto[] = [];
  for (const { file, type = '', thumbnail, features, size, hash, ...said } of photos) {
    if (!said.marks.every(({ classId }) => known.has(classId)))
      throw new RangeError('A mark is of a class that is not there.');
    if (said.isGood === said.marks.length > 0 || !(file ?? features))
      throw new RangeError(`${said.name} is neither good nor marked, or has nothing to learn from.`);
    unpackedPhotos.push({
      ...said,
      ...(hash !== undefined && { hash }),
      ...(size && { size }),
      ...(file !== undefined && { file: new File([await read(file)], said.name, { type }) }),
      ...(thumbnail !== undefined && { thumbnail: await read(thumbnail) }),
      ...(features !== undefined && { features: fromBytes(await (await read(features)).arrayBuffer()) }),
    });
  }
  const ids = [0, ...photos.flatMap(({ marks }) => marks.map(({ id }) => id))];
  return {
    ...{ name: rest.name, keeping: rest.keeping, photos: unpackedPhotos },
    classes: classes.map(({ color, ...one }) => ({ ...one, ...(color !== undefined && { color }) })),
    nextClassId: Math.max(rest.nextClassId, 1 + Math.max(0, ...known)),
    nextMarkId: Math.max(rest.nextMarkId, 1 + ids.reduce((most, id) => Math.max(most, id))),
    ...(learnt && { learnt: await unpackedLearnt(learnt, rest.name, read) }),
  };
}

async function unpackedLearnt(
  {
    figures: { pixelAP, imageAUROC, ...figures },
    falseAlarmShare,
    model,
    ...rest
  }: NonNullable<v.InferOutput<typeof Head>['learnt']>,
  name: string,
  read: (path: string) => Promise<Blob>,
): Promise<NonNullable<PackedLesson['learnt']>> {
  const file = new File([await read(model)], `${name}.onnx`);
  // It is told now whether that is one.
  linesOf(await file.arrayBuffer());
  return {
    ...rest,
    figures: {
      ...figures,
      ...(pixelAP !== undefined && { pixelAP }),
      ...(imageAUROC !== undefined && { imageAUROC }),
    },
    ...(falseAlarmShare !== undefined && { falseAlarmShare }),
    model: file,
  };
}
