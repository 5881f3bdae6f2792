import { sha256 } from '../../model/hash.js';
import type { PhotoEntry } from '../batch/photo-batch.js';
import type { PackedPhoto } from './package.js';

type Listed = Pick<PhotoEntry, 'id' | 'input' | 'output'>;

/** By which photos are known again: the SHA-256 of their files, also of those that nobody has inspected yet. */
export class PhotoHashes {
  /** Of photos of the list, by their ids. */
  private readonly known = new Map<number, string>();

  note(id: number, hash: string): void {
    this.known.set(id, hash);
  }

  /** Undefined of what is no file, and of a file that can't be read any more. */
  async of(entry: Listed): Promise<string | undefined> {
    const { id, input } = entry;
    const known = this.knownOf(entry);
    if (known !== undefined || !(input instanceof Blob)) return known;
    const hash = await hashOf(input);
    if (hash !== undefined) this.note(id, hash);
    return hash;
  }

  /** Of what is to be taken in. */
  async ofPacked(photos: readonly PackedPhoto[]): Promise<ReadonlyMap<PackedPhoto, string>> {
    const hashes = new Map<PackedPhoto, string>();
    for (const photo of photos) {
      const hash = photo.hash ?? (photo.file && (await hashOf(photo.file)));
      if (hash !== undefined) hashes.set(photo, hash);
    }
    return hashes;
  }

  /** Reads those photos of the list that may be among others, by their sizes, and whose hashes nobody knows yet. */
  async learn(entries: readonly Listed[], photos: readonly PackedPhoto[]): Promise<void> {
    const sizes = new Set(photos.map(({ file }) => file?.size));
    for (const entry of entries)
      if (entry.input instanceof Blob && sizes.has(entry.input.size)) await this.of(entry);
  }

  /** The photos of the list by their hashes, as far as these are known. */
  among(entries: readonly Listed[]): ReadonlyMap<string, number> {
    const places = new Map<string, number>();
    for (const entry of entries) {
      const hash = this.knownOf(entry);
      if (hash !== undefined && !places.has(hash)) places.set(hash, entry.id);
    }
    return places;
  }

  private knownOf({ id, output }: Listed): string | undefined {
    return output?.image.hash ?? this.known.get(id);
  }
}

const hashOf = async (file: Blob): Promise<string | undefined> => {
  const bytes = await file.arrayBuffer().catch(() => undefined);
  return bytes && sha256(bytes);
};
