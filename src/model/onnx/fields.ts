/** Protobuf messages as lists of their fields, so that what nobody here understands is kept byte by byte. */
import { PbfReader, PbfWriter } from 'pbf';

export interface Field {
  readonly number: number;
  /** As it stands in the file, its tag included. */
  readonly bytes: Uint8Array;
}

export const LENGTH_DELIMITED = 2;

/**
 * Moves past the current field; gives its bytes when it has any: text, numbers in a row or a message.
 * @throws {RangeError} where it runs past the end
 */
export function fieldContent(reader: PbfReader): Uint8Array | undefined {
  if (reader.type !== LENGTH_DELIMITED) {
    reader.skip(reader.type);
    if (reader.pos > reader.length) throw new RangeError('A field runs past the end.');
    return undefined;
  }
  // The reader itself would silently cut a field that is longer than the file.
  const length = reader.readVarint();
  const end = reader.pos + length;
  if (!(end <= reader.length)) throw new RangeError('A field runs past the end.');
  const content = reader.buf.subarray(reader.pos, end);
  reader.pos = end;
  return content;
}

/** Calls `visit` for each field of a message. @throws {RangeError} where a field runs past the end */
export function visitFields(
  message: Uint8Array,
  visit: (field: Field, content: Uint8Array | undefined) => void,
): void {
  const reader = new PbfReader(message);
  for (let start = 0; ; start = reader.pos) {
    const number = reader.nextField();
    if (number === 0) return;
    const content = fieldContent(reader);
    visit({ number, bytes: message.subarray(start, reader.pos) }, content);
  }
}

/** Some fields, written by `write`, which are all of the same number. */
export function makeField(number: number, write: (writer: PbfWriter) => void): Field {
  return { number, bytes: messageOf(write) };
}

/** A field that is a message itself, or anything else that has a length. */
export const contentField = (number: number, content: Uint8Array): Field =>
  makeField(number, (writer) => writer.writeBytesField(number, content));

/** The bytes of a message. */
export function messageOf(write: (writer: PbfWriter) => void): Uint8Array {
  const writer = new PbfWriter();
  write(writer);
  return writer.finish();
}

/** A message of these fields in the order of their numbers, as protobuf itself writes them; those of one number keep theirs. */
export function joinFields(fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(fields.reduce((sum, { bytes }) => sum + bytes.length, 0));
  let at = 0;
  for (const { bytes } of [...fields].sort((a, b) => a.number - b.number)) {
    message.set(bytes, at);
    at += bytes.length;
  }
  return message;
}
