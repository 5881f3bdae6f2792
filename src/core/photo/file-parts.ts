/** Chunks of RIFF files (WebP) and boxes of ISO media files (AVIF, HEIC). */

const little = true;

export interface FilePart {
  /** Four letters. */
  readonly name: string;
  /** Of what is in it, bytes from the beginning of the file. */
  readonly start: number;
  readonly end: number;
  /** Whether it says that it is longer than what it lies in. */
  readonly isCut: boolean;
}

type ReadPart = (view: DataView, at: number) => Omit<FilePart, 'isCut'> & { readonly next: number };

/** From the first chunk on. Never throws. */
export const riffChunks = (bytes: Uint8Array): Generator<FilePart> =>
  walk(bytes, 12, bytes.length, riffChunk);

/** Those of the file, or those within a box. Never throws. */
export const isoBoxes = (
  bytes: Uint8Array,
  { start, end }: Pick<FilePart, 'start' | 'end'> = { start: 0, end: bytes.length },
): Generator<FilePart> => walk(bytes, start, end, isoBox);

function* walk(bytes: Uint8Array, from: number, to: number, read: ReadPart): Generator<FilePart> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = from; at + 8 <= to;) {
    const { next, ...part } = read(view, at);
    // No longer than that, or those within it would be gone through again and again.
    yield { ...part, end: Math.min(part.end, to), isCut: part.end > to };
    // A length that leads nowhere.
    if (next <= at) return;
    at = next;
  }
}

const nameAt = (view: DataView, at: number): string =>
  String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, 4));

const riffChunk: ReadPart = (view, at) => {
  const length = view.getUint32(at + 4, little);
  const end = at + 8 + length;
  return { name: nameAt(view, at), start: at + 8, end, next: end + (length & 1) };
};

const isoBox: ReadPart = (view, at) => {
  const length = view.getUint32(at);
  // 0: to the end of the file; 1: the length is one of 64 bits, behind the name.
  const isLong = length === 1 && at + 16 <= view.byteLength;
  const whole = isLong ? Number(view.getBigUint64(at + 8)) : length;
  const end = whole === 0 ? view.byteLength : at + whole;
  return { name: nameAt(view, at + 4), start: at + (isLong ? 16 : 8), end, next: end };
};
