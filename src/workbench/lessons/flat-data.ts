/**
 * Plain data with arrays of numbers, as the bytes of one file: the length of a text, that text, JSON in which arrays of numbers are
 * places, and the numbers themselves, little-endian.
 */
const ARRAYS = { Float32Array, Float64Array, Int32Array, Uint32Array, Uint16Array, Uint8Array };

type ArrayName = keyof typeof ARRAYS;

interface Place {
  readonly $: ArrayName;
  readonly at: number;
  readonly length: number;
}

/** Of the longest numbers, bytes: where an array begins is a multiple of it. */
const ALIGNMENT = 8;
const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** @throws {RangeError} where there are arrays of other numbers in it */
export function toBytes(value: object): Blob {
  const arrays: Uint8Array<ArrayBuffer>[] = [];
  let at = 0;
  const text = JSON.stringify(value, (_, one: unknown) => {
    if (!ArrayBuffer.isView(one)) return one;
    const name = nameOf(one);
    const bytes = new Uint8Array(aligned(one.byteLength));
    bytes.set(new Uint8Array(one.buffer, one.byteOffset, one.byteLength));
    const place: Place = { $: name, at, length: one.byteLength / ARRAYS[name].BYTES_PER_ELEMENT };
    arrays.push(bytes);
    at += bytes.length;
    return place;
  });
  const json = new TextEncoder().encode(text);
  const head = new Uint8Array(aligned(4 + json.length));
  new DataView(head.buffer).setUint32(0, json.length, true);
  head.set(json, 4);
  return new Blob([head, ...arrays]);
}

/** What `toBytes` was given. @throws {RangeError | SyntaxError} where the bytes are no such file */
export function fromBytes(bytes: ArrayBuffer): object {
  const length = new DataView(bytes).getUint32(0, true);
  const text = new TextDecoder().decode(new Uint8Array(bytes, 4, length));
  const start = aligned(4 + length);
  const value: unknown = JSON.parse(text, (_, one: unknown) => {
    if (!isPlace(one)) return one;
    // A copy: the rest of the file needn't stay for it.
    return new ARRAYS[one.$](bytes, start + one.at, one.length).slice();
  });
  if (typeof value !== 'object' || value === null) throw new RangeError('There is no data in the file.');
  return value;
}

const nameOf = (view: ArrayBufferView): ArrayName => {
  const { name } = view.constructor;
  if (!isArrayName(name)) throw new RangeError(`${name} is no array that is written.`);
  return name;
};

const isArrayName = (name: unknown): name is ArrayName =>
  typeof name === 'string' && Object.hasOwn(ARRAYS, name);

function isPlace(value: unknown): value is Place {
  const { $, at, length } = Object(value) as Partial<Record<keyof Place, unknown>>;
  return isArrayName($) && typeof at === 'number' && typeof length === 'number';
}
