/**
 * Recognises a model file and reads what the program has to know about it, before a session is made: the runtime's own
 * messages about a wrong file help nobody. This project's models carry it as JSON; of others it is put together from what
 * the file says and from hints.
 */
import { InspectorError } from '../core/errors.js';
import type { Network } from '../core/families/family.js';
import { checkedHints } from '../core/families/bounds.js';
import type { OnnxFile } from '../core/families/onnx-summary.js';
import { recognise } from '../core/families/registry.js';
import { MAX_NAME } from '../core/limits.js';
import type { ModelHints } from '../core/types.js';
import { recogniseForeignFile } from './foreign-file.js';
import { OnnxReadError, readOnnxFile } from './onnx-file.js';
import { describeOtherModel } from '../core/families/other-model.js';
import { unsupported } from '../core/families/unsupported.js';

/**
 * Reads and checks a model file.
 * @param hints about what the file leaves open
 * @throws {InspectorError} 'model-unsupported' when it is not a model this program can run, 'model-corrupt' when it
 *   is damaged.
 */
export function readModel(bytes: Uint8Array, hints: ModelHints = {}): Network {
  const foreign = recogniseForeignFile(bytes);
  if (foreign) throw new InspectorError(foreign);
  const file = readOnnx(bytes);
  // Zeros in the place of the file's end take its graph with them.
  if (file.inputs.length + file.outputs.length === 0) {
    throw new InspectorError({ code: 'model-corrupt', reason: 'model-file-damaged' });
  }
  if (file.isSplit) {
    throw unsupported({ reason: 'weights-in-second-file' });
  }
  if ([...file.inputs, ...file.outputs].some(({ name }) => name.length > MAX_NAME)) {
    throw unsupported({ reason: 'name-too-long', params: { what: 'tensor', limit: MAX_NAME } });
  }
  const network = recognise(file, checkedHints(hints));
  if (!network) throw unsupported(describeOtherModel(file));
  return network;
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
