import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNames } from '../../../src/datasets/yolo.js';

describe('parseNames', () => {
  it.each([
    ['names: [pit, crack]', ['pit', 'crack']],
    ['names: [\'pit, deep\', "crack"]  # two', ['pit, deep', 'crack']],
    ['nc: 2\nnames: [\n  pit,\n  crack,\n]\ntrain: x', ['pit', 'crack']],
    ['names:\n- pit\n- "crack, fine"\nval: images', ['pit', 'crack, fine']],
    ['names:\n  - pit # small\n\n  - crack\n', ['pit', 'crack']],
    ['names:\n  0: pit\n  2: crack', ['pit', 'class 1', 'crack']],
    ['names: {0: pit, 1: "crack"}', ['pit', 'crack']],
    ['"names": [pit]', ['pit']],
    ['train: x', []],
    ['names: []', []],
  ])('reads %j', (text, names) => {
    expect(parseNames(text, 'data.yaml')).toEqual(names);
  });

  it('reads a list of lines', () => {
    expect(parseNames('pit\r\n\r\ncrack: deep\n', 'classes.txt')).toEqual(['pit', 'crack: deep']);
  });

  it('reads what it is written as, in each of YAML’s ways', () => {
    const name = fc.stringMatching(/^[a-z][a-z _-]{0,10}[a-z]$/);
    fc.assert(
      fc.property(fc.array(name, { minLength: 1 }), (names) => {
        const ways = [
          `names: [${names.join(', ')}]`,
          `names: [${names.map((one) => `'${one}'`).join(',\n')}]\nnc: 3`,
          `names:\n${names.map((one) => `- ${one}`).join('\n')}`,
          `names:\n${names.map((one, i) => `  ${i}: "${one}"`).join('\n')}\nval: x`,
        ];
        for (const text of ways) expect(parseNames(text, 'a.yml')).toEqual(names);
      }),
    );
  });
});
