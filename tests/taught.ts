/** Taught models of formulas that `training/taught_fixtures.py` repeats, and the picture that they are shown. */
import { readFileSync } from 'node:fs';
import type { ModelMetadata } from '../src/core/types.js';
import { cutFeatures, type FeaturesDesign } from '../src/model/onnx/features.js';
import { composeTaught, type Head } from '../src/model/onnx/taught-model.js';

export const DESIGN: FeaturesDesign = {
  cell: 8,
  levels: [
    { stride: 4, spread: [2] },
    { stride: 8, spread: [1.5] },
    { stride: 16, spread: Array.from({ length: 112 }, (_, channel) => 0.5 + (channel % 7) / 4) },
  ],
  neighbourhood: 5,
};
const CLASSES = ['scratch', 'spot', 'stain'];
const REMEMBERED = 40;

export const shippedFile = (): Uint8Array => readFileSync('public/models/surface-defects.onnx');

/** Numbers that are alike in both languages, as far as single precision goes. */
const wave = (count: number, step: number, size: number) =>
  Float32Array.from({ length: count }, (_, i) => Math.sin(i * step) * size);

export const metadataOf = (...names: readonly string[]): ModelMetadata => ({
  format: 1,
  name: 'my part',
  version: '1.0.0',
  classes: names.map((name, i) => ({ id: i + 1, name })),
  input: { shortSide: 320, longSide: 960, maxUpscale: 2, stride: 32, padValue: 128 },
  quantisation: 'weights',
  license: 'MIT',
  taught: { cell: DESIGN.cell },
});

const heads: Readonly<Record<'linear' | 'memory', (dims: number) => Head>> = {
  linear: (dims) => ({
    kind: 'linear',
    defect: { weights: wave(dims, 0.37, 0.02), bias: 0.5 },
    classes: { weights: wave(CLASSES.length * dims, 0.53, 0.02), biases: wave(CLASSES.length, 1, 0.5) },
  }),
  memory: (dims) => ({ kind: 'memory', cells: wave(REMEMBERED * dims, 0.73, 3), slope: 0.08, offset: -14 }),
};

/** An .onnx file on the shipped model's features. */
export function taughtFile(kind: keyof typeof heads): Uint8Array<ArrayBuffer> {
  const features = cutFeatures(shippedFile(), DESIGN);
  const names = kind === 'linear' ? CLASSES : ['unlike the good ones'];
  return composeTaught(features, heads[kind](features.dims), metadataOf(...names));
}

/** A ramp with a disc and a scratch, RGBA. */
export function picture(): { data: Uint8Array; width: number; height: number } {
  const [width, height] = [160, 96];
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let value = 60 + (x >> 1) + (y >> 2);
      if ((x - 100) ** 2 + (y - 40) ** 2 < 300) value = 230;
      if (Math.abs(x - y) < 3) value = 20;
      const channels = [value, value + 10, value - 10].map((one) => Math.min(255, Math.max(0, one)));
      data.set(channels, (y * width + x) * 4);
    }
  }
  return { data, width, height };
}
