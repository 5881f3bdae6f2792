/** Model files to hand to the page: ones that work, and ones that don't. */
import { readFile, writeFile } from 'node:fs/promises';
import { PbfReader, PbfWriter } from 'pbf';
import {
  buildOnnx,
  FLOAT,
  INT32,
  MASK_RCNN,
  METADATA,
  UINT8,
  writeValueInfo,
} from '../unit/model/onnx-builder.js';
import type { NamedFile } from './files.js';

const SHIPPED = 'public/models/surface-defects.onnx';
const INT64 = 7;
/** Field number of ModelProto. */
const GRAPH = 7;

const onnxFile = (name: string, bytes: Uint8Array): NamedFile => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(bytes),
});

/** The shipped model under a name of its own, which must be as long as the original. */
export async function ownModel(file = 'castings.onnx', name = 'castings-line-2'): Promise<NamedFile> {
  const bytes = await readFile(SHIPPED);
  const key = '"name":"';
  const at = bytes.indexOf(`${key}surface-defects"`);
  if (at < 0) throw new Error('The shipped model is called otherwise.');
  bytes.write(name, at + key.length);
  return onnxFile(file, bytes);
}

export async function truncatedModel(): Promise<NamedFile> {
  const { buffer } = await ownModel();
  return onnxFile('truncated.onnx', buffer.subarray(0, buffer.length >> 1));
}

export const textModel: NamedFile = onnxFile('notes.onnx', Buffer.from('Part 17: see the photo.'));

export const classificationModel: NamedFile = onnxFile(
  'classifier.onnx',
  buildOnnx({
    inputs: [{ name: 'input', type: FLOAT, shape: [1, 3, 224, 224] }],
    outputs: [{ name: 'logits', type: FLOAT, shape: [1, 1000] }],
  }),
);

/** The own model with weights that nothing uses: `megabytes` larger, and as good. */
export async function writeHugeModel(path: string, megabytes: number): Promise<void> {
  const { buffer } = await ownModel();
  const reader = new PbfReader(buffer);
  let start = 0;
  while (reader.nextField() !== GRAPH) {
    reader.skip(reader.type);
    start = reader.pos;
  }
  const graph = reader.readBytes();
  const weights = new PbfWriter();
  weights.writeMessage(
    5,
    (_, tensor) => {
      tensor.writePackedVarint(1, [megabytes * 1e6]);
      tensor.writeVarintField(2, UINT8);
      tensor.writeStringField(8, 'unused');
      tensor.writeBytesField(9, new Uint8Array(megabytes * 1e6));
    },
    null,
  );
  const head = new PbfWriter();
  const extra = weights.finish();
  head.writeTag(GRAPH, 2);
  head.writeVarint(graph.length + extra.length);
  const parts = [buffer.subarray(0, start), head.finish(), graph, extra, buffer.subarray(reader.pos)];
  await writeFile(path, Buffer.concat(parts));
}

/** Starts, and fails on any photo: it looks up the photo's height in a table that is only 100 entries long. */
export function failingModel(): NamedFile {
  const metadata = {
    ...METADATA,
    name: 'brittle',
    input: { ...METADATA.input, shortSide: 128, longSide: 256 },
  };
  const writer = new PbfWriter();
  writer.writeVarintField(1, 8);
  writer.writeMessage(
    7,
    (_, graph) => {
      const node = (type: string, inputs: string[], output: string) =>
        graph.writeMessage(
          1,
          (_, message) => {
            for (const input of inputs) message.writeStringField(1, input);
            message.writeStringField(2, output);
            message.writeStringField(4, type);
          },
          null,
        );
      const tensor = (name: string, type: number, dims: number[], bytesPerElement: number) =>
        graph.writeMessage(
          5,
          (_, message) => {
            message.writePackedVarint(1, dims);
            message.writeVarintField(2, type);
            message.writeStringField(8, name);
            const size = dims.reduce((product, dim) => product * dim, 1);
            message.writeBytesField(9, new Uint8Array(size * bytesPerElement));
          },
          null,
        );
      node('Shape', ['image'], 'shape');
      node('Gather', ['shape', 'first'], 'height');
      node('Gather', ['table', 'height'], 'scores');
      node('Identity', ['no-boxes'], 'boxes');
      node('Identity', ['no-labels'], 'labels');
      node('Identity', ['no-masks'], 'masks');
      graph.writeStringField(2, 'brittle');
      tensor('first', INT64, [1], 8);
      tensor('table', FLOAT, [100], 4);
      tensor('no-boxes', FLOAT, [1, 4], 4);
      tensor('no-labels', INT32, [1], 4);
      tensor('no-masks', FLOAT, [1, 28, 28], 4);
      for (const input of MASK_RCNN.inputs) graph.writeMessage(11, writeValueInfo, input);
      for (const output of MASK_RCNN.outputs) graph.writeMessage(12, writeValueInfo, output);
    },
    null,
  );
  writer.writeMessage(8, (_, opset) => opset.writeVarintField(2, 17), null);
  writer.writeMessage(
    14,
    (_, pair) => {
      pair.writeStringField(1, 'defect-inspector');
      pair.writeStringField(2, JSON.stringify(metadata));
    },
    null,
  );
  return onnxFile('brittle.onnx', writer.finish());
}
