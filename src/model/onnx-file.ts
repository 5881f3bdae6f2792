/**
 * What an ONNX file says about itself, read from its protobuf (`onnx.proto3`): the runtime's JavaScript interface doesn't
 * give the metadata, and a wrong file is to be recognised before a session is made. Attributes of nodes and values of
 * weights are skipped, nothing large is copied.
 */
import { PbfReader } from 'pbf';
import type { OnnxFile, TensorInfo } from '../core/families/onnx-summary.js';
import { clipped } from '../core/limits.js';
import { fieldContent } from './onnx/fields.js';

/** `truncated`: it begins as an ONNX file but ends early or is garbled; `foreign`: it is something else. */
export class OnnxReadError extends Error {
  readonly reason: 'truncated' | 'foreign';
  constructor(reason: OnnxReadError['reason'], options?: { cause?: unknown }) {
    super(`Not a readable ONNX file (${reason}).`, options);
    this.reason = reason;
  }
}

/** Field numbers of ModelProto that are needed; the file starts with `irVersion` whoever wrote it. */
const MODEL = { irVersion: 1, graph: 7, metadata: 14 };
const GRAPH = { node: 1, initializer: 5, input: 11, output: 12 };
const EXTERNAL = 1;

/** @throws {OnnxReadError} */
export function readOnnxFile(bytes: Uint8Array): OnnxFile {
  const reader = new PbfReader(bytes);
  if (reader.nextField() !== MODEL.irVersion || reader.type !== 0) throw new OnnxReadError('foreign');
  const metadata = new Map<string, string>();
  let graph: Graph | undefined;
  try {
    for (let field = MODEL.irVersion; field !== 0; field = reader.nextField()) {
      const content = readerOf(reader);
      if (field === MODEL.graph && content) {
        graph = readGraph(content);
      } else if (field === MODEL.metadata && content) {
        const entry = content.readFields(readStringPair, { key: '', value: '' });
        metadata.set(entry.key, entry.value);
      }
    }
  } catch (cause) {
    throw new OnnxReadError('truncated', { cause });
  }
  if (!graph) throw new OnnxReadError('truncated');
  return { ...graph, metadata };
}

/** Moves past the current field; gives a reader over its bytes when it has any. */
function readerOf(message: PbfReader): PbfReader | undefined {
  const content = fieldContent(message);
  return content && new PbfReader(content);
}

type Graph = Omit<OnnxFile, 'metadata'>;

function readGraph(graph: PbfReader): Graph {
  const declared: TensorInfo[] = [];
  const outputs: TensorInfo[] = [];
  const weights = new Map<string, readonly number[]>();
  const operators = new Set<string>();
  let isSplit = false;
  for (let field = graph.nextField(); field !== 0; field = graph.nextField()) {
    const content = readerOf(graph);
    if (!content) continue;
    if (field === GRAPH.input) declared.push(content.readFields(readValueInfo, emptyTensor()));
    else if (field === GRAPH.output) outputs.push(content.readFields(readValueInfo, emptyTensor()));
    else if (field === GRAPH.node) operators.add(content.readFields(readOperator, { type: '' }).type);
    else if (field === GRAPH.initializer) {
      const { name, dims, location } = content.readFields(readWeight, { name: '', dims: [], location: 0 });
      weights.set(name, dims);
      isSplit ||= location === EXTERNAL;
    }
  }
  // Old exporters list the weights among the inputs as well.
  const inputs = declared.filter(({ name }) => !weights.has(name));
  return { inputs, outputs, weights, operators, isSplit };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const emptyTensor = (): Mutable<TensorInfo> => ({ name: '', type: 0 });

function readStringPair(field: number, pair: { key: string; value: string }, reader: PbfReader): void {
  if (field === 1) pair.key = reader.readString();
  else if (field === 2) pair.value = reader.readString();
}

function readOperator(field: number, node: { type: string }, reader: PbfReader): void {
  if (field === 4) node.type = reader.readString();
}

function readWeight(
  field: number,
  weight: { name: string; dims: number[]; location: number },
  reader: PbfReader,
): void {
  if (field === 1) reader.readPackedVarint(weight.dims);
  else if (field === 8) weight.name = reader.readString();
  else if (field === 14) weight.location = reader.readVarint();
}

function readValueInfo(field: number, info: Mutable<TensorInfo>, reader: PbfReader): void {
  if (field === 1) info.name = reader.readString();
  else if (field === 2) reader.readMessage(readType, info);
}

function readType(field: number, info: Mutable<TensorInfo>, reader: PbfReader): void {
  if (field === 1) reader.readMessage(readTensorType, info);
}

function readTensorType(field: number, info: Mutable<TensorInfo>, reader: PbfReader): void {
  if (field === 1) info.type = reader.readVarint();
  else if (field === 2) {
    const shape: (number | string)[] = [];
    reader.readMessage(readShape, shape);
    info.shape = shape;
  }
}

function readShape(field: number, shape: (number | string)[], reader: PbfReader): void {
  if (field !== 1) return;
  const dimension: { value: number | string } = reader.readMessage(readDimension, { value: '' });
  shape.push(dimension.value);
}

function readDimension(field: number, dimension: { value: number | string }, reader: PbfReader): void {
  if (field === 1) {
    const side = reader.readVarint(true);
    // Some exporters write -1 for a side that varies.
    dimension.value = side < 0 ? '' : side;
  } else if (field === 2) dimension.value = clipped(reader.readString());
}
