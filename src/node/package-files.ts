/** What the built package fetches by address, in the folder of the module that runs this. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface PackageFile {
  /** From the folder that holds `assets` and `models`, with slashes. */
  readonly path: string;
  readonly source: string;
}

const FOLDERS = ['assets', 'models'];

const folder = (): string => fileURLToPath(new URL('.', import.meta.url));

/** What the element's modules import from other packages: `lit`, `lit/directives/live.js` ... */
export async function importedPackages(): Promise<readonly string[]> {
  const root = folder();
  const modules = (await readdir(root)).filter((name) =>
    /^(index|element|views-.*|shared-.*)\.js$/.test(name),
  );
  const texts = await Promise.all(modules.map((name) => readFile(join(root, name), 'utf8')));
  const names = texts.flatMap((text) => [...text.matchAll(/^import .*from ["']([^."'][^"']*)["'];$/gm)]);
  return [...new Set(names.map(([, name]) => name!))].sort();
}

export async function packageFiles(): Promise<readonly PackageFile[]> {
  const root = folder();
  const folders = FOLDERS.map(async (folder) =>
    (await readdir(join(root, folder))).map((name) => ({
      path: `${folder}/${name}`,
      source: join(root, folder, name),
    })),
  );
  return (await Promise.all(folders)).flat();
}
