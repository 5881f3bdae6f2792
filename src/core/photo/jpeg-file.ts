/** How a JPEG is made up, and whether all of its pixels are there: decoders fill in grey, and say nothing. */
import { huffmanTable, ScanBits, type HuffmanTable } from './huffman.js';
import { isFrame, segmentFrom } from './jpeg-segments.js';

interface Component {
  readonly id: number;
  /** Blocks across and down, and those that belong to the image alone. */
  readonly h: number;
  readonly v: number;
  readonly columns: number;
  readonly rows: number;
  readonly stride: number;
  /** Of a progressive file: a bit for each coefficient that is not zero, two numbers per block. */
  readonly known: Uint32Array;
  /** Of each coefficient, how many of its lowest bits no scan has given yet; NONE before any has. */
  readonly missing: Uint8Array;
}

const NONE = 255;

interface Scan {
  readonly components: readonly (Component & { dc: HuffmanTable; ac: HuffmanTable })[];
  readonly first: number;
  readonly last: number;
  readonly isRefinement: boolean;
}

interface Frame {
  readonly isProgressive: boolean;
  readonly components: readonly Component[];
  readonly across: number;
  readonly down: number;
}

export interface JpegOutline {
  /** Whether it has 8 bits a sample and is coded as files of cameras are: not without loss, for instance. */
  readonly isUsual: boolean;
  /** Passes over the image: one or three in an ordinary file, about ten in a progressive one. */
  readonly scans: number;
  /** Whether the marker of the end is there. */
  readonly isEnded: boolean;
}

/** Counts scans without decoding anything. Never throws. */
export function outlineJpeg(bytes: Uint8Array): JpegOutline {
  let scans = 0;
  let isUsual = true;
  let next = segmentFrom(bytes, 2);
  for (; next && next.marker !== 0xd9; next = segmentFrom(bytes, next.end)) {
    const { marker, body } = next;
    if (marker === 0xda) scans++;
    if (marker === JPEG_LS || (isFrame(marker) && !(USUAL.has(marker) && body[0] === 8))) isUsual = false;
  }
  return { isUsual, scans, isEnded: next !== undefined };
}

/** Frames with Huffman codes, sequential and progressive, and the same with arithmetic ones, which some browsers decode. */
const USUAL = new Set([0xc0, 0xc1, 0xc2, 0xc9, 0xca]);
const ARITHMETIC = new Set([0xc9, 0xca]);
const JPEG_LS = 0xf7;

/** Bytes that a decoder may leave unread before a marker without anything being wrong. */
const SLACK = 16;

/**
 * Whether every block of the image is in the file: false where its data ends early, or has been overwritten. Of arithmetic
 * codes nothing is known but whether there is an end. True for kinds of JPEG that browsers don't decode. Never throws.
 */
export function isWholeJpeg(bytes: Uint8Array): boolean {
  const dc: HuffmanTable[] = [];
  const ac: HuffmanTable[] = [];
  let frame: Frame | undefined;
  let interval = 0;
  let next = segmentFrom(bytes, 2);
  while (next && next.marker !== 0xd9) {
    const { marker, body } = next;
    let { end } = next;
    if (marker === 0xc0 || marker === 0xc1 || marker === 0xc2) {
      frame = readFrame(body, marker === 0xc2);
      if (!frame) return true;
    } else if (marker === 0xc4) {
      readTables(body, dc, ac);
    } else if (marker === 0xdd) {
      interval = (body[0]! << 8) | body[1]!;
    } else if (ARITHMETIC.has(marker)) {
      return outlineJpeg(bytes).isEnded;
    } else if (isFrame(marker)) {
      return true;
    } else if (marker === 0xda) {
      const scan = frame && readScan(body, frame, dc, ac);
      if (!frame || !scan) return false;
      const bits = new ScanBits(bytes, end);
      if (!walkScan(bits, frame, scan, interval)) return false;
      end = bits.at;
    }
    next = segmentFrom(bytes, end);
  }
  return frame !== undefined && frame.components.every(({ missing }) => missing.every((bits) => bits === 0));
}

