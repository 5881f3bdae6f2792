import { describe, expect, it } from 'vitest';
import { fromErrorData, InspectorError, toErrorData } from '../../../src/core/errors.js';

describe('InspectorError', () => {
  it('crosses a worker boundary as plain data', () => {
    const error = new InspectorError(
      {
        code: 'out-of-memory',
        reason: 'foreign',
        params: { text: 'The photo is too large. Try a smaller one.' },
      },
      { cause: 7 },
    );
    const copy = fromErrorData(structuredClone(toErrorData(error)));
    expect(copy).toBeInstanceOf(InspectorError);
    expect(copy).toMatchObject({ name: 'InspectorError', code: error.code, message: error.message });
    expect(error.cause).toBe(7);
  });
});
