import type { InputRule, ModelHints, ModelMetadata } from '../../types.js';
import { checkedInputSize, checkedMetadata } from '../bounds.js';
import { fixedRule, foreignMetadata, nameClasses, planesInput } from '../foreign-model.js';
import { FLOAT, FLOAT16, type OnnxFile, type TensorInfo } from '../onnx-summary.js';
import { unsupported } from '../unsupported.js';
import { classCountOf, possibleLayouts } from './layout.js';
import { parseNames, parseSize } from './python-literal.js';

/** As Ultralytics trains and pads. */
const IMAGE_SIZE = 640;
const STRIDE = 32;
const PAD_VALUE = 114;

/** What is called how in the graph. */
export interface UltralyticsFormat {
  readonly input: string;
  readonly outputs: Readonly<Record<'predictions' | 'prototypes', string>>;
  /** How many classes the file names, its shapes give away, or a person has named. */
  readonly classCount?: number;
}

/** A segmentation model as Ultralytics exports it, or nothing where the outputs are others. @throws {InspectorError} */
export function readUltralytics(
  file: OnnxFile,
  hints: ModelHints,
): { format: UltralyticsFormat; metadata: ModelMetadata } | undefined {
  const { outputs, metadata } = file;
  const find = (rank: number) =>
    outputs.find(({ type, shape }) => shape?.length === rank && (type === FLOAT || type === FLOAT16));
  const predictions = find(3);
  const prototypes = find(4);
  if (outputs.length !== 2 || !predictions || !prototypes) return undefined;
  const { name, size } = planesInput(file);
  const names = parseNames(checkedMetadata(metadata.get('names') ?? ''));
  const classCount = names?.length ?? countClasses(predictions, prototypes) ?? hints.classes?.length;
  checkLayout(predictions, prototypes, names?.length);
  return {
    format: {
      input: name,
      outputs: { predictions: predictions.name, prototypes: prototypes.name },
      ...(classCount !== undefined && { classCount }),
    },
    metadata: foreignMetadata(file, hints, {
      classes: nameClasses(names, hints, classCount),
      input: size ? fixedRule(size, PAD_VALUE) : openRule(metadata, hints),
    }),
  };
}

/** @throws {InspectorError} 'model-unsupported' where channels and names don't add up */
function checkLayout(predictions: TensorInfo, prototypes: TensorInfo, classCount: number | undefined): void {
  const dims = predictions.shape ?? [];
  const channels = prototypes.shape?.[1];
  if (possibleLayouts(dims, channels, classCount).length > 0) return;
  throw unsupported({
    reason: 'predictions-of-other-shape',
    params: { dims, coefficients: channels, classes: classCount },
  });
}

/** Known where the shapes are stated and there is but one way to read them that counts classes. */
function countClasses(predictions: TensorInfo, prototypes: TensorInfo): number | undefined {
  const dims = predictions.shape ?? [];
  const channels = prototypes.shape?.[1];
  if (dims.some((side) => typeof side !== 'number') || typeof channels !== 'number') return undefined;
  const [layout] = possibleLayouts(dims, channels, undefined);
  return layout && classCountOf(layout, dims, channels);
}

function openRule(metadata: OnnxFile['metadata'], hints: ModelHints): InputRule {
  const imageSize = parseSize(metadata.get('imgsz') ?? '');
  const stride = Number(metadata.get('stride'));
  const side = hints.shortSide ?? IMAGE_SIZE;
  const [height = side, width = height] = imageSize ?? [];
  checkedInputSize({ width, height });
  const longSide = Math.max(width, height);
  return {
    shortSide: Math.min(width, height),
    longSide,
    maxUpscale: longSide,
    stride: Number.isInteger(stride) && stride > 0 && stride <= longSide ? stride : STRIDE,
    padValue: PAD_VALUE,
  };
}
