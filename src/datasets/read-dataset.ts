import { maySayNames, readNames } from './class-names.js';
import {
  annotatedNames,
  CocoNames,
  isNameless,
  countOutlines,
  readCoco,
  toCoco,
  type CocoFile,
} from './coco.js';
import { DatasetError, type Note } from './errors.js';
import { FileIndex } from './file-index.js';
import { inSlices, type Watch } from './in-slices.js';
import { readJson } from './json.js';
import { kindsOf, type Kind, type KnownFile } from './kind.js';
import { readLabelMe, saysSomething, toLabelMe, type LabelMeFile } from './labelme.js';
import { isSureLabel, labelsAmong, readLabel, type LabelFile } from './labels.js';
import { Ledger } from './ledger.js';
import { PairIndex } from './pairs.js';
import { baseName, stem } from './paths.js';
import { ofStatedSize } from './photo-size.js';
import { isMask } from './mask-path.js';
import { splitMasks } from './masks.js';
import {
  otherSuspects,
  suspectedPhotos,
  suspectJson,
  whyUnused,
  type Suspect,
  type Suspected,
} from './suspects.js';
import type {
  Annotated,
  Dataset,
  DatasetImage,
  OnReading,
  ReadingStep,
  Source,
  SourceFile,
} from './types.js';
import { withoutUnpacked } from './unpacked.js';
import { readYolo, yoloClasses } from './yolo.js';

export interface ReadOptions {
  /** Which of several COCO files to take; by default the one that names most of the images. */
  readonly annotationFile?: string;
  readonly onProgress?: OnReading;
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
  const steps = new Steps(options.onProgress);
  const looked = await kindsOf(source.files, steps.begin('files', source.files));
  const known = await withoutUnpacked(looked, ledger);
  const { photos, masks, strays, outlined } = await splitMasks(
    ofKind(known, 'photo'),
    ofKind(known, 'other').filter(({ path }) => isMask(path)),
  );
  for (const { path } of masks) ledger.list({ reason: 'in-masks' }, path);
  const json = await readJsonFiles(ofKind(known, 'json'), steps);
  listStrangers(known, json, ledger);
  if (photos.length === 0 && !json.labelMe.some(({ isEmbedded }) => isEmbedded)) {
    const isAnnotated = json.coco.length + json.labelMe.length > 0 || known.some(isSureLabel);
    const params = { source: name };
    const note: Note = isAnnotated
      ? { reason: 'annotations-alone', params }
      : { reason: 'no-images', params };
    throw new DatasetError(note, { because: ledger.close() });
  }
  if (source.files.length > 0 && known.every(({ error }) => error !== undefined)) {
    throw new DatasetError({ reason: 'nothing-left', params: { source: name } }, { because: ledger.close() });
  }
  const index = new FileIndex(photos);
  const pairs = new PairIndex(photos);
  const labels = labelsAmong(known, pairs);
  const { labelMe } = json;

