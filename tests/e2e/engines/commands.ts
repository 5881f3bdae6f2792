import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where a command lies, if it is installed. */
export function findCommand(...names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}
