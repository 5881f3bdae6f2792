/** Writes the few parts of an ONNX file that are read before a session is made. */
import { PbfWriter } from 'pbf';
import type { ModelMetadata } from '../../../src/core/types.js';
import { FLOAT, INT32, UINT8 } from '../../../src/core/families/onnx-summary.js';

export { FLOAT, INT32, UINT8 };

export interface Tensor {
  name: string;
  type: number;
  shape?: (number | string)[];
}

export interface OnnxParts {
  inputs: Tensor[];
  outputs: Tensor[];
  /** Names of weights; old files list them among the inputs too. */
  weights?: string[];
  /** Shapes of weights, where they matter. */
  shapes?: Record<string, number[]>;
  /** Types of nodes. */
  operators?: string[];
  /** Whether the weights lie in a second file. */
  isSplit?: boolean;
  metadata?: Record<string, string>;
}

export const METADATA: ModelMetadata = {
  format: 1,
  name: 'tiny',
  version: '1.2.3',
  domain: 'test plates',
  classes: [
    { id: 1, name: 'pitting', color: '#0072b2', threshold: 0.5 },
    { id: 2, name: 'crack' },
  ],
  input: { shortSide: 64, longSide: 128, maxUpscale: 1, stride: 32, padValue: 128 },
  quantisation: 'weights',
  license: 'MIT',
};

/** The tensors that the model format asks for. */
export const MASK_RCNN: OnnxParts = {
  inputs: [{ name: 'image', type: UINT8, shape: ['h', 'w', 4] }],
  outputs: [
    { name: 'boxes', type: FLOAT, shape: ['n', 4] },
    { name: 'scores', type: FLOAT, shape: ['n'] },
    { name: 'labels', type: INT32, shape: ['n'] },
    { name: 'masks', type: FLOAT, shape: ['n', 28, 28] },
  ],
};

/** A valid model file, as far as its metadata goes. */
export function tinyModel(metadata: object = METADATA): Uint8Array<ArrayBuffer> {
  return buildOnnx({ ...MASK_RCNN, metadata: { 'defect-inspector': JSON.stringify(metadata) } });
}

export function buildOnnx({
  inputs,
  outputs,
  weights = [],
  shapes = {},
  operators = ['Identity'],
  isSplit = false,
  metadata = {},
}: OnnxParts): Uint8Array<ArrayBuffer> {
  const writer = new PbfWriter();
  writer.writeVarintField(1, 8);
  writer.writeStringField(2, 'test');
  writer.writeMessage(
    7,
    (_, graph) => {
      for (const type of operators) graph.writeMessage(1, (_, node) => node.writeStringField(4, type), null);
      for (const name of weights) {
        graph.writeMessage(
          5,
          (_, tensor) => {
            for (const side of shapes[name] ?? []) tensor.writeVarintField(1, side);
            tensor.writeStringField(8, name);
            if (isSplit) tensor.writeVarintField(14, 1);
            else tensor.writeBytesField(9, new Uint8Array(4096));
          },
          null,
        );
      }
      for (const tensor of inputs) graph.writeMessage(11, writeValueInfo, tensor);
      for (const tensor of outputs) graph.writeMessage(12, writeValueInfo, tensor);
    },
    null,
  );
  for (const entry of Object.entries(metadata)) {
    writer.writeMessage(
      14,
      ([key, value], pair) => {
        pair.writeStringField(1, key);
        pair.writeStringField(2, value);
      },
      entry,
    );
  }
  return new Uint8Array(writer.finish());
}

/** Declares an input or output of a graph. */
export function writeValueInfo({ name, type, shape }: Tensor, info: PbfWriter): void {
  info.writeStringField(1, name);
  const writeShape = (dimensions: (number | string)[], message: PbfWriter) => {
    for (const dimension of dimensions) {
      message.writeMessage(
        1,
        (value, field) =>
          typeof value === 'number' ? field.writeVarintField(1, value) : field.writeStringField(2, value),
        dimension,
      );
    }
  };
  const writeTensorType = (_: null, message: PbfWriter) => {
    message.writeVarintField(1, type);
    if (shape) message.writeMessage(2, writeShape, shape);
  };
  info.writeMessage(2, (_, message) => message.writeMessage(1, writeTensorType, null), null);
}
