/** Photos and marks of a lesson as a COCO dataset, which `python -m training train` takes as it is. */
import { readImageHeader, type ImageFormat } from '../../core/photo/image-header.js';
import type { Size } from '../../core/rect.js';
import {
  regionArea,
  RegionBuilder,
  regionBox,
  regionToRle,
  visitColumns,
} from '../../core/regions/region.js';
import { rleToString } from '../../core/regions/rle.js';
import type { Region } from '../../core/types.js';
import type { PhotoEntry } from '../batch/photo-batch.js';
import { distinctNames } from '../intake/distinct-names.js';
import type { LessonPictures } from './host.js';
import { marksOf, type Lesson } from './lesson.js';
import { fileNameOf, zipOf, type ZipEntry } from './write-zip.js';

/** Of these, readers of datasets take the file as it is. */
const USUAL: readonly ImageFormat[] = ['jpeg', 'png', 'webp', 'gif', 'bmp', 'tiff'];
/** So much of a file's beginning tells what it is. */
const BEGINNING = 65_536;

export interface CocoZip {
  readonly file: Blob;
  /** Names of photos that could not be had. */
  readonly leftOut: readonly string[];
}

/** @param nameOf a photo of the lesson that is not in the list */
export async function cocoZip(
  lesson: Lesson,
  photoOf: (id: number) => PhotoEntry | undefined,
  nameOf: (id: number) => string,
  pictures: LessonPictures,
): Promise<CocoZip> {
  const leftOut: string[] = [];
  const found: { readonly id: number; readonly name: string; readonly file: Blob; readonly size: Size }[] =
    [];
  for (const id of lesson.photos.keys()) {
    const entry = photoOf(id);
    const photo = entry && (await fileOf(entry, pictures).catch(() => undefined));
    if (photo) found.push({ id, ...photo });
    else leftOut.push(entry?.name ?? nameOf(id));
  }
  const names = distinctNames(
    found.map(({ name }) => ({ name })),
    () => false,
  );
  const entries: ZipEntry[] = [];
  const images: object[] = [];
  const annotations: object[] = [];
  for (const [i, { id, file, size }] of found.entries()) {
    const name = names[i]!;
    entries.push({ path: `images/${name}`, content: file });
    images.push({ id: i + 1, file_name: name, ...size });
    for (const { classId, region } of marksOf(lesson, id)) {
      const mask = within(region, size);
      if (!mask) continue;
      annotations.push({
        ...{ id: annotations.length + 1, image_id: i + 1, category_id: classId, iscrowd: 0 },
        segmentation: {
          size: [size.height, size.width],
          counts: rleToString(regionToRle(mask, size.width, size.height)),
        },
        ...{ area: regionArea(mask), bbox: regionBox(mask) },
      });
    }
  }
  const categories = lesson.classes.map(({ id, name }) => ({ id, name, supercategory: 'defect' }));
  const info = { description: lesson.name, version: '1' };
  const json = JSON.stringify({ info, licenses: [], images, annotations, categories });
  return { file: await zipOf([{ path: 'annotations.json', content: json }, ...entries]), leftOut };
}

/** The photo's own file where others read it, too, and its size is known as it is seen; else a PNG of what is seen. */
async function fileOf(
  { input, name, output }: PhotoEntry,
  pictures: LessonPictures,
): Promise<{ name: string; file: Blob; size: Size }> {
  const own = await pictures.file(input);
  const { format } = (await headerOf(own)) ?? {};
  const flat = fileNameOf(name);
  if (output && format && USUAL.includes(format)) {
    const { width, height } = output.image;
    return { name: flat, file: own, size: { width, height } };
  }
  const file = await pictures.png(input);
  const { width = 0, height = 0 } = (await headerOf(file)) ?? {};
  if (width * height === 0) throw new RangeError('The picture says no size.');
  return { name: `${flat.replace(/\.[^.]*$/, '')}.png`, file, size: { width, height } };
}

const headerOf = async (file: Blob) =>
  readImageHeader(new Uint8Array(await file.slice(0, BEGINNING).arrayBuffer()));

/** What of a region lies within a photo; undefined where nothing does. */
function within(region: Region, { width, height }: Size): Region | undefined {
  const builder = new RegionBuilder();
  visitColumns(region, (column, from, to) => {
    const x = region.x + column;
    const [top, bottom] = [Math.max(0, region.y + from), Math.min(height, region.y + to)];
    if (x >= 0 && x < width && top < bottom) builder.add(x, top, bottom);
  });
  return builder.build();
}
