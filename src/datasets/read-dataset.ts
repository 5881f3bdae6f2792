import { cocoFileNames, isCoco, readCoco } from './coco.js';
import { isLabelMe, readLabelMe, type LabelMeFile } from './labelme.js';
import { baseName, FileIndex, isImagePath } from './paths.js';
import { Problems } from './problems.js';
import type { Dataset, Source, SourceFile } from './types.js';
import { isLabelPath, LabelIndex, namesFile, readYolo } from './yolo.js';

export interface ReadOptions {
  /** Which of several COCO files to take; by default the one that names most of the images. */
  readonly annotationFile?: string;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Names alone tell that there may be annotations beside the images. */
export function mayBeDataset({ files }: Source): boolean {
  const images = files.filter(({ path }) => isImagePath(path));
  if (images.length === 0) return false;
  if (files.some(({ path }) => /\.json$/i.test(path))) return true;
  const labels = new LabelIndex(files.filter(({ path }) => isLabelPath(path)));
  return images.some((image) => labels.find(image));
}

/**
 * Finds out how a folder or ZIP is annotated and reads it. What can't be read is left out and listed as a problem.
 *
 * @throws {RangeError} with a sentence, when there are no images or no annotations
 */
export async function readDataset(source: Source, options: ReadOptions = {}): Promise<Dataset> {
  const { name, files } = source;
  const images = files.filter(({ path }) => isImagePath(path));
  if (images.length === 0) throw new RangeError(`There are no images in ${name}.`);
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
      throw new RangeError(`${baseName(chosen.path)} names none of the images in ${name} that can be used.`);
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
  throw new RangeError(
    `There are ${images.length} images in ${name}, but no annotations: a COCO file, LabelMe files or YOLO labels must lie in the same folder or ZIP.`,
  );
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
      problems.add('Not readable as JSON: it is damaged, or something else.', file.path);
      continue;
    }
    if (isCoco(json)) coco.push({ path: file.path, json });
    else if (isLabelMe(json)) labelMe.push({ path: file.path, json });
  }
  return { coco, labelMe };
}
