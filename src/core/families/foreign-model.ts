/** What models of other families have in common. */
import type { InputRule, ModelClass, ModelHints, ModelMetadata } from '../types.js';
import { FLOAT, FLOAT16, type OnnxFile } from './onnx-summary.js';
import { unsupported } from './unsupported.js';

/** The one input of a model that wants planes of red, green and blue. */
export interface PlanesInput {
  readonly name: string;
  /** Whether it is [1, 3, h, w] and not [3, h, w]. */
  readonly batched: boolean;
  /** Where the model takes one size alone. */
  readonly size?: { readonly width: number; readonly height: number };
}

/**
 * Checks the input of a model whose outputs are right.
 * @throws {InspectorError} 'model-unsupported'
 */
export function planesInput({ inputs }: OnnxFile): PlanesInput {
  const [input] = inputs;
  if (!input || inputs.length > 1) {
    const list = inputs.map(({ name }) => `"${name}"`).join(', ') || 'none';
    throw unsupported(`This model needs more than a photo: its inputs are ${list}.`);
  }
  if (input.type === FLOAT16) {
    throw unsupported(
      'This model calculates with half precision (fp16), which gains nothing in a browser. Export it with float32 inputs.',
    );
  }
  const shape = input.shape ?? [];
  const batched = shape.length === 4;
  const [channels, height, width] = batched ? shape.slice(1) : shape;
  if (input.type !== FLOAT || (shape.length !== 3 && !batched)) {
    throw unsupported(`This model's input "${input.name}" is not float32 [3, height, width].`);
  }
  if (width === 3) {
    throw unsupported(
      `This model's input "${input.name}" has its colours last. Export it with the input [1, 3, height, width].`,
    );
  }
  if (typeof channels === 'number' && channels !== 3) {
    throw unsupported(
      `This model's input is not red, green and blue: its number of channels is ${channels}, not 3.`,
    );
  }
  if (batched && typeof shape[0] === 'number' && shape[0] !== 1) {
    throw unsupported(`This model takes ${shape[0]} photos at once. Export it for one ("batch=1").`);
  }
  const isFixed = typeof width === 'number' && typeof height === 'number';
  return { name: input.name, batched, ...(isFixed && { size: { width, height } }) };
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
 * @throws {InspectorError} 'model-unsupported' when names were given, but not as many as there are classes
 */
export function nameClasses(
  names: readonly string[] | undefined,
  hints: ModelHints,
  count: number | undefined,
): readonly ModelClass[] {
  const given = names ?? hints.classes;
  if (!names && given && count !== undefined && given.length !== count) {
    throw unsupported(
      `This model tells ${count} classes apart, but ${given.length} ${given.length === 1 ? 'name was' : 'names were'} given. ` +
        'Give one name for each class, in the order of the training.',
    );
  }
  return Array.from({ length: given?.length ?? count ?? 0 }, (_, i) => ({
    id: i + 1,
    name: given?.[i] || `class ${i + 1}`,
  }));
}

/** The metadata of a model that carries none of ours. */
export function foreignMetadata(
  file: OnnxFile,
  hints: ModelHints,
  known: Pick<ModelMetadata, 'classes' | 'input'>,
): ModelMetadata {
  const { operators, metadata } = file;
  const description = metadata.get('description')?.trim();
  return {
    format: 1,
    name: hints.name ?? 'Unnamed model',
    version: '',
    ...(description && { description }),
    ...known,
    // Weights alone are best folded back to float; where activations are quantised too, the graph has to stay as it is.
    quantisation: operators.has('QuantizeLinear')
      ? 'qdq'
      : operators.has('DequantizeLinear')
        ? 'weights'
        : 'none',
    license: metadata.get('license') || 'unknown',
  };
}
