/** What the runtime says about a model that it refuses, in words of our own. */
import { unsupported } from '../core/families/unsupported.js';
import { clipped, MAX_FOREIGN_TEXT } from '../core/limits.js';
import type { Reason } from '../messages/error-text.js';

/**
 * What the runtime says with a status, when it is up, is about the model: a bad argument, graph or protobuf, an unknown
 * operator, more memory than there is. Anything else is a crash, and comes back as it is.
 * @param isStarting while nothing but the model takes memory; on a photo, a lack of it may be the photo's
 */
export function refusal(error: unknown, isStarting: boolean): unknown {
  const [, text] = /ERROR_CODE: \d+, ERROR_MESSAGE: ([^]*)/.exec(String(error)) ?? [];
  if (text === undefined) return error;
  if (!/alloc/i.test(text)) return unsupported(reasonOf(text), error);
  return isStarting ? unsupported({ reason: 'model-needs-too-much-memory' }, error) : error;
}

/** Of a set that it doesn't know, a type that there is no kernel for, or a set of somebody's own. */
const OPERATORS = [
  /No Op registered for (\S+) with/,
  /(\S+)\(-?\d+\) is not a registered function\/op/,
  /Could not find an implementation for (\S+)\(\d+\)/,
];
const OPSET = /Opset (\d+) is under development[^]* till opset (\d+)/;

function reasonOf(text: string): Reason {
  const [, opset, newest] = OPSET.exec(text) ?? [];
  if (opset !== undefined)
    return { reason: 'opset-too-new', params: { opset: Number(opset), newest: Number(newest) } };
  const operator = OPERATORS.map((pattern) => pattern.exec(text)?.[1]).find((one) => one !== undefined);
  if (operator !== undefined)
    return { reason: 'operator-unknown', params: { operator: clipped(operator, MAX_FOREIGN_TEXT) } };
  // Where in its source the runtime says it tells a person nothing.
  const [line = ''] = text.replace(/^\S+:\d+ .*?\) (?=[A-Z])/, '').split('\n');
  return { reason: 'runtime-refuses-model', params: { text: clipped(line, MAX_FOREIGN_TEXT) } };
}
