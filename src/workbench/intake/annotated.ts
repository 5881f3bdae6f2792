/** Whether there are annotations beside photos; loaded with the evaluation, which is who uses them. */
import { kindsOf } from '../../datasets/kind.js';
import { looksAnnotated } from '../../datasets/looks-annotated.js';
import { baseName } from '../../datasets/paths.js';
import { folderSource } from '../../datasets/folder.js';
import type { Container } from '../../datasets/types.js';
import { UnreadableFile } from './unreadable-file.js';
import { leftOutOf, type Drop, type DroppedFile } from './intake.js';

/** What was dropped as annotated photos, if there are annotations in it. */
export async function datasetIn({ name, all }: Drop): Promise<Container | undefined> {
  const folder = { name, files: all };
  return (await looksAnnotated(await kindsOf(folderSource(folder).files))) ? folder : undefined;
}

/**
 * The photos of a ZIP without annotations, unpacked one after the other. One that can't be unpacked fails by itself later on.
 * Undefined where the ZIP may hold annotations, or no photo that can be had: whoever reads it as a dataset says why.
 */
export async function photosIn(zip: File): Promise<Drop | undefined> {
  const { zipSource } = await import('../../datasets/zip.js');
  const source = await zipSource(zip, zip.name).catch(() => undefined);
  if (!source) return undefined;
  const known = await kindsOf(source.files);
  if (await looksAnnotated(known)) return undefined;
  const photos = known.filter(({ kind }) => kind === 'photo');
  if (photos.every(({ error }) => error !== undefined)) return undefined;
  const all: DroppedFile[] = [];
  for (const { file } of photos) {
    const called = baseName(file.path);
    const read = async () => new File([await file.blob()], called);
    all.push({ path: file.path, file: await read().catch(() => new UnreadableFile(called, read)) });
  }
  const others = known.filter(({ kind }) => kind !== 'photo').map(({ file }) => baseName(file.path));
  return { name: source.name, files: all.map((one) => one.file), all, leftOut: leftOutOf(others) };
}
