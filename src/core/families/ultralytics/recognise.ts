import type { ModelFormat } from '../family.js';
import type { InputRule, ModelHints, ModelMetadata } from '../../types.js';
import { fixedRule, foreignMetadata, nameClasses, planesInput } from '../foreign-model.js';
import { FLOAT, FLOAT16, type OnnxFile, type TensorInfo } from '../onnx-summary.js';
import { parseNames, parseSize } from './python-literal.js';

/** As Ultralytics trains and pads. */
const IMAGE_SIZE = 640;
const STRIDE = 32;
const PAD_VALUE = 114;

/** A segmentation model as Ultralytics exports it, or nothing where the outputs are others. @throws {InspectorError} */
export function readUltralytics(
  file: OnnxFile,
  hints: ModelHints,
): { format: ModelFormat; metadata: ModelMetadata } | undefined {
  const { outputs, metadata } = file;
  const find = (rank: number) =>
    outputs.find(({ type, shape }) => shape?.length === rank && (type === FLOAT || type === FLOAT16));
  const predictions = find(3);
  const prototypes = find(4);
  if (outputs.length !== 2 || !predictions || !prototypes) return undefined;
  const { name, size } = planesInput(file);
  const names = parseNames(metadata.get('names') ?? '');
  return {
    format: {
      family: 'ultralytics',
      input: name,
      outputs: { predictions: predictions.name, prototypes: prototypes.name },
    },
    metadata: foreignMetadata(file, hints, {
      classes: nameClasses(names, hints, countClasses(predictions, prototypes)),
      input: size ? fixedRule(size, PAD_VALUE) : openRule(metadata, hints),
    }),
  };
}

/** Known where the predictions come as they leave the network and their shape is stated. */
function countClasses(predictions: TensorInfo, prototypes: TensorInfo): number | undefined {
  const [, rows, columns] = predictions.shape!;
  const channels = prototypes.shape![1];
  if (typeof rows !== 'number' || typeof channels !== 'number' || columns === 6 + channels) return undefined;
  return rows - 4 - channels;
}

function openRule(metadata: OnnxFile['metadata'], hints: ModelHints): InputRule {
  const imageSize = parseSize(metadata.get('imgsz') ?? '');
  const stride = Number(metadata.get('stride'));
  const longSide = imageSize ? Math.max(...imageSize) : (hints.shortSide ?? IMAGE_SIZE);
  return {
    shortSide: imageSize ? Math.min(...imageSize) : longSide,
    longSide,
    maxUpscale: longSide,
    stride: Number.isInteger(stride) && stride > 0 ? stride : STRIDE,
    padValue: PAD_VALUE,
  };
}
