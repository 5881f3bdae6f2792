/** Recognises the files that most often lie where a model should be. */
import type { ErrorData } from '../core/errors.js';

const startsWith = (bytes: Uint8Array, ...signature: number[]) =>
  signature.every((byte, index) => bytes[index] === byte);

/** A sentence about a file that is certainly no ONNX model, or undefined where it may be one. */
export function recogniseForeignFile(bytes: Uint8Array): ErrorData | undefined {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200)).trimStart();
  if (bytes.length === 0)
    return { code: 'model-corrupt', reason: 'foreign', params: { text: 'The model file is empty.' } };
  if (start.startsWith('version https://git-lfs')) {
    return {
      code: 'model-corrupt',
      reason: 'foreign',
      params: {
        text: 'This is a Git LFS pointer, not the model itself: run "git lfs pull" where the files come from, then try again.',
      },
    };
  }
  if (/^<(!doctype|html|\?xml)/i.test(start)) return foreign('it is a web page');
  if (startsWith(bytes, 0x50, 0x4b, 3, 4)) {
    return foreign('it is a zip archive, as PyTorch saves checkpoints. Convert it to ONNX first');
  }
  if (start.startsWith('TFL3', 4)) return foreign('it is a TensorFlow Lite model. Convert it to ONNX first');
  if (startsWith(bytes, 0x89, 0x48, 0x44, 0x46))
    return foreign('it is a Keras (HDF5) model. Convert it to ONNX first');
  if (startsWith(bytes, 0x1f, 0x8b)) return foreign('it is compressed with gzip. Unpack it first');
  if (startsWith(bytes, 0xff, 0xd8, 0xff) || startsWith(bytes, 0x89, 0x50, 0x4e, 0x47)) {
    return foreign('it is an image');
  }
  return undefined;
}

function foreign(what: string): ErrorData {
  return {
    code: 'model-unsupported',
    reason: 'foreign',
    params: { text: `This is not an ONNX model: ${what}.` },
  };
}
