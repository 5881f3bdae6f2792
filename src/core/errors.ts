import { errors, type Reason } from '../messages/error-text.js';
import { say } from '../messages/message.js';
import { clipped, MAX_FOREIGN_TEXT } from './limits.js';

/** The closed set of things that can go wrong, each with a code that programs can rely on. */
export type ErrorCode =
  | 'unsupported-image'
  | 'corrupt-image'
  | 'image-too-large'
  | 'model-not-found'
  | 'model-corrupt'
  | 'model-unsupported'
  | 'timed-out'
  | 'lesson-unusable'
  | 'assets-unavailable'
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

  constructor(data: ErrorData, options?: { cause?: unknown }) {
    super(say(errors, data), options);
    this.code = data.code;
    this.data = data;
  }
}

/** Why something failed, whoever has thrown the error: of what isn't ours, no more than fits in a sentence. */
export const toReason = (error: Error): Reason =>
  error instanceof InspectorError ? error.data : { reason: 'foreign', params: { text: saidBy(error) } };

/** What a browser or another program says of an error, in its first line: a stack may follow. */
function saidBy({ name, message }: Error): string {
  return clipped(message.trim().split('\n', 1)[0] || name, MAX_FOREIGN_TEXT);
}

export const toErrorData = ({ data }: InspectorError): ErrorData => data;

export const fromErrorData = (data: ErrorData): InspectorError => new InspectorError(data);