function readFrame(body: Uint8Array, isProgressive: boolean): Frame | undefined {
  const height = (body[1]! << 8) | body[2]!;
  const width = (body[3]! << 8) | body[4]!;
  const count = body[5] ?? 0;
  if (body.length < 6 + 3 * count || count === 0 || width === 0 || height === 0) return undefined;
  const parts = Array.from({ length: count }, (_, i) => ({
    id: body[6 + 3 * i]!,
    h: body[7 + 3 * i]! >> 4,
    v: body[7 + 3 * i]! & 15,
  }));
  if (parts.some(({ h, v }) => h < 1 || h > 4 || v < 1 || v > 4)) return undefined;
  const most = { h: Math.max(...parts.map(({ h }) => h)), v: Math.max(...parts.map(({ v }) => v)) };
  const across = Math.ceil(width / (8 * most.h));
  const down = Math.ceil(height / (8 * most.v));
  const components = parts.map(({ id, h, v }) => ({
    ...{ id, h, v },
    columns: Math.ceil((width * h) / most.h / 8),
    rows: Math.ceil((height * v) / most.v / 8),
    stride: across * h,
    known: new Uint32Array(isProgressive ? 2 * across * h * down * v : 0),
    missing: new Uint8Array(64).fill(NONE),
  }));
  return { isProgressive, components, across, down };
}

function readTables(body: Uint8Array, dc: HuffmanTable[], ac: HuffmanTable[]): void {
  for (let at = 0; at + 17 <= body.length;) {
    const counts = body.subarray(at + 1, at + 17);
    const symbols = counts.reduce((sum, count) => sum + count, 0);
    const table = huffmanTable(counts, body.subarray(at + 17, at + 17 + symbols));
    (body[at]! >> 4 === 0 ? dc : ac)[body[at]! & 15] = table;
    at += 17 + symbols;
  }
}

const NO_TABLE = new Uint16Array(65_536);

function readScan(body: Uint8Array, frame: Frame, dc: HuffmanTable[], ac: HuffmanTable[]): Scan | undefined {
  const count = body[0] ?? 0;
  if (count === 0 || body.length < 4 + 2 * count) return undefined;
  const [first, last, approximation] = body.subarray(1 + 2 * count) as unknown as [number, number, number];
  const components: Scan['components'][number][] = [];
  for (let i = 0; i < count; i++) {
    const component = frame.components.find(({ id }) => id === body[1 + 2 * i]);
    if (!component) return undefined;
    const tables = body[2 + 2 * i]!;
    // A sequential scan gives all of them, whatever it says.
    if (frame.isProgressive) component.missing.fill(approximation & 15, first, last + 1);
    else component.missing.fill(0);
    components.push({ ...component, dc: dc[tables >> 4] ?? NO_TABLE, ac: ac[tables & 15] ?? NO_TABLE });
  }
  return { components, first, last: Math.min(last, 63), isRefinement: approximation >> 4 !== 0 };
}

/** Returns false where the scan is not what it should be. */
function walkScan(bits: ScanBits, frame: Frame, scan: Scan, interval: number): boolean {
  const block = blockReader(bits, frame, scan);
  const { components } = scan;
  const [single] = components;
  const isSingle = components.length === 1;
  // A scan of one component holds no blocks beyond the image.
  const columns = isSingle ? single!.columns : frame.across;
  const units = columns * (isSingle ? single!.rows : frame.down);
  for (let unit = 0; unit < units; unit++) {
    if (interval > 0 && unit > 0 && unit % interval === 0) {
      if (bits.skipToMarker() > SLACK || !bits.takeRestart(unit / interval - 1)) return false;
      block.restart();
    }
    const x = unit % columns;
    const y = (unit - x) / columns;
    for (let i = 0; i < components.length; i++) {
      const { h, v, stride } = components[i]!;
      const [across, down] = isSingle ? [1, 1] : [h, v];
      for (let j = 0; j < down; j++) {
        const row = (y * down + j) * stride + x * across;
        for (let k = 0; k < across; k++) if (!block.read(i, row + k)) return false;
      }
    }
    if (bits.isOver) return false;
  }
  return bits.skipToMarker() <= SLACK;
}

