/** Writes whole ONNX files that run: nodes, attributes, weights, branches and loops. */
import { PbfWriter } from 'pbf';
import { writeValueInfo, type Tensor } from '../unit/model/onnx-builder.js';

/** `AttributeProto.AttributeType`. */
const KIND = { int: 2, tensor: 4, graph: 5, ints: 7 };

export interface Weight {
  readonly name: string;
  /** `TensorProto.DataType` */
  readonly type: number;
  readonly dims: readonly number[];
  /** Little-endian, row-major. */
  readonly bytes: Uint8Array;
  /** The name of a second file, where they lie there. */
  readonly location?: string;
}

export interface Node {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, number | readonly number[] | Graph | Weight>>;
}

export interface Graph {
  readonly nodes: readonly Node[];
  readonly weights?: readonly Weight[];
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
}

export interface ModelParts {
  readonly graph: Graph;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Versions of the sets of operators, by domain; '' is ONNX's own. */
  readonly opsets?: Readonly<Record<string, number>>;
}

/** A weight of 64-bit whole numbers. */
export const int64s = (name: string, ...values: readonly (number | bigint)[]): Weight => ({
  name,
  type: 7,
  dims: [values.length],
  bytes: new Uint8Array(BigInt64Array.from(values, BigInt).buffer),
});

/** A weight of 32-bit whole numbers. */
export const int32s = (name: string, dims: readonly number[], ...values: readonly number[]): Weight => ({
  name,
  type: 6,
  dims,
  bytes: new Uint8Array(Int32Array.from(values).buffer),
});

/** A weight of single-precision numbers. */
export const floats = (name: string, dims: readonly number[], ...values: readonly number[]): Weight => ({
  name,
  type: 1,
  dims,
  bytes: new Uint8Array(Float32Array.from(values).buffer),
});

export function writeModel({
  graph,
  metadata = {},
  opsets = { '': 17 },
}: ModelParts): Uint8Array<ArrayBuffer> {
  const writer = new PbfWriter();
  writer.writeVarintField(1, 8);
  writer.writeMessage(7, writeGraph, graph);
  for (const [domain, version] of Object.entries(opsets)) {
    writer.writeMessage(
      8,
      (_, opset) => {
        opset.writeStringField(1, domain);
        opset.writeVarintField(2, version);
      },
      null,
    );
  }
  for (const [key, value] of Object.entries(metadata)) {
    writer.writeMessage(
      14,
      (_, pair) => {
        pair.writeStringField(1, key);
        pair.writeStringField(2, value);
      },
      null,
    );
  }
  return new Uint8Array(writer.finish());
}

function writeGraph({ nodes, weights = [], inputs, outputs }: Graph, writer: PbfWriter): void {
  for (const node of nodes) writer.writeMessage(1, writeNode, node);
  writer.writeStringField(2, 'graph');
  for (const weight of weights) writer.writeMessage(5, writeWeight, weight);
  for (const tensor of inputs) writer.writeMessage(11, writeValueInfo, tensor);
  for (const tensor of outputs) writer.writeMessage(12, writeValueInfo, tensor);
}

function writeNode({ type, inputs, outputs, domain, attributes = {} }: Node, writer: PbfWriter): void {
  for (const input of inputs) writer.writeStringField(1, input);
  for (const output of outputs) writer.writeStringField(2, output);
  writer.writeStringField(4, type);
  for (const [name, value] of Object.entries(attributes)) {
    writer.writeMessage(5, (_, attribute) => writeAttribute(name, value, attribute), null);
  }
  if (domain !== undefined) writer.writeStringField(7, domain);
}

function writeAttribute(
  name: string,
  value: NonNullable<Node['attributes']>[string],
  writer: PbfWriter,
): void {
  writer.writeStringField(1, name);
  const isGraph = (one: object): one is Graph => 'nodes' in one;
  const isWeight = (one: object): one is Weight => 'bytes' in one;
  if (typeof value === 'number') {
    writer.writeVarintField(3, value);
    writer.writeVarintField(20, KIND.int);
  } else if (isWeight(value)) {
    writer.writeMessage(5, writeWeight, value);
    writer.writeVarintField(20, KIND.tensor);
  } else if (isGraph(value)) {
    writer.writeMessage(6, writeGraph, value);
    writer.writeVarintField(20, KIND.graph);
  } else {
    writer.writePackedVarint(8, [...value]);
    writer.writeVarintField(20, KIND.ints);
  }
}

function writeWeight({ name, type, dims, bytes, location }: Weight, writer: PbfWriter): void {
  writer.writePackedVarint(1, [...dims]);
  writer.writeVarintField(2, type);
  writer.writeStringField(8, name);
  if (location === undefined) writer.writeBytesField(9, bytes);
  else {
    const place = (_: null, entry: PbfWriter) => {
      entry.writeStringField(1, 'location');
      entry.writeStringField(2, location);
    };
    writer.writeMessage(13, place, null);
    writer.writeVarintField(14, 1);
  }
}
