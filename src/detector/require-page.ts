import { InspectorError } from '../core/errors.js';

/** @throws {InspectorError} 'no-webassembly' where there are no workers to run in, as in Node */
export function requirePage(): void {
  if (typeof Worker === 'undefined') throw new InspectorError({ code: 'no-webassembly', reason: 'no-page' });
}
