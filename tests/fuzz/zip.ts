/** ZIPs whose directory, entries and names are broken, or made to fill the memory. */
import { zipSource } from '../../src/datasets/zip.js';
import { buildZip } from '../unit/datasets/zip-builder.js';
import { examineSource } from './frame/dataset-case.js';
import { Random } from './frame/random.js';
import { generate as generateYolo } from './yolo.js';

export interface ZipCase {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly paths: readonly string[];
  readonly annotated: readonly string[];
}

export function generate(seed: number): ZipCase {
  const random = new Random(seed);
  const { files, annotated } = generateYolo(seed);
  const entries = Object.entries(files).map(([name, data]) => ({ name, data, isStored: random.chance(0.5) }));
  if (random.chance(0.1))
    entries.push({ name: 'labels/zeros.txt', data: '0'.repeat(60_000_000), isStored: false });
  if (random.chance(0.1)) entries.push({ ...entries[0]! });
  const bytes = buildZip(entries);
  for (let i = random.int(0, 3); i > 0; i--) {
    // Half of the damage goes to the directory at the end.
    const from = random.chance(0.5) ? Math.max(0, bytes.length - 600) : 0;
    bytes[random.int(from, bytes.length - 1)] = random.pick([0, 1, 8, 9, 0x50, 0xff, random.int(0, 255)]);
  }
  const end = random.chance(0.15) ? random.int(0, bytes.length) : bytes.length;
  return {
    name: `zip-${seed}.zip`,
    bytes: bytes.slice(0, end),
    paths: entries.map((one) => one.name),
    annotated,
  };
}

export async function examine({ name, bytes, paths, annotated }: ZipCase): Promise<string> {
  const source = await zipSource(new Blob([bytes]), name);
  // A file whose name is damaged belongs to nobody any more.
  const isIntact =
    source.files.length === paths.length && source.files.every(({ path }, i) => path === paths[i]);
  return examineSource(source, isIntact ? annotated : []);
}
