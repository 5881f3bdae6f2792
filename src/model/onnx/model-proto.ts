/**
 * An ONNX file as a graph that can be cut and added to (`ModelProto` of `onnx.proto3`). Nodes, weights and whatever else is not looked at stay the bytes
 * that they are in the file.
 */
import { PbfReader } from 'pbf';
import { contentField, joinFields, makeField, visitFields, type Field } from './fields.js';

export interface Node {
  readonly type: string;
  /** An empty name is an input that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Of the attributes that are whole numbers, or lists of them. */
  readonly numbers: ReadonlyMap<string, readonly number[]>;
  /** Whether it holds graphs of its own, as branches and loops do. */
  readonly isNested: boolean;
  /** `NodeProto` */
  readonly bytes: Uint8Array;
}

export interface Weight {
  readonly name: string;
  readonly dims: readonly number[];
  /** `TensorProto` */
  readonly bytes: Uint8Array;
}

/** An input, an output, or what is known of a tensor between them. */
export interface Value {
  readonly name: string;
  /** `ValueInfoProto` */
  readonly bytes: Uint8Array;
}

export interface Graph {
  /** Each after those whose outputs it takes. */
  readonly nodes: readonly Node[];
  readonly weights: readonly Weight[];
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly known: readonly Value[];
  readonly others: readonly Field[];
}

export interface ModelProto {
  readonly graph: Graph;
  /** Of ONNX's own operators. */
  readonly opset: number;
  readonly metadata: ReadonlyMap<string, string>;
  readonly others: readonly Field[];
}

const MODEL = { graph: 7, opset: 8, metadata: 14 };
const GRAPH = { node: 1, weight: 5, input: 11, output: 12, known: 13 };
const NODE = { input: 1, output: 2, type: 4, attribute: 5 };
const ATTRIBUTE = { name: 1, int: 3, graph: 6, ints: 8, graphs: 11 };
const WEIGHT = { dims: 1, name: 8 };

/** @throws {RangeError} where the bytes are no ONNX file, or not all of one */
export function readModelProto(file: Uint8Array): ModelProto {
  const others: Field[] = [];
  const metadata = new Map<string, string>();
  let graph: Graph | undefined;
  let opset = 0;
  visitFields(file, (field, content) => {
    if (content && field.number === MODEL.graph) graph = readGraph(content);
    else if (content && field.number === MODEL.metadata) {
      const [key = '', value = ''] = readStrings(content, [1, 2]);
      metadata.set(key, value);
    } else {
      others.push(field);
      if (content && field.number === MODEL.opset) opset = readOpset(content) ?? opset;
    }
  });
  if (!graph) throw new RangeError('The file holds no graph.');
  return { graph, opset, metadata, others };
}

/** What `readModelProto` reads; of a file that nothing was changed in and whose fields lie in order, byte for byte the same. */
export function writeModelProto({ graph, metadata, others }: ModelProto): Uint8Array<ArrayBuffer> {
  const entries = [...metadata].map(([key, value]) =>
    makeField(MODEL.metadata, (writer) =>
      writer.writeMessage(
        MODEL.metadata,
        (_, entry) => {
          entry.writeStringField(1, key);
          entry.writeStringField(2, value);
        },
        null,
      ),
    ),
  );
  return joinFields([...others, contentField(MODEL.graph, joinFields(graphFields(graph))), ...entries]);
}

function graphFields({ nodes, weights, inputs, outputs, known, others }: Graph): Field[] {
  const fields = (number: number, messages: readonly { readonly bytes: Uint8Array }[]) =>
    messages.map(({ bytes }) => contentField(number, bytes));
  return [
    ...others,
    ...fields(GRAPH.node, nodes),
    ...fields(GRAPH.weight, weights),
    ...fields(GRAPH.input, inputs),
    ...fields(GRAPH.output, outputs),
    ...fields(GRAPH.known, known),
  ];
}

function readGraph(content: Uint8Array): Graph {
  const nodes: Node[] = [];
  const weights: Weight[] = [];
  const values = {
    [GRAPH.input]: [] as Value[],
    [GRAPH.output]: [] as Value[],
    [GRAPH.known]: [] as Value[],
  };
  const others: Field[] = [];
  visitFields(content, (field, bytes) => {
    const list = values[field.number];
    if (bytes && field.number === GRAPH.node) nodes.push(readNode(bytes));
    else if (bytes && field.number === GRAPH.weight) weights.push(readWeight(bytes));
    else if (bytes && list) list.push({ name: readStrings(bytes, [1])[0] ?? '', bytes });
    else others.push(field);
  });
  return {
    ...{ nodes, weights, others },
    ...{ inputs: values[GRAPH.input]!, outputs: values[GRAPH.output]!, known: values[GRAPH.known]! },
  };
}

/** From `NodeProto`. @throws {RangeError} where a field runs past the end */
export function readNode(bytes: Uint8Array): Node {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const numbers = new Map<string, readonly number[]>();
  let type = '';
  let isNested = false;
  visitFields(bytes, ({ number }, content) => {
    if (!content) return;
    if (number === NODE.input) inputs.push(text(content));
    else if (number === NODE.output) outputs.push(text(content));
    else if (number === NODE.type) type = text(content);
    else if (number === NODE.attribute) {
      const attribute = readAttribute(content);
      isNested ||= attribute.isNested;
      if (attribute.numbers.length > 0) numbers.set(attribute.name, attribute.numbers);
    }
  });
  return { type, inputs, outputs, numbers, isNested, bytes };
}

function readAttribute(content: Uint8Array) {
  const attribute = { name: '', numbers: [] as number[], isNested: false };
  return new PbfReader(content).readFields((number, into, reader) => {
    if (number === ATTRIBUTE.name) into.name = reader.readString();
    else if (number === ATTRIBUTE.int) into.numbers.push(reader.readVarint(true));
    else if (number === ATTRIBUTE.ints) reader.readPackedVarint(into.numbers, true);
    else if (number === ATTRIBUTE.graph || number === ATTRIBUTE.graphs) into.isNested = true;
  }, attribute);
}

/** From `TensorProto`. @throws {RangeError} where a field runs past the end */
export function readWeight(bytes: Uint8Array): Weight {
  const weight = { name: '', dims: [] as number[] };
  new PbfReader(bytes).readFields((number, into, reader) => {
    if (number === WEIGHT.dims) reader.readPackedVarint(into.dims);
    else if (number === WEIGHT.name) into.name = reader.readString();
  }, weight);
  return { ...weight, bytes };
}

/** The version of ONNX's own operators; undefined where it is that of somebody else's. */
function readOpset(content: Uint8Array): number | undefined {
  const opset = { domain: '', version: 0 };
  new PbfReader(content).readFields((number, into, reader) => {
    if (number === 1) into.domain = reader.readString();
    else if (number === 2) into.version = reader.readVarint();
  }, opset);
  return ['', 'ai.onnx'].includes(opset.domain) ? opset.version : undefined;
}

/** The texts under these numbers. */
function readStrings(content: Uint8Array, numbers: readonly number[]): (string | undefined)[] {
  const found = new Map<number, string>();
  visitFields(content, ({ number }, bytes) => {
    if (bytes && numbers.includes(number)) found.set(number, text(bytes));
  });
  return numbers.map((number) => found.get(number));
}

const decoder = new TextDecoder();
const text = (bytes: Uint8Array): string => decoder.decode(bytes);