/** Bits that are set from the one at `first`, 0..63, on. */
function countFrom(low: number, high: number, first: number): number {
  if (first > 63) return 0;
  return first < 32
    ? countBits(low & (-1 << first)) + countBits(high)
    : countBits(high & (-1 << (first - 32)));
}

function countBits(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

interface BlockReader {
  /** Returns false where the bits are no block. */
  read(component: number, block: number): boolean;
  restart(): void;
}

function blockReader(
  bits: ScanBits,
  { isProgressive }: Frame,
  { components, first, last, isRefinement }: Scan,
): BlockReader {
  /** Blocks to come that hold nothing new. */
  let empty = 0;
  const restart = () => {
    empty = 0;
  };

  function sequential(component: number): boolean {
    const { dc, ac } = components[component]!;
    const size = bits.symbol(dc);
    if (size < 0 || size > 15) return false;
    bits.read(size);
    for (let k = 1; k < 64; k++) {
      const symbol = bits.symbol(ac);
      if (symbol < 0) return false;
      const zeros = symbol >> 4;
      if ((symbol & 15) === 0) {
        if (zeros < 15) return true;
        k += 15;
      } else {
        k += zeros;
        if (k > 63) return false;
        bits.read(symbol & 15);
      }
    }
    return true;
  }

  function dcOnly(component: number): boolean {
    if (isRefinement) {
      bits.read(1);
      return true;
    }
    const size = bits.symbol(components[component]!.dc);
    if (size < 0 || size > 15) return false;
    bits.read(size);
    return true;
  }

  function acFirst(component: number, block: number): boolean {
    if (empty > 0) {
      empty--;
      return true;
    }
    const { ac, known } = components[component]!;
    for (let k = first; k <= last; k++) {
      const symbol = bits.symbol(ac);
      if (symbol < 0) return false;
      const zeros = symbol >> 4;
      if ((symbol & 15) === 0) {
        if (zeros < 15) {
          empty = (1 << zeros) + bits.read(zeros) - 1;
          return true;
        }
        k += 15;
      } else {
        k += zeros;
        if (k > last) return false;
        bits.read(symbol & 15);
        known[2 * block + (k >> 5)]! |= 1 << (k & 31);
      }
    }
    return true;
  }

  function acRefinement(component: number, block: number): boolean {
    const { ac, known } = components[component]!;
    const isKnown = (k: number) => ((known[2 * block + (k >> 5)]! >>> (k & 31)) & 1) === 1;
    let k = first;
    for (; empty === 0 && k <= last; k++) {
      const symbol = bits.symbol(ac);
      if (symbol < 0) return false;
      let zeros = symbol >> 4;
      const isNew = (symbol & 15) !== 0;
      if (isNew) bits.read(1);
      else if (zeros < 15) {
        empty = (1 << zeros) + bits.read(zeros);
        break;
      }
      for (; k <= last; k++) {
        if (isKnown(k)) bits.read(1);
        else if (--zeros < 0) break;
      }
      if (isNew && k <= last) known[2 * block + (k >> 5)]! |= 1 << (k & 31);
    }
    if (empty > 0) {
      // A bit more for each that is known, and nothing new.
      const [low, high] = [known[2 * block]!, known[2 * block + 1]!];
      bits.skip(countFrom(low, high, k) - countFrom(low, high, last + 1));
      empty--;
    }
    return true;
  }

  if (!isProgressive) return { read: sequential, restart };
  if (first === 0) return { read: dcOnly, restart };
  return { read: isRefinement ? acRefinement : acFirst, restart };
}
