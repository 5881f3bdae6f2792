import { novelty } from '../novelty.js';
import type { ModelMetadata } from '../types.js';
import type { NamedTensors, Reading } from './family.js';
import { checkedNumbers, output } from './output.js';
import { unsupported } from './unsupported.js';

/** How unlike the training data a view is, of models that can tell: from the output `features`. @throws {InspectorError} 'model-unsupported' */
export function noveltyOf(
  outputs: NamedTensors,
  { novelty: reference }: Pick<ModelMetadata, 'novelty'>,
): Pick<Reading, 'novelty'> {
  if (!reference) return {};
  const features = output(outputs, 'features', 'float32').data;
  if (features.length !== reference.centres[0]?.length) {
    throw unsupported({ reason: 'metadata-invalid', params: { path: 'novelty.centres', wanted: 'centres' } });
  }
  return { novelty: novelty(checkedNumbers('features', features), reference) };
}
