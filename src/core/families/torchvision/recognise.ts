import type { InputRule, ModelHints, ModelMetadata } from '../../types.js';
import { fixedRule, foreignMetadata, nameClasses, planesInput } from '../foreign-model.js';
import { FLOAT, INT32, INT64, type OnnxFile, type TensorInfo } from '../onnx-summary.js';

/**
 * The network pastes up to 100 masks into images of the size of its input: at 640 x 640 they take 164 MB, of 4 bytes per
 * pixel, and that more than once on their way out. Photos of 1333 x 800 would take 427 MB. A hint may go up to 800
 * (256 MB). The network enlarges its input to 800 itself.
 */
const LONG_SIDE = 640;
const LONGEST_SIDE = 800;
/** Near the mean colour, which torchvision pads with. */
const PAD_VALUE = 114;

/** The weights by which torchvision's box head tells background and classes apart. */
const CLASS_WEIGHTS = /box_predictor\.cls_score\.bias$/;

/** What is called how in the graph. */
export interface TorchvisionFormat {
  readonly input: string;
  /** Whether the input is [1, 3, h, w] and not [3, h, w]. */
  readonly batched: boolean;
  readonly outputs: Readonly<Record<'boxes' | 'labels' | 'scores' | 'masks', string>>;
}

/** Mask R-CNN as torchvision exports it, or nothing where the outputs are others. @throws {InspectorError} */
export function readTorchvision(
  file: OnnxFile,
  hints: ModelHints,
): { format: TorchvisionFormat; metadata: ModelMetadata } | undefined {
  const outputs = findOutputs(file.outputs);
  if (!outputs) return undefined;
  const { name, batched, size } = planesInput(file);
  return {
    format: { input: name, batched, outputs },
    metadata: foreignMetadata(file, hints, {
      classes: nameClasses(undefined, hints, countClasses(file)),
      input: size ? fixedRule(size, PAD_VALUE) : boundedRule(hints.shortSide),
    }),
  };
}

/** By rank and type: exporters often call outputs by numbers, but always say what they are. */
function findOutputs(outputs: readonly TensorInfo[]): TorchvisionFormat['outputs'] | undefined {
  if (outputs.length !== 4) return undefined;
  const find = (rank: number, ...types: readonly number[]) =>
    outputs.find(({ type, shape }) => shape?.length === rank && types.includes(type))?.name;
  const boxes = find(2, FLOAT);
  const labels = find(1, INT64, INT32);
  const scores = find(1, FLOAT);
  const masks = find(4, FLOAT);
  if (boxes === undefined || labels === undefined || scores === undefined || masks === undefined)
    return undefined;
  return { boxes, labels, scores, masks };
}

function boundedRule(shortSide = LONG_SIDE): InputRule {
  const side = Math.min(shortSide, LONGEST_SIDE);
  return {
    shortSide: side,
    longSide: Math.max(side, LONG_SIDE),
    maxUpscale: 1,
    stride: 1,
    padValue: PAD_VALUE,
  };
}

function countClasses({ weights }: OnnxFile): number | undefined {
  for (const [name, [length = 1]] of weights) if (CLASS_WEIGHTS.test(name)) return length - 1;
  return undefined;
}
