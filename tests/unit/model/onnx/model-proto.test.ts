import { describe, expect, it } from 'vitest';
import { makeNode, makeOutput, makeWeight } from '../../../../src/model/onnx/build.js';
import { cutGraph } from '../../../../src/model/onnx/cut.js';
import { joinFields } from '../../../../src/model/onnx/fields.js';
import { readModelProto, writeModelProto } from '../../../../src/model/onnx/model-proto.js';
import { findTaps } from '../../../../src/model/onnx/taps.js';
import { readOnnxFile } from '../../../../src/model/onnx-file.js';
import { shippedFile } from '../../../taught.js';
import { buildOnnx, FLOAT, MASK_RCNN } from '../onnx-builder.js';

describe('an ONNX file', () => {
  it('stays what it is, byte for byte, where nothing is changed', () => {
    const file = shippedFile();
    expect(Buffer.compare(writeModelProto(readModelProto(file)), file)).toBe(0);
  });

  it('keeps fields that nobody here knows', () => {
    const file = buildOnnx({ ...MASK_RCNN, metadata: { key: 'value' } });
    // Field 200, a number, at the end of the model.
    const unknown = Uint8Array.of(0xc0, 0x0c, 0x2a);
    const written = writeModelProto(readModelProto(Buffer.concat([file, unknown])));
    expect([...written.subarray(-3)]).toEqual([...unknown]);
    expect(readOnnxFile(written).metadata).toEqual(new Map([['key', 'value']]));
  });

  it('is refused where it is cut off or no such file', () => {
    const file = shippedFile();
    for (const bytes of [file.subarray(0, 100_000), new Uint8Array(), Uint8Array.of(8, 8)]) {
      expect(() => readModelProto(bytes)).toThrow(RangeError);
    }
  });

  it('is written with its fields in order', () => {
    const fields = [7, 1, 7].map((number, i) => ({ number, bytes: Uint8Array.of(number, i) }));
    expect([...joinFields(fields)]).toEqual([1, 1, 7, 0, 7, 2]);
  });
});

describe('what is added to a graph', () => {
  it('is read as it was meant', () => {
    const node = makeNode('AveragePool', ['x', '', 'y'], 'z', {
      kernel_shape: [5, 3],
      axis: -1,
      mode: 'linear',
    });
    expect(node).toMatchObject({
      type: 'AveragePool',
      inputs: ['x', '', 'y'],
      outputs: ['z'],
      isNested: false,
    });
    expect([...node.numbers]).toEqual([
      ['kernel_shape', [5, 3]],
      ['axis', [-1]],
    ]);
    expect(makeWeight('w', [2, 1], Float32Array.of(1, 2))).toMatchObject({ name: 'w', dims: [2, 1] });
    expect(() => makeWeight('w', [2, 2], Float32Array.of(1, 2))).toThrow(
      '2 values are not a tensor of 2 x 2',
    );
  });

  it('declares an output for all readers', () => {
    const model = readModelProto(shippedFile());
    const outputs = [makeOutput('map', [3, 'rows', 'columns'])];
    const { outputs: read } = readOnnxFile(writeModelProto({ ...model, graph: { ...model.graph, outputs } }));
    expect(read).toEqual([{ name: 'map', type: FLOAT, shape: [3, 'rows', 'columns'] }]);
  });
});

describe('a cut through a graph', () => {
  const { graph } = readModelProto(shippedFile());
  const taps = findTaps(graph);

  it('finds the outputs of the shipped backbone', () => {
    expect(taps.map(({ stride, channels }) => [stride, channels])).toEqual([
      [4, 24],
      [8, 40],
      [16, 112],
      [32, 320],
    ]);
  });

  it('keeps what is needed and nothing else', () => {
    const cut = cutGraph(
      graph,
      taps.slice(0, 2).map(({ name }) => name),
    );
    const used = new Set(cut.nodes.flatMap(({ inputs }) => inputs));
    expect(cut.weights.filter(({ name }) => !used.has(name))).toEqual([]);
    expect(cut.inputs.map(({ name }) => name)).toEqual(['image']);
    const made = new Set([...cut.weights, ...cut.inputs].map(({ name }) => name));
    for (const { inputs, outputs } of cut.nodes) {
      expect(inputs.filter((name) => name !== '' && !made.has(name))).toEqual([]);
      for (const output of outputs) made.add(output);
    }
    expect(cut.nodes.length).toBeLessThan(60);
  });

  it('refuses what nothing makes, and what a branch makes', () => {
    expect(() => cutGraph(graph, ['nothing'])).toThrow('“nothing”');
    const branch = graph.nodes.find(({ isNested }) => isNested)!;
    expect(() => cutGraph(graph, branch.outputs)).toThrow(RangeError);
  });
});
