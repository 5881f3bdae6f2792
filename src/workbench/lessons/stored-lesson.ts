/** How the browser's database keeps lessons. */
import type { PackedLesson, PackedPhoto } from './package.js';

/** Grows where an older version of the page could not read what a newer one has stored. */
export const STORED_FORMAT = 1;

/** A file as bytes: some browsers' private windows store no Blobs. */
export interface StoredFile {
  readonly bytes: ArrayBuffer;
  readonly type: string;
  readonly name?: string;
}

/** What is large about a photo, in an entry of its own. */
export interface StoredPhoto extends Pick<PackedPhoto, 'features'> {
  readonly file?: StoredFile;
  readonly thumbnail?: StoredFile;
}

/** All about a lesson but what is large about its photos. */
export interface StoredLesson extends Omit<PackedLesson, 'photos' | 'learnt'> {
  /** `STORED_FORMAT`; absent: 1. */
  readonly format?: number;
  readonly photos: readonly Omit<PackedPhoto, 'features' | 'file' | 'thumbnail'>[];
  readonly learnt?: Omit<NonNullable<PackedLesson['learnt']>, 'model'> & { readonly model: StoredFile };
}
