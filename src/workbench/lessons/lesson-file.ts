/** A lesson as one file: a ZIP with `lesson.json`, its photos or what was learnt from them, and the model. */
import * as v from 'valibot';
import { InspectorError } from '../../core/errors.js';
import { clipped } from '../../core/limits.js';
import { rleFromString, rleToString } from '../../core/regions/rle.js';
import { zipSource } from '../../datasets/zip.js';
import type { SourceFile } from '../../datasets/types.js';
import { fromBytes, toBytes } from './flat-data.js';
import { Box, checkLesson } from './lesson-schema.js';
import { beginsAsLesson, HEAD, isCalledLesson } from './may-hold-lesson.js';
import type { PackedLesson } from './package.js';
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

/** As far as it names entries of the ZIP, or writes regions in its own way: the rest is looked at when that is read. */
const Head = v.looseObject({
  name: v.string(),
  photos: v.array(
    v.looseObject({
      name: v.string(),
      marks: v.array(v.looseObject({ region: v.object({ ...Box.entries, counts: v.string() }) })),
      file: v.optional(v.string()),
      type: v.optional(v.string()),
      thumbnail: v.optional(v.string()),
      features: v.optional(v.string()),
    }),
  ),
  learnt: v.optional(v.looseObject({ model: v.string() })),
});

/**
 * The lesson in a ZIP; undefined where it holds none.
 * @throws {InspectorError} 'lesson-unusable' where it holds one that can't be read
 */
export async function readLessonFile(zip: File): Promise<PackedLesson | undefined> {
  const unusable = (reason: 'lesson-file-damaged' | 'lesson-file-of-other-version', cause?: unknown) =>
    new InspectorError({ code: 'lesson-unusable', reason, params: { name: zip.name } }, { cause });
  const source = await zipSource(zip, zip.name).catch(async (cause: unknown) => {
    // Of a ZIP that was cut, only its name or its beginning tells.
    if (isCalledLesson(zip) || (await beginsAsLesson(zip))) throw unusable('lesson-file-damaged', cause);
    return undefined;
  });
  const depth = ({ path }: SourceFile) => path.split('/').length;
  const head = source?.files
    .filter(({ path }) => path === HEAD || path.endsWith(`/${HEAD}`))
    .sort((a, b) => depth(a) - depth(b))[0];
  if (!source || !head) {
    if (isCalledLesson(zip)) throw unusable('lesson-file-damaged');
    return undefined;
  }
  try {
    const json: unknown = JSON.parse(await (await head.blob()).text());
    const { format, version } = Object(json) as { readonly format?: unknown; readonly version?: unknown };
    if (format !== FORMAT) {
      if (isCalledLesson(zip)) throw new RangeError('It is the list of something else.');
      return undefined;
    }
    if (version !== VERSION) throw unusable('lesson-file-of-other-version');
    const root = head.path.slice(0, -HEAD.length);
    const files = new Map(source.files.map((file) => [file.path, file]));
    return await unpacked(v.parse(Head, json), async (path) => {
      const file = files.get(root + path);
      if (!file) throw new RangeError(`${path} is missing.`);
      return file.blob();
    });
  } catch (cause) {
    throw cause instanceof InspectorError ? cause : unusable('lesson-file-damaged', cause);
  }
}

async function unpacked(
  { photos, learnt, ...rest }: v.InferOutput<typeof Head>,
  read: (path: string) => Promise<Blob>,
): Promise<PackedLesson> {
  const unpackedPhotos: unknown[] = [];
  for (const { file, type = '', thumbnail, features, marks, ...said } of photos)
    unpackedPhotos.push({
      ...said,
      marks: marks.map(({ region: { counts, ...box }, ...mark }) => ({
        ...mark,
        region: { ...box, counts: Uint32Array.from(rleFromString(counts, [box.height, box.width]).counts) },
      })),
      ...(file !== undefined && { file: new File([await read(file)], clipped(said.name), { type }) }),
      ...(thumbnail !== undefined && { thumbnail: await read(thumbnail) }),
      ...(features !== undefined && { features: fromBytes(await (await read(features)).arrayBuffer()) }),
    });
  const model = learnt && new File([await read(learnt.model)], `${rest.name}.onnx`);
  // It is told now whether that is one.
  if (model) linesOf(await model.arrayBuffer());
  return checkLesson({ ...rest, photos: unpackedPhotos, ...(model && { learnt: { ...learnt, model } }) });
}
