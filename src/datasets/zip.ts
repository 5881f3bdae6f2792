import { unzip } from 'unzipit';
import { DatasetError } from './errors.js';
import { isHidden } from './paths.js';
import type { Source } from './types.js';

/**
 * A ZIP as a folder. Only its directory is read now, and each entry from its place in the file when it is asked for, so
 * that a ZIP of any size takes no memory.
 *
 * @throws {DatasetError} when it is no ZIP or is damaged
 */
export async function zipSource(file: Blob, name: string): Promise<Source> {
  const { entries } = await unzip(file).catch((cause: unknown) => {
    throw new DatasetError({ reason: 'no-zip', params: { source: name } }, { cause });
  });
  const files = Object.values(entries)
    .filter((entry) => !entry.isDirectory && !isHidden(entry.name))
    .map((entry) => ({
      path: entry.name.replaceAll('\\', '/'),
      size: entry.size,
      blob: () => entry.blob(),
    }));
  return { name, files };
}
