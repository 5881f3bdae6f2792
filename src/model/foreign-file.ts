/** Recognises the files that most often lie where a model should be. */
import type { ErrorData } from '../core/errors.js';
import type { NotOnnx } from '../messages/error-text.js';

const startsWith = (bytes: Uint8Array, ...signature: number[]) =>
  signature.every((byte, index) => bytes[index] === byte);

/** What is wrong with a file that is certainly no ONNX model, or undefined where it may be one. */
export function recogniseForeignFile(bytes: Uint8Array): ErrorData | undefined {
  if (bytes.length === 0) return { code: 'model-corrupt', reason: 'model-file-empty' };
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200)).trimStart();
  if (start.startsWith('version https://git-lfs')) {
    return { code: 'model-corrupt', reason: 'git-lfs-pointer' };
  }
  const found = recogniseFormat(bytes, start);
  return found && { code: 'model-unsupported', reason: 'not-onnx', params: { found } };
}

function recogniseFormat(bytes: Uint8Array, start: string): NotOnnx | undefined {
  if (/^<(!doctype|html)/i.test(start)) return 'web-page';
  if (/^<\?xml/i.test(start)) return /<net\b/.test(start) ? 'openvino' : 'web-page';
  if (startsWith(bytes, 0x50, 0x4b, 3, 4)) return 'zip';
  if (isPickle(bytes)) return 'pickle';
  if (isSafetensors(bytes)) return 'safetensors';
  if (start.startsWith('TFL3', 4)) return 'tensorflow-lite';
  if (start.startsWith('ORTM', 4)) return 'ort';
  if (startsWith(bytes, 0x89, 0x48, 0x44, 0x46)) return 'keras';
  if (startsWith(bytes, 0x1f, 0x8b)) return 'gzip';
  if (startsWith(bytes, 0xff, 0xd8, 0xff) || startsWith(bytes, 0x89, 0x50, 0x4e, 0x47)) return 'image';
  return undefined;
}

/** As PyTorch saved checkpoints before it packed them as ZIP: Python's pickle, by its number of protocol. */
const isPickle = ([first, protocol = 0]: Uint8Array): boolean =>
  first === 0x80 && protocol >= 2 && protocol <= 5;

/** Eight bytes with the length of the JSON that follows. */
const isSafetensors = (bytes: Uint8Array): boolean =>
  bytes.length > 10 &&
  startsWith(bytes.subarray(8), 0x7b, 0x22) &&
  Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true)) <= bytes.length;
