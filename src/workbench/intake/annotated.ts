/** What annotations and masks there are beside photos; loaded with the evaluation, which is who uses them. */
import { inSlices } from '../../datasets/in-slices.js';
import { decodeText, headOf, kindsOf, type KnownFile } from '../../datasets/kind.js';
import { looksAnnotated } from '../../datasets/looks-annotated.js';
import { isMask } from '../../datasets/mask-path.js';
import { splitMasks } from '../../datasets/masks.js';
import { baseName, isHidden, rootLength } from '../../datasets/paths.js';
import { sourceOf } from '../../datasets/source-of.js';
import { seemsToAnnotate } from '../../datasets/suspects.js';
import { zipSource } from '../../datasets/zip.js';
import type { Container, SourceFile } from '../../datasets/types.js';
import { leftOutOf, type Drop, type DroppedFile, type LeftOut } from './intake.js';
import { watchOf, type LookWatch } from './looking.js';
import { UnreadableFile } from './unreadable-file.js';

/** So much of a file tells whether it holds outlines. */
const BEGINNING = 65_536;

/**
 * What was dropped: annotated photos, if there are annotations in it; else the same without the masks of its photos, with the names of
 * what nothing is made of. @throws the reason of the watch's signal
 */
export async function lookThrough(
  drop: Drop,
  watch?: LookWatch,
): Promise<{ readonly dataset: Container } | Drop> {
  const { name, files, all } = drop;
  const known = await knownIn(drop, watch);
  const root = rootLength(all.map(({ path }) => path));
  const visible = known.filter(({ file }) => !isHidden(file.path.slice(root)));
  if (await looksAnnotated(visible)) return { dataset: { name, files: all } };
  const masks = await masksAmong(known);
  const taken = new Set(files);
  for (const [i, { file }] of all.entries()) if (masks.has(known[i]!.file)) taken.delete(file);
  const rest = known.filter((_, i) => !taken.has(all[i]!.file));
  return { name, files: [...taken], all, leftOut: await leftOutAmong(rest, masks) };
}

/** What each of its files is, in their order; who read a folder has looked already. */
async function knownIn({ name, all, known }: Drop, watch: LookWatch | undefined): Promise<KnownFile[]> {
  const others = all.filter(({ file }) => !known?.has(file)).map(sourceOf);
  const looked = (await kindsOf(others, watchOf(watch, name, others.length))).values();
  return all.map(({ file }) => known?.get(file) ?? looked.next().value!);
}

/** A ZIP that was looked into. */
export interface LookedInto {
  readonly zip: File;
  /** Undefined where it can't be read. */
  readonly known: readonly KnownFile[] | undefined;
  /** Whether there are annotations in it, or may be. */
  readonly isAnnotated: boolean;
}

/** Looks into a ZIP, once for all that is to be known of it. @throws the reason of the watch's signal */
export async function lookInto(zip: File, watch?: LookWatch): Promise<LookedInto> {
  const { files } = (await zipSource(zip, zip.name).catch(() => undefined)) ?? {};
  const known = files && (await kindsOf(files, watchOf(watch, zip.name, files.length)));
  return { zip, known, isAnnotated: !known || (await looksAnnotated(known)) };
}

/** A ZIP of photos and one of annotations alone, as one; undefined where these are anything else. */
export function joined([first, second]: readonly [LookedInto, LookedInto]): Container | undefined {
  const [one, other] = [contentOf(first), contentOf(second)];
  if (one === undefined || other === undefined || one === other) return undefined;
  const [photos, annotations] = one === 'photos' ? [first.zip, second.zip] : [second.zip, first.zip];
  return { name: `${photos.name} + ${annotations.name}`, zip: photos, annotations };
}

/** Undefined where a ZIP holds both or neither, or can't be read. */
function contentOf({ known, isAnnotated }: LookedInto): 'photos' | 'annotations' | undefined {
  const hasPhotos = known?.some(({ kind }) => kind === 'photo');
  if (hasPhotos === undefined || hasPhotos === isAnnotated) return undefined;
  return hasPhotos ? 'photos' : 'annotations';
}

/**
 * The photos of a ZIP without annotations, unpacked one after the other. One that can't be unpacked fails by itself later on.
 * Undefined where the ZIP may hold annotations, or no photo that can be had: whoever reads it as a dataset says why.
 *
 * @param most so many are unpacked; `more` is the number of the others
 * @throws the reason of the watch's signal
 */
export async function photosIn(
  { zip, known, isAnnotated }: LookedInto,
  most = Infinity,
  watch?: LookWatch,
): Promise<Drop | undefined> {
  if (!known || isAnnotated) return undefined;
  const masks = await masksAmong(known);
  const isPhoto = ({ file, kind }: KnownFile): boolean => kind === 'photo' && !masks.has(file);
  const photos = known.filter(isPhoto);
  if (photos.every(({ error }) => error !== undefined)) return undefined;
  const all: DroppedFile[] = [];
  const unpack = async ({ file }: KnownFile) => {
    const called = baseName(file.path);
    const read = async () => new File([await file.blob()], called);
    all.push({ path: file.path, file: await read().catch(() => new UnreadableFile(called, read)) });
  };
  const taken = photos.slice(0, most);
  await inSlices(taken, unpack, watchOf(watch, zip.name, taken.length, 'photos'));
  const rest = known.filter((one) => !isPhoto(one));
  const leftOut = await leftOutAmong(rest, masks);
  return {
    name: zip.name,
    files: all.map((one) => one.file),
    all,
    leftOut,
    more: photos.length - taken.length,
  };
}

/** Those of photos that are there. Of folders that hold photos as well nobody knows, so these are looked at. */
async function masksAmong(known: readonly KnownFile[]): Promise<ReadonlySet<SourceFile>> {
  const ofKind = (wanted: KnownFile['kind']) =>
    known.flatMap(({ file, kind }) => (kind === wanted ? file : []));
  const arrays = ofKind('other').filter(({ path }) => isMask(path));
  const { masks } = await splitMasks(ofKind('photo'), arrays);
  return new Set(masks.filter(({ path }) => isMask(path)));
}

async function leftOutAmong(rest: readonly KnownFile[], masks: ReadonlySet<SourceFile>): Promise<LeftOut> {
  const names = { masks: [] as string[], annotations: [] as string[], others: [] as string[] };
  await inSlices(rest, async (one) => {
    const list = masks.has(one.file) ? 'masks' : (await holdsAnnotations(one)) ? 'annotations' : 'others';
    names[list].push(baseName(one.file.path));
  });
  return { ...names, others: leftOutOf(names.others) };
}

async function holdsAnnotations(one: KnownFile): Promise<boolean> {
  if (one.kind !== 'json') return seemsToAnnotate(one, one.head);
  // What can't be read says nothing.
  const bytes = await headOf(one.file, BEGINNING).catch(() => new Uint8Array());
  return seemsToAnnotate(one, decodeText(bytes));
}
