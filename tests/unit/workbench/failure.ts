import { InspectorError, type ErrorCode } from '../../../src/core/errors.js';

/** An error as a detector of somebody else's would give it. */
export const failure = (code: ErrorCode, text = 'Reason.'): InspectorError =>
  new InspectorError({ code, reason: 'foreign', params: { text } });
