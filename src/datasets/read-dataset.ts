import { namesFile } from './class-names.js';
import { cocoFileNames, isCoco, readCoco } from './coco.js';
import { DatasetError } from './errors.js';
import { isLabelMe, readLabelMe, type LabelMeFile } from './labelme.js';
import { isLabelPath, LabelIndex } from './labels.js';
import { baseName, FileIndex, isImagePath } from './paths.js';
import { Problems } from './problems.js';
import type { Dataset, Source, SourceFile } from './types.js';
import { readYolo } from './yolo.js';

export interface ReadOptions {
  /** Which of several COCO files to take; by default the one that names most of the images. */
  readonly annotationFile?: string;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Finds out how a folder or ZIP is annotated and reads it. What can't be read is left out and listed as a problem.
 *
 * @throws {DatasetError} when there are no images or no annotations
 */
export async function readDataset(source: Source, options: ReadOptions = {}): Promise<Dataset> {
  const { name, files } = source;
  const images = files.filter(({ path }) => isImagePath(path));
  if (images.length === 0) throw new DatasetError({ reason: 'no-images', params: { source: name } });
  const problems = new Problems();
  const { coco, labelMe } = await readJsonFiles(files, problems, options.onProgress);

  if (coco.length > 0) {
    const index = new FileIndex(images);
    const ranked = coco
      .map((file) => ({ ...file, named: cocoFileNames(file.json).filter((one) => index.find(one)).length }))
      .sort((a, b) => b.named - a.named || a.path.localeCompare(b.path));
    const chosen = ranked.find(({ path }) => path === options.annotationFile) ?? ranked[0]!;
    const read = readCoco(chosen.json, images, problems);
    if (read.images.length === 0) {
      const params = { file: baseName(chosen.path), source: name };
      throw new DatasetError({ reason: 'names-no-image', params });
    }
    return {
      name,
      format: 'COCO',
      ...read,
      problems: problems.list,
      annotationFile: chosen.path,
      annotationFiles: ranked.map(({ path }) => path),
    };
  }
  if (labelMe.length > 0) {
    const read = readLabelMe(labelMe, images, problems);
    return { name, format: 'LabelMe', ...read, problems: problems.list, annotationFiles: [] };
  }
  const labels = new LabelIndex(files.filter(({ path }) => isLabelPath(path)));
  if (namesFile(files) || images.some((image) => labels.find(image))) {
    const read = await readYolo(files, problems, options.onProgress);
    return { name, format: 'YOLO', ...read, problems: problems.list, annotationFiles: [] };
  }
  throw new DatasetError({ reason: 'no-annotations', params: { images: images.length, source: name } });
}

interface JsonFile<T> {
  readonly path: string;
  readonly json: T;
}

async function readJsonFiles(
  files: readonly SourceFile[],
  problems: Problems,
  onProgress: ReadOptions['onProgress'],
) {
  const coco: JsonFile<Parameters<typeof readCoco>[0]>[] = [];
  const labelMe: JsonFile<LabelMeFile>[] = [];
  const candidates = files.filter(({ path }) => /\.json$/i.test(path));
  for (const [i, file] of candidates.entries()) {
    onProgress?.(i, candidates.length);
    let json: unknown;
    try {
      json = JSON.parse(await (await file.blob()).text());
    } catch {
      problems.add({ reason: 'not-json' }, file.path);
      continue;
    }
    if (isCoco(json)) coco.push({ path: file.path, json });
    else if (isLabelMe(json)) labelMe.push({ path: file.path, json });
  }
  return { coco, labelMe };
}
