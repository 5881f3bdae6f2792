/** Writes ZIP files: stored or deflated entries, a central directory, and what a broken or hostile packer makes of them. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipInput {
  /** Bytes are a name without the flag that says that it is UTF-8. */
  readonly name: string | Uint8Array;
  readonly data: Uint8Array | string;
  readonly isStored?: boolean;
  /** Checksum and sizes follow the data, as of packers that write into a pipe. */
  readonly isStreamed?: boolean;
  /** Sizes lie in a field for large ones. */
  readonly isZip64?: boolean;
  /** What is said in place of what is so. */
  readonly claims?: {
    readonly flags?: number;
    readonly method?: number;
    readonly checksum?: number;
    readonly size?: number;
    /** Of Unix, such as 0o120777 of a link. */
    readonly mode?: number;
  };
}

const UTF8 = 0x0800;
const STREAMED = 8;
const NOT_HERE = 0xffffffff;

export function buildZip(inputs: readonly ZipInput[], count = inputs.length): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, isStored = false, isStreamed = false, isZip64 = false, claims = {} } of inputs) {
    const raw = Buffer.from(data);
    const packed = isStored ? raw : deflateRawSync(raw);
    const called = Buffer.from(name);
    const sizes = [claims.checksum ?? crc32(raw), packed.length, claims.size ?? raw.length] as const;
    const flags = (typeof name === 'string' ? UTF8 : 0) | (isStreamed ? STREAMED : 0) | (claims.flags ?? 0);
    const extra = isZip64 ? large(sizes[2], sizes[1]) : Buffer.alloc(0);

    const fields = (local: boolean): Buffer => {
      const [checksum, small, full] = local && isStreamed ? [0, 0, 0] : sizes;
      const bytes = Buffer.alloc(26);
      bytes.writeUInt16LE(isZip64 ? 45 : 20, 0);
      bytes.writeUInt16LE(flags, 2);
      bytes.writeUInt16LE(claims.method ?? (isStored ? 0 : 8), 4);
      bytes.writeUInt32LE(checksum, 10);
      bytes.writeUInt32LE(isZip64 ? NOT_HERE : small, 14);
      bytes.writeUInt32LE(isZip64 ? NOT_HERE : full, 18);
      bytes.writeUInt16LE(called.length, 22);
      bytes.writeUInt16LE(extra.length, 24);
      return bytes;
    };
    const descriptor = Buffer.alloc(isStreamed ? 16 : 0);
    if (isStreamed) {
      descriptor.write('PK\x07\x08', 'latin1');
      sizes.forEach((size, i) => descriptor.writeUInt32LE(size, 4 + 4 * i));
    }
    const local = Buffer.concat([latin1('PK\x03\x04'), fields(true), called, extra, packed, descriptor]);
    const central = Buffer.alloc(14);
    central.writeUInt32LE((claims.mode ?? 0) * 0x10000, 6);
    central.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([latin1('PK\x01\x02\x14\x03'), fields(false), central, called, extra]));
    parts.push(local);
    offset += local.length;
  }
  const size = directory.reduce((sum, entry) => sum + entry.length, 0);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Uint8Array.from(Buffer.concat([...parts, ...directory, end]));
}

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

function large(size: number, packed: number): Buffer {
  const field = Buffer.alloc(20);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(16, 2);
  field.writeBigUInt64LE(BigInt(size), 4);
  field.writeBigUInt64LE(BigInt(packed), 12);
  return field;
}
