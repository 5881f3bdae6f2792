/** Photos, where they are: files of their own, or in a LabelMe file. */
import { fromBase64 } from './base64.js';
import { DatasetError } from './errors.js';
import { headOf, kindOf, readText } from './kind.js';
import type { SourceFile } from './types.js';

/** A photo's bytes. @throws {DatasetError} when they can't be had */
export async function openPhoto(file: SourceFile): Promise<Blob> {
  try {
    if (kindOf(await headOf(file, 64), file.path) !== 'json') return await file.blob();
    const { imageData } = JSON.parse(await readText(file)) as { readonly imageData?: unknown };
    const bytes = typeof imageData === 'string' ? fromBase64(imageData) : undefined;
    if (!bytes) throw new DatasetError({ reason: 'photo-embedded-unreadable' });
    return new Blob([bytes]);
  } catch (cause) {
    if (cause instanceof DatasetError) throw cause;
    throw new DatasetError({ reason: 'file-unreadable' }, { cause });
  }
}
