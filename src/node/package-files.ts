/** What the built package fetches by address, in the folder of the module that runs this. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface PackageFile {
  /** From the folder that holds `assets` and `models`, with slashes. */
  readonly path: string;
  readonly source: string;
}

const FOLDERS = ['assets', 'models'];

export async function packageFiles(): Promise<readonly PackageFile[]> {
  const root = fileURLToPath(new URL('.', import.meta.url));
  const folders = FOLDERS.map(async (folder) =>
    (await readdir(join(root, folder))).map((name) => ({
      path: `${folder}/${name}`,
      source: join(root, folder, name),
    })),
  );
  return (await Promise.all(folders)).flat();
}
