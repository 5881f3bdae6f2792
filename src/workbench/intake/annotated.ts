/** What annotations and masks there are beside photos; loaded with the evaluation, which is who uses them. */
import { folderSource } from '../../datasets/folder.js';
import { inSlices } from '../../datasets/in-slices.js';
import { decodeText, headOf, kindsOf, type KnownFile } from '../../datasets/kind.js';
import { looksAnnotated } from '../../datasets/looks-annotated.js';
import { isMask } from '../../datasets/mask-path.js';
import { splitMasks } from '../../datasets/masks.js';
import { baseName } from '../../datasets/paths.js';
import { seemsToAnnotate } from '../../datasets/suspects.js';
import type { Container, SourceFile } from '../../datasets/types.js';
import { UnreadableFile } from './unreadable-file.js';
import { leftOutOf, type Drop, type DroppedFile, type LeftOut } from './intake.js';

/** So much of a file tells whether it holds outlines. */
const BEGINNING = 65_536;

/** What was dropped as annotated photos, if there are annotations in it. */
export async function datasetIn({ name, all }: Drop): Promise<Container | undefined> {
  const folder = { name, files: all };
  return (await looksAnnotated(await kindsOf((await folderSource(folder)).files))) ? folder : undefined;
}

/** What was dropped without the masks of its photos; with the names of what nothing is made of. */
export async function sortedOut({ name, files, all }: Drop): Promise<Drop> {
  const known = await kindsOf(all.map(({ path, file }) => ({ path, blob: async () => file })));
  const masks = await masksAmong(known);
  const taken = new Set(files);
  for (const [i, { file }] of all.entries()) if (masks.has(known[i]!.file)) taken.delete(file);
  const rest = known.filter((_, i) => !taken.has(all[i]!.file));
  return { name, files: [...taken], all, leftOut: await leftOutAmong(rest, masks) };
}

/** A ZIP of photos and one of annotations alone, as one; undefined where these are anything else. */
export async function joinedIn([first, second]: readonly [File, File]): Promise<Container | undefined> {
  const [one, other] = [await contentOf(first), await contentOf(second)];
  if (one === undefined || other === undefined || one === other) return undefined;
  const [photos, annotations] = one === 'photos' ? [first, second] : [second, first];
  return { name: `${photos.name} + ${annotations.name}`, zip: photos, annotations };
}

/** What lies in a ZIP; undefined where it can't be read. */
async function filesIn(zip: File): Promise<readonly KnownFile[] | undefined> {
  const { zipSource } = await import('../../datasets/zip.js');
  const source = await zipSource(zip, zip.name).catch(() => undefined);
  return source && kindsOf(source.files);
}

/** Undefined where a ZIP holds both or neither, or can't be read. */
async function contentOf(zip: File): Promise<'photos' | 'annotations' | undefined> {
  const known = await filesIn(zip);
  if (!known) return undefined;
  const hasPhotos = known.some(({ kind }) => kind === 'photo');
  if (hasPhotos === (await looksAnnotated(known))) return undefined;
  return hasPhotos ? 'photos' : 'annotations';
}

/**
 * The photos of a ZIP without annotations, unpacked one after the other. One that can't be unpacked fails by itself later on.
 * Undefined where the ZIP may hold annotations, or no photo that can be had: whoever reads it as a dataset says why.
 *
 * @param most so many are unpacked; `more` is the number of the others
 */
export async function photosIn(zip: File, most = Infinity): Promise<Drop | undefined> {
  const known = await filesIn(zip);
  if (!known || (await looksAnnotated(known))) return undefined;
  const masks = await masksAmong(known);
  const isPhoto = ({ file, kind }: KnownFile): boolean => kind === 'photo' && !masks.has(file);
  const photos = known.filter(isPhoto);
  if (photos.every(({ error }) => error !== undefined)) return undefined;
  const all: DroppedFile[] = [];
  await inSlices(photos.slice(0, most), async ({ file }) => {
    const called = baseName(file.path);
    const read = async () => new File([await file.blob()], called);
    all.push({ path: file.path, file: await read().catch(() => new UnreadableFile(called, read)) });
  });
  const rest = known.filter((one) => !isPhoto(one));
  const leftOut = await leftOutAmong(rest, masks);
  return {
    name: zip.name,
    files: all.map((one) => one.file),
    all,
    leftOut,
    more: Math.max(0, photos.length - most),
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
