import type { Reason } from '../../messages/error-text.js';
import { FLOAT, type OnnxFile, type TensorInfo } from './onnx-summary.js';

/** Names the kind of model that somebody probably has in hand, and why it can't be used. */
export function describeOtherModel({ inputs, outputs, metadata }: OnnxFile): Reason {
  const ranks = outputs.map(({ shape }) => shape?.length);
  const named = (pattern: RegExp) => outputs.some(({ name }) => pattern.test(name));
  const only = outputs.length === 1 ? outputs[0] : undefined;
  const task = metadata.get('task');
  if (only && task !== undefined && ['pose', 'obb'].includes(task)) {
    return { reason: 'model-of-other-task', params: { task } };
  }
  if (only && ranks[0] !== undefined && ranks[0] <= 2) {
    return { reason: 'classification-model' };
  }
  if (
    outputs.length > 0 &&
    (ranks.every((rank) => rank === 4) || (only && ranks[0] === 3 && only.type !== FLOAT))
  ) {
    return { reason: 'one-map-for-all' };
  }
  const hasMasks = named(/mask/i) || ranks.includes(4);
  if (
    !hasMasks &&
    ((only && ranks[0] === 3) || (named(/box/i) && named(/score/i)) || isBoxesAndScores(outputs))
  ) {
    return { reason: 'detection-model' };
  }
  const names = (tensors: readonly TensorInfo[]) => tensors.map(({ name }) => name);
  return {
    reason: 'unknown-kind-of-model',
    params: { inputs: names(inputs), outputs: names(outputs) },
  };
}

/** torchvision's detectors, whose outputs may be called by numbers: [n, 4] and two of [n]. */
function isBoxesAndScores(outputs: readonly TensorInfo[]): boolean {
  return (
    outputs.length === 3 &&
    outputs.some(({ shape }) => shape?.length === 2 && shape[1] === 4) &&
    outputs.filter(({ shape }) => shape?.length === 1).length === 2
  );
}
