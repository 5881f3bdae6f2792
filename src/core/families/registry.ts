import type { ModelHints } from '../types.js';
import { defectInspector } from './defect-inspector/family.js';
import type { ModelFamily, Network } from './family.js';
import type { OnnxFile } from './onnx-summary.js';
import { taught } from './taught/family.js';
import { torchvision } from './torchvision/family.js';
import { ultralytics } from './ultralytics/family.js';

/** All families, the most telling first. */
const FAMILIES: readonly ModelFamily[] = [defectInspector, taught, ultralytics, torchvision];

/** The model in the file, or nothing where no family knows it. @throws {InspectorError} 'model-unsupported' */
export function recognise(file: OnnxFile, hints: ModelHints): Network | undefined {
  for (const family of FAMILIES) {
    const network = family.recognise(file, hints);
    if (network) return network;
  }
  return undefined;
}
