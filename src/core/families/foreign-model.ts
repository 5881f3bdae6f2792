/** What models of other families have in common. */
import { modelNames } from '../../messages/model-names.js';
import { legible } from '../../messages/legible.js';
import { clipped, MAX_TEXT } from '../limits.js';
import type { Size } from '../rect.js';
import type { InputRule, ModelClass, ModelHints, ModelMetadata } from '../types.js';
import { checkedClassCount, checkedInputSize, checkedNames } from './bounds.js';
import { FLOAT, FLOAT16, type OnnxFile } from './onnx-summary.js';
import { unsupported } from './unsupported.js';

/** The one input of a model that wants planes of red, green and blue. */
export interface PlanesInput {
  readonly name: string;
  /** Whether it is [1, 3, h, w] and not [3, h, w]. */
  readonly batched: boolean;
  /** Where the model takes one size alone. */
  readonly size?: Size;
}

/**
 * Checks the input of a model whose outputs are right.
 * @throws {InspectorError} 'model-unsupported'
 */
export function planesInput({ inputs }: OnnxFile): PlanesInput {
  const [input] = inputs;
  if (!input || inputs.length > 1) {
    throw unsupported({
      reason: 'needs-more-than-photo',
      params: { inputs: inputs.map(({ name }) => name) },
    });
  }
  if (input.type === FLOAT16) {
    throw unsupported({ reason: 'half-precision' });
  }
  const shape = input.shape ?? [];
  const batched = shape.length === 4;
  const [channels, height, width] = batched ? shape.slice(1) : shape;
  if (input.type !== FLOAT || (shape.length !== 3 && !batched)) {
    throw unsupported({ reason: 'input-not-planes', params: { input: input.name } });
  }
  if (width === 3) {
    throw unsupported({ reason: 'colours-last', params: { input: input.name } });
  }
  if (typeof channels === 'number' && channels !== 3) {
    throw unsupported({ reason: 'channels-not-rgb', params: { channels } });
  }
  if (batched && typeof shape[0] === 'number' && shape[0] !== 1) {
    throw unsupported({ reason: 'several-photos-at-once', params: { photos: shape[0] } });
  }
  const isFixed = typeof width === 'number' && typeof height === 'number';
  return { name: input.name, batched, ...(isFixed && { size: checkedInputSize({ width, height }) }) };
}

/** Photos are fitted into one size, and enlarged to it. */
export function fixedRule(size: NonNullable<InputRule['size']>, padValue: number): InputRule {
  const longSide = Math.max(size.width, size.height);
  const shortSide = Math.min(size.width, size.height);
  return { shortSide, longSide, maxUpscale: longSide, stride: 1, padValue, size };
}

/**
 * Classes by the names in the file, else by those given, else by number as far as it is known.
 * @param count how many classes the network tells apart
 * @throws {InspectorError} 'model-unsupported' when names were given, but not as many as there are classes; when there are
 *   more than any model has
 */
export function nameClasses(
  names: readonly string[] | undefined,
  hints: ModelHints,
  count: number | undefined,
): readonly ModelClass[] {
  const given = names ?? hints.classes;
  if (!names && given && count !== undefined && given.length !== count) {
    throw unsupported({
      reason: 'class-names-do-not-match',
      params: { classes: count, names: given.length },
    });
  }
  const checked = given && checkedNames(given);
  const length = checked?.length ?? checkedClassCount(count ?? 0);
  return Array.from({ length }, (_, i) => ({
    id: i + 1,
    name: checked?.[i] || modelNames.numberedClass({ number: i + 1 }),
  }));
}

/** The metadata of a model that carries none of ours. */
export function foreignMetadata(
  file: OnnxFile,
  hints: ModelHints,
  known: Pick<ModelMetadata, 'classes' | 'input'>,
): ModelMetadata {
  const { operators, metadata } = file;
  const description = legible(metadata.get('description') ?? '');
  return {
    format: 1,
    name: hints.name || modelNames.model,
    version: '',
    ...(description && { description: clipped(description, MAX_TEXT) }),
    ...known,
    // Weights alone are best folded back to float; where activations are quantised too, the graph has to stay as it is.
    quantisation: operators.has('QuantizeLinear')
      ? 'qdq'
      : operators.has('DequantizeLinear')
        ? 'weights'
        : 'none',
    license: clipped(legible(metadata.get('license') ?? '') || 'unknown'),
  };
}
