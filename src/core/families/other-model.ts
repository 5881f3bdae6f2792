import { FLOAT, type OnnxFile, type TensorInfo } from './onnx-summary.js';

const ADVICE = 'Use a model for instance segmentation.';

/** Names the kind of model that somebody probably has in hand, and why it can't be used. */
export function describeOtherModel({ inputs, outputs, metadata }: OnnxFile): string {
  const ranks = outputs.map(({ shape }) => shape?.length);
  const named = (pattern: RegExp) => outputs.some(({ name }) => pattern.test(name));
  const only = outputs.length === 1 ? outputs[0] : undefined;
  const task = metadata.get('task');
  if (only && task !== undefined && ['pose', 'obb'].includes(task)) {
    return `This model was made for another task ("${task}"): it has no masks. ${ADVICE}`;
  }
  if (only && ranks[0] !== undefined && ranks[0] <= 2) {
    return `This is a classification model: it has no masks. ${ADVICE}`;
  }
  if (
    outputs.length > 0 &&
    (ranks.every((rank) => rank === 4) || (only && ranks[0] === 3 && only.type !== FLOAT))
  ) {
    return `This model gives one map for the whole image: it does not tell defects apart. ${ADVICE}`;
  }
  const hasMasks = named(/mask/i) || ranks.includes(4);
  if (
    !hasMasks &&
    ((only && ranks[0] === 3) || (named(/box/i) && named(/score/i)) || isBoxesAndScores(outputs))
  ) {
    return `This is a detection model: it has boxes but no masks. ${ADVICE}`;
  }
  const list = (tensors: readonly TensorInfo[]) =>
    tensors.map(({ name }) => `"${name}"`).join(', ') || 'none';
  return (
    `This model is of a kind that is not known here: its inputs are ${list(inputs)} and its outputs ${list(outputs)}. ` +
    'Models of this project, Mask R-CNN by torchvision and segmentation models by Ultralytics can be used.'
  );
}

/** torchvision's detectors, whose outputs may be called by numbers: [n, 4] and two of [n]. */
function isBoxesAndScores(outputs: readonly TensorInfo[]): boolean {
  return (
    outputs.length === 3 &&
    outputs.some(({ shape }) => shape?.length === 2 && shape[1] === 4) &&
    outputs.filter(({ shape }) => shape?.length === 1).length === 2
  );
}
