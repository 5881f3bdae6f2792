import { decodeText, headOf, isUndecided, type KnownFile } from './kind.js';
import { isSureLabel } from './labels.js';
import { inSlices } from './in-slices.js';
import type { SourceFile } from './types.js';

/** What COCO and LabelMe files hold, also where they are damaged further on. */
const KEYS = /"(annotations|shapes|imagePath|imageData|file_name)"\s*:/;

/** So much of a file tells whether it holds annotations. */
const BEGINNING = 65_536;

/** Whether there are annotations among the files of a source, by what they hold. */
export async function looksAnnotated(known: readonly KnownFile[]): Promise<boolean> {
  // The reader says why they can't be had.
  if (known.some(isUndecided)) return true;
  let isFound = false;
  await inSlices(known, async (one) => {
    isFound ||= one.kind === 'json' ? await holdsKeys(one.file) : isSureLabel(one);
  });
  return isFound;
}

/** What has vanished since holds nothing. */
async function holdsKeys(file: SourceFile): Promise<boolean> {
  const head = await headOf(file, BEGINNING).catch(() => new Uint8Array());
  return KEYS.test(decodeText(head));
}
