/** Photos to measure with: evenly spaced ones of each dataset's validation part. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { evenly } from '../scripts/evenly.js';

const DATASETS = '../shared/datasets';
const NAMES = ['bsdata', 'magnetic_tile', 'neu_seg'];

/** A file's bytes, as they cross to a page. */
export interface PlainPhoto {
  readonly name: string;
  readonly base64: string;
}

/** So many photos in all, a third of each dataset. */
export async function datasetPhotos(count: number): Promise<PlainPhoto[]> {
  if (!existsSync(DATASETS)) throw new Error(`There are no datasets at ${DATASETS}.`);
  const photos: PlainPhoto[] = [];
  for (const name of NAMES) {
    const { images } = JSON.parse(await readFile(join(DATASETS, name, 'val.json'), 'utf8')) as {
      images: { id: number; file_name: string }[];
    };
    const sorted = images.sort((a, b) => a.id - b.id);
    for (const { file_name } of evenly(sorted, Math.ceil(count / NAMES.length)))
      photos.push(await readPhoto(join(DATASETS, name, 'images', file_name)));
  }
  return photos;
}

export async function readPhoto(path: string): Promise<PlainPhoto> {
  return { name: basename(path), base64: (await readFile(path)).toString('base64') };
}
