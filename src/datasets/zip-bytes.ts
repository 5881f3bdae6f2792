/** Of a ZIP's bytes, what is asked for; a browser takes a millisecond for each reading, however little is read. */

/** What is read at a time where one part is asked for after the other. */
const AHEAD = 262_144;

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly bytes: Promise<Uint8Array>;
}

const NOTHING: Stretch = { start: 0, end: 0, bytes: Promise.resolve(new Uint8Array()) };

/** A ZIP, read ahead as long as its entries are asked for in their order. */
export class ZipBytes {
  private last = NOTHING;

  constructor(readonly blob: Blob) {}

  /** Fewer than asked for at the ZIP's end. Rejects when the file can't be read. */
  async at(start: number, length: number): Promise<Uint8Array> {
    const end = Math.min(start + length, this.blob.size);
    const { last } = this;
    const isHere = start >= last.start && end <= last.end;
    const stretch = isHere ? last : this.read(start, end, start >= last.start && start - last.end < AHEAD);
    const bytes = await stretch.bytes;
    return bytes.subarray(start - stretch.start, end - stretch.start);
  }

  private read(start: number, least: number, isNext: boolean): Stretch {
    const end = isNext ? Math.min(Math.max(least, start + AHEAD), this.blob.size) : least;
    const reading = this.blob.slice(start, end).arrayBuffer();
    const stretch = { start, end, bytes: reading.then((buffer) => new Uint8Array(buffer)) };
    this.last = stretch;
    // Another try reads it again.
    stretch.bytes.catch(() => {
      if (this.last === stretch) this.last = NOTHING;
    });
    return stretch;
  }
}
