import { InspectorError } from '../errors.js';

/** @param sentence what is wrong with the model, and what to do about it */
export function unsupported(sentence: string, cause?: unknown): InspectorError {
  return new InspectorError('model-unsupported', sentence, cause === undefined ? undefined : { cause });
}
