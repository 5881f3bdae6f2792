/** How YOLO datasets name their classes. */
import { datasets } from '../messages/dataset-text.js';
import type { SourceFile } from './types.js';

/** Files that give the classes their names, the most telling first. */
export function namesFile(files: readonly SourceFile[]): SourceFile | undefined {
  const patterns = [/(^|\/)(data|dataset)\.ya?ml$/i, /(^|\/)classes\.txt$/i, /\.names$/i, /\.ya?ml$/i];
  for (const pattern of patterns) {
    const found = files.find(({ path }) => pattern.test(path));
    if (found) return found;
  }
  return undefined;
}

/**
 * Class names, by number; of a YAML file its entry `names`, of any other text its lines.
 *
 * @throws {DatasetError} when the YAML can't be read
 */
export async function parseNames(text: string, path: string): Promise<string[]> {
  if (/\.ya?ml$/i.test(path)) {
    // Large, and most datasets are read without it.
    const { yamlNames } = await import('./yaml-names.js');
    return Array.from(yamlNames(text), (name, number) => name ?? numberedClass(number));
  }
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** What a class is called that has no name. */
export const numberedClass = (number: number): string => datasets['numbered-class']({ number });
