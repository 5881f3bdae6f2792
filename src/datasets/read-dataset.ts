import { maySayNames, readNames } from './class-names.js';
import { CocoNames, readCoco, toCoco, type CocoFile } from './coco.js';
import { DatasetError, type Note } from './errors.js';
import { FileIndex } from './file-index.js';
import { noteOf, readJson } from './json.js';
import { isDamagedText, isUndecided, kindsOf, type Kind, type KnownFile } from './kind.js';
import { readLabelMe, toLabelMe, type LabelMeFile } from './labelme.js';
import { labelsAmong, readLabel, type LabelFile } from './labels.js';
import { Ledger } from './ledger.js';
import { PairIndex } from './pairs.js';
import { baseName, folderOf, stem } from './paths.js';
import type { Annotated, Dataset, DatasetImage, Source, SourceFile } from './types.js';
import { readYolo, yoloClasses } from './yolo.js';

export interface ReadOptions {
  /** Which of several COCO files to take; by default the one that names most of the images. */
  readonly annotationFile?: string;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Finds out how a folder or ZIP is annotated and reads it. What files are, their bytes say. What can't be read is left out
 * and listed as a problem.
 *
 * @throws {DatasetError} when there are no images or no annotations, with the reasons
 */
export async function readDataset(source: Source, options: ReadOptions = {}): Promise<Dataset> {
  const { name } = source;
  const ledger = new Ledger();
  const known = await kindsOf(source.files);
  const photos = ofKind(known, 'photo');
  const json = await readJsonFiles(ofKind(known, 'json'), options.onProgress);
  listStrangers(known, json, ledger);
  if (photos.length === 0 && !json.labelMe.some(({ isEmbedded }) => isEmbedded)) {
    throw new DatasetError({ reason: 'no-images', params: { source: name } }, { because: ledger.close() });
  }
  if (source.files.length > 0 && known.every(({ error }) => error !== undefined)) {
    throw new DatasetError({ reason: 'nothing-left', params: { source: name } }, { because: ledger.close() });
  }
  const index = new FileIndex(photos);
  const pairs = new PairIndex(photos);
  const labels = labelsAmong(known, pairs);
  const { labelMe } = json;

  const coco = chooseCoco(json.coco, index, options.annotationFile);
  if (coco?.chosen.annotations || (coco && labelMe.length === 0 && labels.length === 0)) {
    for (const file of [...labelMe.map((one) => one.file), ...labels]) {
      ledger.list({ reason: 'other-format' }, file.path);
    }
    return { ...fromCoco(source, coco, photos, ledger), problems: ledger.close() };
  }
  const suspects = [...json.strange, ...known.filter(isSuspect).map(({ file }) => ({ file, names: [] }))];
  if (labelMe.length > 0) {
    for (const file of labels) ledger.list({ reason: 'other-format' }, file.path);
    const read = await readLabelMe(labelMe, index, pairs, ledger);
    const others = [...suspects, ...labels.map((file) => ({ file, names: [] }))];
    const images = withGoodParts(photos, read, others, index, pairs, ledger);
    return finished(source, ledger, { format: 'LabelMe', images, classes: classesOf(images).sort() });
  }
  if (labels.length > 0) {
    const { files, names } = await readTexts(known, labels, ledger, options.onProgress);
    const read = readYolo(files, names, pairs, ledger);
    const images = withGoodParts(photos, read, suspects, index, pairs, ledger);
    return finished(source, ledger, { format: 'YOLO', images, classes: yoloClasses(images, names) });
  }
  throw new DatasetError(
    { reason: 'no-annotations', params: { images: photos.length, source: name } },
    { because: ledger.close() },
  );
}

const ofKind = (known: readonly KnownFile[], kind: Kind): SourceFile[] =>
  known.flatMap((one) => (one.kind === kind ? one.file : []));

const classesOf = (images: readonly DatasetImage[]): string[] => [
  ...new Set(images.flatMap(({ truths }) => truths.map(({ className }) => className))),
];

/** A dataset of what was read. @throws {DatasetError} when nothing is left, with the reasons */
function finished(
  { name }: Source,
  ledger: Ledger,
  read: Pick<Dataset, 'format' | 'images' | 'classes'>,
): Dataset {
  const problems = ledger.close();
  if (read.images.length > 0) return { name, ...read, problems, annotationFiles: [] };
  throw new DatasetError({ reason: 'nothing-left', params: { source: name } }, { because: problems });
}

interface Strange {
  readonly file: SourceFile;
  /** The photos that it says that it is about, as far as that can be read. */
  readonly names: readonly string[];
  readonly note?: Note;
}

interface JsonFiles {
  readonly coco: readonly CocoFile[];
  readonly labelMe: readonly LabelMeFile[];
  /** Neither, or not readable. */
  readonly strange: readonly Strange[];
}

async function readJsonFiles(
  files: readonly SourceFile[],
  onProgress: ReadOptions['onProgress'],
): Promise<JsonFiles> {
  const coco: CocoFile[] = [];
  const labelMe: LabelMeFile[] = [];
  const strange: Strange[] = [];
  for (const [i, file] of files.entries()) {
    onProgress?.(i, files.length);
    const read = await readJson(file);
    if (read.note) {
      const name = /"imagePath"\s*:\s*"([^"]+)"/.exec(read.text)?.[1];
      strange.push({ file, names: name === undefined ? [] : [name], note: read.note });
      continue;
    }
    const asCoco = toCoco(file, read.json);
    const asLabelMe = asCoco ? undefined : toLabelMe(file, read.json);
    if (asCoco) coco.push(asCoco);
    else if (asLabelMe) labelMe.push(asLabelMe);
    else strange.push({ file, names: [], note: { reason: 'json-of-other-kind' } });
  }
  return { coco, labelMe, strange };
}

