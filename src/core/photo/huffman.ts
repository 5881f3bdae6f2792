/** Codes of up to 16 bits: for each 16 bits that may come next, the code's length * 256 + its symbol; 0 is no code. */
export type HuffmanTable = Uint16Array;

/** @param counts codes of each length from 1 to 16 bits @param symbols in the order of their codes */
export function huffmanTable(counts: Uint8Array, symbols: Uint8Array): HuffmanTable {
  const table = new Uint16Array(65_536);
  let at = 0;
  let symbol = 0;
  for (let length = 1; length <= 16; length++) {
    const size = 1 << (16 - length);
    for (let i = 0; i < counts[length - 1]! && at + size <= table.length; i++, at += size) {
      table.fill((length << 8) | (symbols[symbol++] ?? 0), at, at + size);
    }
  }
  return table;
}

/** Reads the bits of a JPEG's scan. Behind their end, which a marker makes, come zeros. */
export class ScanBits {
  /** Where the next byte is read. */
  at: number;
  private readonly bytes: Uint8Array;
  private buffer = 0;
  private count = 0;
  private invented = 0;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  /** Whether more was read than there is. */
  get isOver(): boolean {
    return this.invented > this.count;
  }

  /** The symbol of the next code; -1 where the bits are none. */
  symbol(table: HuffmanTable): number {
    if (this.count < 16) this.fill();
    const entry = table[(this.buffer >>> (this.count - 16)) & 0xffff]!;
    if (entry === 0) return -1;
    this.count -= entry >> 8;
    return entry & 0xff;
  }

  /** @param length 0..16 */
  read(length: number): number {
    if (this.count < length) this.fill();
    this.count -= length;
    return (this.buffer >>> this.count) & ((1 << length) - 1);
  }

  /** @param length any */
  skip(length: number): void {
    for (let left = length; left > 0; left -= 16) this.read(Math.min(left, 16));
  }

  /**
   * Goes to the marker that ends this stretch of bits.
   * @returns whole bytes that were left unread
   */
  skipToMarker(): number {
    const { bytes } = this;
    const left = Math.max(0, (this.count - this.invented) >> 3);
    let at = this.at;
    while (at < bytes.length && !(bytes[at] === 0xff && isMarker(bytes[at + 1]))) at++;
    const skipped = at - this.at;
    this.at = at;
    this.buffer = this.count = this.invented = 0;
    return left + skipped;
  }

  /** Goes behind a restart marker. Returns false where another one, or none, comes next. @param number counts from 0 */
  takeRestart(number: number): boolean {
    if (this.bytes[this.at + 1] !== 0xd0 + (number & 7)) return false;
    this.at += 2;
    return true;
  }

  /** Up to 32 bits. */
  private fill(): void {
    const { bytes } = this;
    while (this.count <= 24) {
      const byte = bytes[this.at];
      if (byte === undefined || (byte === 0xff && bytes[this.at + 1] !== 0)) {
        this.buffer <<= 8;
        this.invented += 8;
      } else {
        this.buffer = (this.buffer << 8) | byte;
        this.at += byte === 0xff ? 2 : 1;
      }
      this.count += 8;
    }
  }
}

/** A byte behind 0xff that makes a marker with it: 0 stands for 0xff itself, and 0xff is fill. */
const isMarker = (byte: number | undefined): boolean => byte !== undefined && byte !== 0 && byte !== 0xff;
