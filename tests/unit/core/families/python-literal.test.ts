import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNames, parseSize } from '../../../../src/core/families/ultralytics/python-literal.js';

/** As Python's `repr` writes a text: in single quotes unless it has some and no double ones. */
function repr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u001f\u007f-\u00a0]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return `${quote}${body}${quote}`;
}

describe('parseNames', () => {
  it.each([
    [`{0: 'scratch', 1: "dent"}`, ['scratch', 'dent']],
    [`{0: "worker's mark", 1: 'a, b: {c}'}`, ["worker's mark", 'a, b: {c}']],
    [`{0: 'it\\'s "x"', 1: 'gr\\xfcn', 2: '\\u2713', 3: '\\U0001f600'}`, [`it's "x"`, 'grün', '✓', '😀']],
    [`{1: 'b', 0: 'a'}`, ['a', 'b']],
    [`{0: 'a', 2: 'c'}`, ['a', '', 'c']],
    [`['a', 'b',]`, ['a', 'b']],
    [`{"0": "a", "1": "b"}`, ['a', 'b']],
  ])('reads %s', (text, names) => {
    expect(parseNames(text)).toEqual(names);
  });

  it.each([
    '',
    '{}',
    'scratch',
    `{0: scratch}`,
    `{0: 'a' 1: 'b'}`,
    `{0: 'a'`,
    `{99999999: 'a'}`,
    `{0: 'a\\'}`,
  ])('leaves %j alone', (text) => {
    expect(parseNames(text)).toBeUndefined();
  });

  it('reads whatever Python prints', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 8 }), (names) => {
        const text = `{${names.map((name, i) => `${i}: ${repr(name)}`).join(', ')}}`;
        expect(parseNames(text)).toEqual(names);
      }),
    );
  });

  it('answers at once whatever it is given', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseNames(`{${text}}`)));
    expect(parseNames(`{0: '${'\\'.repeat(100_001)}'}`)).toBeUndefined();
  });
});

describe('parseSize', () => {
  it.each([
    ['[640, 480]', [640, 480]],
    ['[640]', [640]],
    ['640', [640]],
    ['', undefined],
    ['[0, 640]', undefined],
    ['large', undefined],
  ])('reads %j as %j', (text, sides) => {
    expect(parseSize(text)).toEqual(sides);
  });
});