/** Lists what may hold annotations and can't be used. */
function listStrangers(known: readonly KnownFile[], { strange }: JsonFiles, ledger: Ledger): void {
  for (const { file, note } of strange) if (note) ledger.list(note, file.path);
  for (const { file, kind, error } of known) {
    if (error !== undefined) ledger.list(noteOf(error), file.path);
    else if (kind === 'zip') ledger.list({ reason: 'zip-within' }, file.path);
    else if (isDamagedText({ file, kind })) ledger.list({ reason: 'not-text' }, file.path);
  }
}

/** Annotations of another format, or nobody knows what: a photo beside one is not known to be good. */
const isSuspect = (known: KnownFile): boolean =>
  isUndecided(known) || (known.kind === 'text' && /<annotations?[\s>]/.test(known.head));

/** Those that are annotated, and the good parts: photos about which no file says anything, read or not. */
function withGoodParts(
  photos: readonly SourceFile[],
  { images, doubtful, strays }: Annotated,
  suspects: readonly Strange[],
  index: FileIndex,
  pairs: PairIndex,
  ledger: Ledger,
): DatasetImage[] {
  const byFile = new Map(images.map((image) => [image.file, image]));
  const suspected = new Set<SourceFile>();
  for (const { file, names } of suspects) {
    for (const photo of pairs.find(file)) suspected.add(photo);
    for (const name of names) {
      const found = index.find(name, folderOf(file.path));
      for (const photo of found?.file ? [found.file] : (found?.candidates ?? [])) suspected.add(photo);
    }
  }
  const lost = new Set(strays.map(({ path }) => stem(path)));
  const all = photos.flatMap((file): DatasetImage[] => {
    const image = byFile.get(file);
    if (image) return [image];
    if (doubtful.has(file)) return [];
    if (!suspected.has(file) && !lost.has(stem(file.path))) return [{ file, truths: [] }];
    ledger.list({ reason: suspected.has(file) ? 'annotated-otherwise' : 'annotated-elsewhere' }, file.path);
    return [];
  });
  const here = new Set(photos);
  return [...all, ...images.filter(({ file }) => !here.has(file))];
}

interface ChosenCoco {
  readonly chosen: CocoFile;
  readonly names: CocoNames;
  readonly all: readonly CocoFile[];
}

/** The file that was asked for; else of those that hold annotations the one that names most of the images. */
function chooseCoco(
  files: readonly CocoFile[],
  index: FileIndex,
  asked: string | undefined,
): ChosenCoco | undefined {
  const ranked = files
    .map((chosen) => ({ chosen, names: new CocoNames(chosen, index) }))
    .sort(
      (a, b) =>
        Number(Boolean(b.chosen.annotations)) - Number(Boolean(a.chosen.annotations)) ||
        b.names.count - a.names.count ||
        a.chosen.file.path.localeCompare(b.chosen.file.path),
    );
  const best = ranked.find(({ chosen }) => chosen.file.path === asked) ?? ranked[0];
  return best && { ...best, all: ranked.map(({ chosen }) => chosen) };
}

function fromCoco(
  { name }: Source,
  { chosen, names, all }: ChosenCoco,
  photos: readonly SourceFile[],
  ledger: Ledger,
): Omit<Dataset, 'problems'> {
  const params = { file: baseName(chosen.file.path), source: name };
  if (!chosen.annotations) {
    throw new DatasetError({ reason: 'holds-no-annotations', params }, { because: ledger.close() });
  }
  const { images, classes } = readCoco(chosen, photos, names, ledger);
  if (images.length === 0) {
    throw new DatasetError(
      names.count === 0 ? { reason: 'names-no-image', params } : { reason: 'nothing-left', params },
      { because: ledger.close() },
    );
  }
  const annotationFiles = all.map(({ file }) => file.path);
  return { name, format: 'COCO', images, classes, annotationFile: chosen.file.path, annotationFiles };
}

/** The labels, read, and the names of the classes. */
async function readTexts(
  known: readonly KnownFile[],
  labels: readonly SourceFile[],
  ledger: Ledger,
  onProgress: ReadOptions['onProgress'],
): Promise<{ files: LabelFile[]; names: readonly string[] }> {
  const read = async (files: readonly SourceFile[], report?: ReadOptions['onProgress']) => {
    const texts: LabelFile[] = [];
    for (const [i, file] of files.entries()) {
      report?.(i, files.length);
      texts.push(await readLabel(file));
    }
    return texts;
  };
  const naming = ofKind(known, 'text').filter(({ path }) => maySayNames(path));
  const names = await readNames(await read(naming), ledger);
  return { files: await read(labels, onProgress), names };
}
