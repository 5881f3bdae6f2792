/** Nodes, weights and outputs that are added to a graph. */
import type { PbfWriter } from 'pbf';
import { messageOf } from './fields.js';
import { readNode, readWeight, type Node, type Value, type Weight } from './model-proto.js';

/** A whole number, a text, or whole numbers. */
export type Attribute = number | string | readonly number[];

/** `AttributeProto.AttributeType` and the field that holds the value. */
const INT = { type: 2, field: 3 };
const STRING = { type: 3, field: 4 };
const INTS = { type: 7, field: 8 };
/** `TensorProto.DataType` */
const FLOAT = 1;
const INT64 = 7;

/** A node of ONNX's own operators with one output. */
export function makeNode(
  type: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, Attribute>> = {},
): Node {
  return readNode(
    messageOf((writer) => {
      for (const input of inputs) writer.writeStringField(1, input);
      writer.writeStringField(2, output);
      writer.writeStringField(3, output);
      writer.writeStringField(4, type);
      for (const entry of Object.entries(attributes)) writer.writeMessage(5, writeAttribute, entry);
    }),
  );
}

function writeAttribute([name, value]: [string, Attribute], writer: PbfWriter): void {
  writer.writeStringField(1, name);
  if (typeof value === 'number') {
    writer.writeVarintField(INT.field, value);
    writer.writeVarintField(20, INT.type);
  } else if (typeof value === 'string') {
    writer.writeStringField(STRING.field, value);
    writer.writeVarintField(20, STRING.type);
  } else {
    writer.writePackedVarint(INTS.field, [...value]);
    writer.writeVarintField(20, INTS.type);
  }
}

/** @throws {RangeError} when there are not as many values as the dimensions say */
export function makeWeight(
  name: string,
  dims: readonly number[],
  values: Float32Array | BigInt64Array,
): Weight {
  const count = dims.reduce((product, side) => product * side, 1);
  if (count !== values.length) {
    throw new RangeError(`${values.length} values are not a tensor of ${dims.join(' x ')}.`);
  }
  return readWeight(
    messageOf((writer) => {
      writer.writePackedVarint(1, [...dims]);
      writer.writeVarintField(2, values instanceof Float32Array ? FLOAT : INT64);
      writer.writeStringField(8, name);
      // Little-endian, as every machine with WebAssembly is.
      writer.writeBytesField(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    }),
  );
}

/** An output of single-precision numbers. @param shape a name where a side varies */
export function makeOutput(name: string, shape: readonly (number | string)[]): Value {
  const writeDimension = (side: number | string, writer: PbfWriter) =>
    typeof side === 'number' ? writer.writeVarintField(1, side) : writer.writeStringField(2, side);
  const writeShape = (_: null, writer: PbfWriter) => {
    for (const side of shape) writer.writeMessage(1, writeDimension, side);
  };
  const writeTensor = (_: null, writer: PbfWriter) => {
    writer.writeVarintField(1, FLOAT);
    writer.writeMessage(2, writeShape, null);
  };
  const bytes = messageOf((writer) => {
    writer.writeStringField(1, name);
    writer.writeMessage(2, (_, type) => type.writeMessage(1, writeTensor, null), null);
  });
  return { name, bytes };
}
