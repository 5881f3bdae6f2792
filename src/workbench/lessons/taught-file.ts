import { METADATA_KEY, parseMetadata } from '../../core/families/defect-inspector/metadata.js';
import { readOnnxFile } from '../../model/onnx-file.js';
import { sha256 } from '../../model/hash.js';
import type { PackedLesson } from './package.js';
import type { Learnt } from './state.js';

/** As scores are where nothing is said. */
const USUAL: Learnt['lines'] = { threshold: 0.5, calibration: { slope: 1, offset: 0 } };

/**
 * Where the file of a taught model draws its lines.
 * @throws {OnnxReadError} where it is no such file
 * @throws {InspectorError} 'model-unsupported' where what it says of itself can't be read
 */
export function linesOf(file: ArrayBuffer): Learnt['lines'] {
  const { metadata } = readOnnxFile(new Uint8Array(file));
  const { classes, taught } = parseMetadata(metadata.get(METADATA_KEY) ?? '');
  return {
    threshold: classes[0]?.threshold ?? USUAL.threshold,
    calibration: taught?.calibration ?? USUAL.calibration,
  };
}

/** What was learnt, as it is kept. @throws as `linesOf` */
export async function learntFrom({
  model,
  isOutdated: _,
  ...rest
}: NonNullable<PackedLesson['learnt']>): Promise<Omit<Learnt, 'lesson'>> {
  const bytes = await model.arrayBuffer();
  const file = new File([bytes], model instanceof File ? model.name : '');
  return { kind: 'learnt', ...rest, model: file, hash: await sha256(bytes), lines: linesOf(bytes) };
}
