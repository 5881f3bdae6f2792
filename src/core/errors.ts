import { errors, type Reason } from '../messages/en/errors.js';
import { say } from '../messages/message.js';

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

/** An error as plain data, which crosses to workers and back; structured cloning would strip an Error of its code. */
export type ErrorData = { readonly code: ErrorCode } & Reason;

/** `message` is a sentence for a person, with the next step. */
export class InspectorError extends Error {
  override readonly name = 'InspectorError';
  readonly code: ErrorCode;
  /** What `message` is made of. */
  readonly data: ErrorData;

  constructor(data: ErrorData, options?: { cause?: unknown });
  /** @deprecated sentences belong to the catalogue: give the reason instead. */
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown });
  constructor(
    first: ErrorData | ErrorCode,
    second?: string | { cause?: unknown },
    third?: { cause?: unknown },
  ) {
    const isData = typeof first === 'object';
    const data: ErrorData = isData
      ? first
      : { code: first, reason: 'foreign', params: { text: second as string } };
    super(say(errors, data), isData ? (second as { cause?: unknown }) : third);
    this.code = data.code;
    this.data = data;
  }
}

/** Why something failed, whoever has thrown the error. */
export const toReason = (error: Error): Reason =>
  error instanceof InspectorError ? error.data : { reason: 'foreign', params: { text: error.message } };

export const toErrorData = ({ data }: InspectorError): ErrorData => data;

export const fromErrorData = (data: ErrorData): InspectorError => new InspectorError(data);
