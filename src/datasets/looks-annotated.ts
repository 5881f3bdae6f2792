import { decodeText, headOf, isUndecided, type KnownFile } from './kind.js';
import { isSureLabel } from './labels.js';

/** What COCO and LabelMe files hold, also where they are damaged further on. */
const KEYS = /"(annotations|shapes|imagePath|imageData|file_name)"\s*:/;

/** So much of a file tells whether it holds annotations. */
const BEGINNING = 65_536;

/** Whether there are annotations among the files of a source, by what they hold. */
export async function looksAnnotated(known: readonly KnownFile[]): Promise<boolean> {
  // The reader says why they can't be had.
  if (known.some(isUndecided)) return true;
  for (const { file, kind } of known) {
    if (kind !== 'json') continue;
    // What has vanished since holds nothing.
    const head = await headOf(file, BEGINNING).catch(() => new Uint8Array());
    if (KEYS.test(decodeText(head))) return true;
  }
  return known.some(isSureLabel);
}