  const coco = chooseCoco(json.coco, index, options.annotationFile);
  const suspects: Suspect[] = [...json.strange, ...(await otherSuspects(known, labels, ledger))];
  /** With what masks and these say. */
  const suspect = (more: readonly Suspect[]): Suspected => {
    const suspected = suspectedPhotos([...suspects, ...more], index, pairs);
    return { ...suspected, photos: new Map([...suspected.photos, ...outlined]) };
  };
  if (coco?.chosen.annotations || (coco && labelMe.length === 0 && labels.length === 0)) {
    for (const file of [...labelMe.map((one) => one.file), ...labels]) {
      ledger.list({ reason: 'other-format' }, file.path);
    }
    const suspected = suspect([...labelMe.filter(saysSomething).map(asSuspect), ...defective(labels, known)]);
    const read = await fromCoco(
      source,
      coco,
      photos,
      {
        photos: new Map([...suspected.photos, ...coco.elsewhere]),
        open: suspected.open ?? coco.open,
      },
      ledger,
      steps,
    );
    return { ...read, problems: ledger.close() };
  }
  const unclear = json.coco.filter((one) => one.isUnclear);
  const lists = unclear.map((one) => ({ file: one.file, names: annotatedNames(one), isOpen: true }));
  if (labelMe.length > 0) {
    for (const file of labels) ledger.list({ reason: 'other-format' }, file.path);
    const read = await readLabelMe(labelMe, index, pairs, ledger);
    const suspected = suspect([...lists, ...defective(labels, known)]);
    const all = withGoodParts(photos, read, suspected, strays, ledger);
    const images = await ofStatedSize(all, ledger, steps.begin('photos', all));
    return finished(source, ledger, { format: 'LabelMe', images, classes: classesOf(images).sort() });
  }
  if (labels.length > 0) {
    const { files, names, isPose } = await readTexts(known, labels, ledger, steps);
    const read = readYolo(files, { names, isPose }, pairs, ledger);
    const all = withGoodParts(photos, read, suspect(lists), strays, ledger);
    const images = await ofStatedSize(all, ledger, steps.begin('photos', all));
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

interface Strange extends Suspect {
  readonly note: Note;
}

interface JsonFiles {
  readonly coco: readonly CocoFile[];
  readonly labelMe: readonly LabelMeFile[];
  /** Neither, or not readable. */
  readonly strange: readonly Strange[];
}

/** Tells how far each step is, and of how many files. */
class Steps {
  constructor(private readonly report: OnReading | undefined) {}

  begin(step: ReadingStep, files: readonly unknown[]): Watch {
    const { report } = this;
    if (files.length > 0) report?.(0, files.length, step);
    return { onProgress: (done) => report?.(done, files.length, step) };
  }
}

async function readJsonFiles(files: readonly SourceFile[], steps: Steps): Promise<JsonFiles> {
  const coco: CocoFile[] = [];
  const labelMe: LabelMeFile[] = [];
  const strange: Strange[] = [];
  const take = async (file: SourceFile) => {
    const read = await readJson(file);
    if (read.note) {
      strange.push({ ...suspectJson(read), note: read.note });
      return;
    }
    const asCoco = toCoco(file, read.json);
    const asLabelMe = asCoco ? undefined : toLabelMe(file, read.json);
    if (asCoco) coco.push(asCoco);
    else if (asLabelMe) labelMe.push(asLabelMe);
    else strange.push({ ...suspectJson(read), note: { reason: 'json-of-other-kind' } });
  };
  await inSlices(files, take, steps.begin('annotations', files));
  return { coco, labelMe, strange };
}

/** Lists what may hold annotations and can't be used. */
function listStrangers(known: readonly KnownFile[], { strange }: JsonFiles, ledger: Ledger): void {
  for (const { file, note } of strange) ledger.list(note, file.path);
  for (const one of known) {
    const note = whyUnused(one);
    if (note) ledger.list(note, one.file.path);
  }
}

const asSuspect = ({ file, imagePath }: LabelMeFile): Suspect => ({ file, names: [imagePath] });

/** Labels that aren't empty: these say that their photos show good parts. */
function defective(labels: readonly SourceFile[], known: readonly KnownFile[]): Suspect[] {
  const heads = new Map(known.map(({ file, head }) => [file, head]));
  return labels.filter((file) => heads.get(file)?.trim() !== '').map((file) => ({ file, names: [] }));
}

/** Those that are annotated, and the good parts: photos about which no file says anything, read or not. */
function withGoodParts(
  photos: readonly SourceFile[],
  { images, doubtful, strays, hasStray }: Annotated,
  suspected: Suspected,
  /** Seem to be masks. */
  masks: ReadonlySet<SourceFile>,
  ledger: Ledger,
): DatasetImage[] {
  const byFile = new Map(images.map((image) => [image.file, image]));
  const lost = new Set(strays.map(({ path }) => stem(path)));
  const all = photos.flatMap((file): DatasetImage[] => {
    const image = byFile.get(file);
    if (image) return [image];
    if (doubtful.has(file)) return [];
    if (masks.has(file)) ledger.list({ reason: 'in-masks' }, file.path);
    else if (suspected.photos.has(file)) return [{ file, truths: [] }];
    else if (lost.has(stem(file.path))) ledger.list({ reason: 'annotated-elsewhere' }, file.path);
    else if (suspected.open !== undefined)
      ledger.list({ reason: 'maybe-in-unread' }, besideOther(file, suspected.open));
    else if (hasStray) ledger.list({ reason: 'maybe-annotated' }, file.path);
    else return [{ file, truths: [] }];
    return [];
  });
  const here = new Set(photos);
  return withoutSuspected(
    [...all, ...images.filter(({ file }) => !here.has(file))],
    suspected.photos,
    ledger,
  );
}

/** Leaves out what would be a good part, were there not a file that may say something else. */
function withoutSuspected(
  images: readonly DatasetImage[],
  suspected: Suspected['photos'],
  ledger: Ledger,
): DatasetImage[] {
  return images.filter(({ file, truths }) => {
    const other = truths.length === 0 ? suspected.get(file) : undefined;
    if (other !== undefined) ledger.list({ reason: 'annotated-otherwise' }, besideOther(file, other));
    return other === undefined;
  });
}

/** A photo, and the file that may say more of it. */
const besideOther = ({ path }: SourceFile, other: string): string => `${path} (${other})`;

interface ChosenCoco {
  readonly chosen: CocoFile;
  readonly names: CocoNames;
  readonly all: readonly CocoFile[];
  /** Photos that show defects according to the others, with the paths of these. */
  readonly elsewhere: Suspected['photos'];
  /** One of the others that may say so of any. */
  readonly open: string | undefined;
}

/** The file that was asked for; else of those that hold annotations the one that names most of the images. */
function chooseCoco(
  files: readonly CocoFile[],
  index: FileIndex,
  asked: string | undefined,
): ChosenCoco | undefined {
  const ranked = files
    .map((chosen) => ({ chosen, names: new CocoNames(chosen, index), outlines: countOutlines(chosen) }))
    .sort(
      (a, b) =>
        Number(Boolean(b.chosen.annotations)) - Number(Boolean(a.chosen.annotations)) ||
        b.names.count - a.names.count ||
        b.outlines - a.outlines ||
        a.chosen.file.path.localeCompare(b.chosen.file.path),
    );
  const best = ranked.find(({ chosen }) => chosen.file.path === asked) ?? ranked[0];
  if (!best) return undefined;
  const others = ranked.filter((one) => one !== best);
  const elsewhere = others.flatMap(({ chosen, names }) =>
    annotatedNames(chosen).flatMap((name) => {
      const found = names.find(name);
      const files = found?.file ? [found.file] : (found?.candidates ?? []);
      return files.map((file) => [file, chosen.file.path] as const);
    }),
  );
  const open = others.find(({ chosen }) => isNameless(chosen))?.chosen.file.path;
  return { ...best, all: ranked.map(({ chosen }) => chosen), elsewhere: new Map(elsewhere), open };
}

async function fromCoco(
  { name }: Source,
  { chosen, names, all }: ChosenCoco,
  photos: readonly SourceFile[],
  suspected: Suspected,
  ledger: Ledger,
  steps: Steps,
): Promise<Omit<Dataset, 'problems'>> {
  const params = { file: baseName(chosen.file.path), source: name };
  if (!chosen.annotations) {
    throw new DatasetError({ reason: 'holds-no-annotations', params }, { because: ledger.close() });
  }
  const { images: listed, classes: named } = readCoco(chosen, photos, names, ledger);
  const known = withoutSuspected(listed, suspected.photos, ledger).filter(({ file, truths }) => {
    const { open } = suspected;
    const isInDoubt = open !== undefined && truths.length === 0;
    if (isInDoubt) ledger.list({ reason: 'maybe-in-unread' }, besideOther(file, open));
    return !isInDoubt;
  });
  const images = await ofStatedSize(known, ledger, steps.begin('photos', known));
  if (images.length === 0) {
    throw new DatasetError(
      names.count === 0 ? { reason: 'names-no-image', params } : { reason: 'nothing-left', params },
      { because: ledger.close() },
    );
  }
  const used = new Set(classesOf(images));
  const classes = named.filter((one) => used.has(one));
  const annotationFiles = all.map(({ file }) => file.path);
  return { name, format: 'COCO', images, classes, annotationFile: chosen.file.path, annotationFiles };
}

/** The labels, read, and the names of the classes. */
async function readTexts(
  known: readonly KnownFile[],
  labels: readonly SourceFile[],
  ledger: Ledger,
  steps: Steps,
): Promise<{ files: LabelFile[]; names: readonly string[]; isPose: boolean }> {
  const read = async (files: readonly SourceFile[], watch?: Watch) => {
    const texts: LabelFile[] = [];
    await inSlices(files, async (file) => void texts.push(await readLabel(file)), watch);
    return texts;
  };
  const naming = ofKind(known, 'text').filter(({ path }) => maySayNames(path));
  const texts = await read(naming);
  const names = await readNames(texts, ledger);
  // Keypoints look like corners; the file that names the classes tells them apart.
  const isPose = texts.some(({ file, text }) => /\.ya?ml$/i.test(file.path) && /^kpt_shape\s*:/m.test(text));
  return { files: await read(labels, steps.begin('annotations', labels)), names, isPose };
}
