/**
 * Recognises a model file and reads what the program has to know about it, before a session is made: the runtime's own
 * messages about a wrong file help nobody. This project's models carry it as JSON; of others it is put together from what
 * the file says and from hints.
 */
import type { ModelFormat } from '../core/families/family.js';
import { InspectorError } from '../core/errors.js';
import type { ModelHints, ModelMetadata } from '../core/types.js';
import { parseMetadata } from '../core/families/defect-inspector/metadata-json.js';
import { recogniseForeignFile } from './foreign-file.js';
import { UINT8, type OnnxFile, type TensorInfo } from '../core/families/onnx-summary.js';
import { OnnxReadError, readOnnxFile } from './onnx-file.js';
import { describeOtherModel } from '../core/families/other-model.js';
import { readTorchvision } from '../core/families/torchvision/recognise.js';
import { readUltralytics } from '../core/families/ultralytics/recognise.js';
import { unsupported } from '../core/families/unsupported.js';

const METADATA_KEY = 'defect-inspector';
const OUTPUTS = ['boxes', 'scores', 'labels', 'masks'];

export interface ModelFile {
  readonly format: ModelFormat;
  readonly metadata: ModelMetadata;
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
}

/**
 * Reads and checks a model file.
 * @param hints about what the file leaves open
 * @throws {InspectorError} 'model-unsupported' when it is not a model this program can run, 'model-corrupt' when it
 *   is damaged.
 */
export function readModel(bytes: Uint8Array, hints: ModelHints = {}): ModelFile {
  const foreign = recogniseForeignFile(bytes);
  if (foreign) throw new InspectorError(foreign);
  const file = readOnnx(bytes);
  if (file.isSplit) {
    throw unsupported({ reason: 'weights-in-second-file' });
  }
  const read = readOwn(file) ?? readUltralytics(file, hints) ?? readTorchvision(file, hints);
  if (!read) throw unsupported(describeOtherModel(file));
  return { ...read, inputs: file.inputs, outputs: file.outputs };
}

function readOnnx(bytes: Uint8Array): OnnxFile {
  try {
    return readOnnxFile(bytes);
  } catch (error) {
    if (!(error instanceof OnnxReadError)) throw error;
    if (error.reason === 'foreign') {
      throw unsupported({ reason: 'not-onnx', params: { found: 'unknown' } }, error);
    }
    throw new InspectorError({ code: 'model-corrupt', reason: 'model-file-damaged' }, { cause: error });
  }
}

/** A model of this project, or nothing where it is none. */
function readOwn({
  inputs,
  outputs,
  metadata,
}: OnnxFile): Pick<ModelFile, 'format' | 'metadata'> | undefined {
  const json = metadata.get(METADATA_KEY);
  const image = inputs.find(({ name }) => name === 'image');
  const isComplete = OUTPUTS.every((name) => outputs.some((output) => output.name === name));
  if (!image || !isComplete || (json === undefined && image.type !== UINT8)) return undefined;
  if (image.type !== UINT8 || image.shape?.length !== 3 || image.shape[2] !== 4) {
    throw unsupported({ reason: 'input-not-rgba' });
  }
  if (json === undefined) {
    throw unsupported({ reason: 'metadata-missing', params: { key: METADATA_KEY } });
  }
  return { format: { family: 'defect-inspector' }, metadata: parseMetadata(json) };
}
