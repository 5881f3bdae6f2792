import type { Random } from './random.js';

/** Where a field of a protobuf message lies. */
interface Field {
  readonly start: number;
  /** Where its value begins: behind the tag, and behind the length where it has one. */
  readonly value: number;
  readonly end: number;
  readonly wire: number;
}

const NUMBERS = [
  0n,
  1n,
  2n,
  7n,
  127n,
  2n ** 31n,
  2n ** 31n - 1n,
  2n ** 32n,
  2n ** 62n,
  2n ** 64n - 1n,
  1_000_000_000n,
];
const TEXTS = [
  '',
  'x',
  'Loop',
  'If',
  'Einsum',
  'boxes',
  '../weights.bin',
  '\u0000',
  'x'.repeat(2000),
  'com.microsoft',
];

/**
 * Replaces, doubles or drops fields anywhere in a message, at any depth; the lengths around them stay right, so that it is
 * read to the end.
 */
export function breakFields(message: Uint8Array<ArrayBuffer>, random: Random): Uint8Array<ArrayBuffer> {
  let bytes = message;
  for (let n = random.int(1, 4); n > 0; n--) bytes = new Uint8Array(breakField(bytes, random, 0));
  return bytes;
}

function breakField(message: Uint8Array, random: Random, depth: number): Uint8Array {
  const fields = fieldsOf(message);
  if (!fields || fields.length === 0) return message;
  const field = random.pick(fields);
  const before = message.subarray(0, field.start);
  const own = message.subarray(field.start, field.end);
  const after = message.subarray(field.end);
  const content = message.subarray(field.value, field.end);
  if (field.wire === 2 && depth < 8 && random.chance(0.85) && fieldsOf(content)?.length) {
    return join(before, withContent(message, field, breakField(content, random, depth + 1)), after);
  }
  if (random.chance(0.1)) return join(before, after);
  if (random.chance(0.1)) return join(before, own, own, after);
  if (field.wire === 0) {
    const tag = message.subarray(field.start, field.value);
    return join(before, tag, varint(random.pick(NUMBERS)), after);
  }
  if (field.wire === 2) {
    const text = new TextEncoder().encode(random.pick(TEXTS));
    return join(before, withContent(message, field, text), after);
  }
  return join(
    before,
    own.map(() => random.int(0, 255)),
    after,
  );
}

/** The field with another value of that kind. */
function withContent(message: Uint8Array, { start }: Field, content: Uint8Array): Uint8Array {
  const tagEnd = readVarint(message, start)!.end;
  return join(message.subarray(start, tagEnd), varint(BigInt(content.length)), content);
}

/** Undefined where it is no message. */
function fieldsOf(bytes: Uint8Array): Field[] | undefined {
  const fields: Field[] = [];
  for (let at = 0; at < bytes.length;) {
    const tag = readVarint(bytes, at);
    if (!tag || tag.value >> 3n === 0n) return undefined;
    const wire = Number(tag.value & 7n);
    let value = tag.end;
    let end: number | undefined;
    if (wire === 0) end = readVarint(bytes, value)?.end;
    else if (wire === 1) end = value + 8;
    else if (wire === 5) end = value + 4;
    else if (wire === 2) {
      const length = readVarint(bytes, value);
      if (!length) return undefined;
      value = length.end;
      end = value + Number(length.value);
    }
    if (end === undefined || end > bytes.length) return undefined;
    fields.push({ start: at, value, end, wire });
    at = end;
  }
  return fields;
}

function readVarint(bytes: Uint8Array, at: number): { value: bigint; end: number } | undefined {
  let value = 0n;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return undefined;
    value |= BigInt(byte & 127) << BigInt(7 * i);
    if (byte < 128) return { value, end: at + i + 1 };
  }
  return undefined;
}

function varint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  do {
    const byte = Number(rest & 127n);
    rest >>= 7n;
    bytes.push(rest > 0n ? byte | 128 : byte);
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}

const join = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);
