/** The closed set of things that can go wrong, each with a code that programs can rely on. */
export type ErrorCode =
  | 'unsupported-image'
  | 'corrupt-image'
  | 'image-too-large'
  | 'model-not-found'
  | 'model-corrupt'
  | 'model-unsupported'
  | 'no-webassembly'
  | 'out-of-memory'
  | 'worker-crashed'
  | 'cancelled'
  | 'storage-full'
  | 'offline';

/** `message` is a sentence for a person, with the next step. */
export class InspectorError extends Error {
  override readonly name = 'InspectorError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** Plain data in place of an InspectorError, which structured cloning would strip of its code. */
export interface ErrorData {
  readonly code: ErrorCode;
  readonly message: string;
}

export function toErrorData(error: InspectorError): ErrorData {
  return { code: error.code, message: error.message };
}

export function fromErrorData(data: ErrorData): InspectorError {
  return new InspectorError(data.code, data.message);
}
