import { describe, expect, it } from 'vitest';
import { fromErrorData, InspectorError, toErrorData, toReason } from '../../../src/core/errors.js';

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

describe('an error of another program', () => {
  const said = (error: Error) => (toReason(error).params as { text: string }).text;

  it('is said in its first line, and no more than fits in a sentence', () => {
    expect(said(new Error('It broke.\n    at f (a.js:1)\n    at g (b.js:2)'))).toBe('It broke.');
    expect(said(new RangeError('x'.repeat(1e6))).length).toBe(300);
    expect(said(new RangeError(''))).toBe('RangeError');
  });

  it('leaves the rest of the sentence as it is, whatever it holds', () => {
    const text = '\u202egnp.exe\u200b \u001b[31m\u0007red';
    const { message } = new InspectorError({
      code: 'worker-crashed',
      reason: 'worker-failed',
      params: { text },
    });
    expect(message).toBe(
      'The background worker failed:  gnp.exe   [31m red. Reload the page. If that does not help, use another browser.',
    );
  });
});
