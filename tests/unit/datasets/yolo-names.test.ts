import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNames } from '../../../src/datasets/class-names.js';

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
    ['# made by hand\n---\nnames: [pit] # one\n...\n', ['pit']],
    ['{nc: 2, names: [pit, crack]}', ['pit', 'crack']],
    ['{"names": {"1": "crack", "0": "pit"}}', ['pit', 'crack']],
    ['names:\n  0: \'it\'\'s deep\'\n  1: "in \\"quotes\\""', ["it's deep", 'in "quotes"']],
    ["names: ['dent #2', dent#3] # more", ['dent #2', 'dent#3']],
    [
      'names:\n  - "crack: fine"\n  - http://x\n  - a, b\n  - two words',
      ['crack: fine', 'http://x', 'a, b', 'two words'],
    ],
    ['base: &base [pit, crack]\nnames: *base', ['pit', 'crack']],
    ['one: &one pit\nnames:\n  0: *one\n  1: !!str crack', ['pit', 'crack']],
    ['? names\n: - pit\n  - crack', ['pit', 'crack']],
    ['names:\n  - >-\n    fine\n    crack\n  - |-\n    pit', ['fine crack', 'pit']],
    ['names: ["\\u00e4tzung", "tab\\tbed"]', ['ätzung', 'tab\tbed']],
    ['names: [no, 007, 1.0, true]', ['no', '007', '1.0', 'true']],
    ['names:\n  0:\n  1: pit\n  other: x', ['class 0', 'pit']],
    ['names: pit', []],
    ['nc: 1\nnc: 2\nnames: [pit]', ['pit']],
    ['train:\n  names: [wrong]\nnames: [pit]', ['pit']],
  ])('reads %j', async (text, names) => {
    expect(await parseNames(text, 'data.yaml')).toEqual(names);
  });

  it.each(['names: [pit', 'names:\n\t- pit', 'names: *nowhere', 'a: b: c'])('refuses %j', async (text) => {
    await expect(parseNames(text, 'data.yaml')).rejects.toMatchObject({ data: { reason: 'not-yaml' } });
  });

  it.each(['names: [pit]\nnames: [dent]', 'names:\n- pit\n"names":\n- dent'])(
    'takes none of two lists: %j',
    async (text) => {
      await expect(parseNames(text, 'data.yaml')).rejects.toMatchObject({ data: { reason: 'key-twice' } });
    },
  );

  it.each(['[', '{a: ', '- ', '? '])('refuses %j a hundred thousand times over', async (text) => {
    const deep = parseNames(`names:\n  ${text.repeat(100_000)}`, 'data.yaml');
    await expect(deep).rejects.toMatchObject({ data: { reason: 'not-yaml' } });
  });

  it('reads a list of lines', async () => {
    expect(await parseNames('pit\r\n\r\ncrack: deep\n\n', 'classes.txt')).toEqual([
      'pit',
      'class 1',
      'crack: deep',
    ]);
  });

  it.each([
    ['a number far beyond any list', 'names: {4294967294: b}'],
    ['numbers with a gap of a billion', 'names:\n  0: a\n  1000000000: b'],
    [
      'aliases of aliases',
      [
        'a: &a [x]',
        ...Array.from({ length: 30 }, (_, i) => `b${i}: &b${i} [${`*${i ? `b${i - 1}` : 'a'},`.repeat(9)}]`),
        'names: *b29',
      ].join('\n'),
    ],
  ])('is not held up by %s', async (_, text) => {
    const before = process.cpuUsage();
    const names = await parseNames(text, 'data.yaml').catch(() => []);
    expect(names.length).toBeLessThan(5000);
    expect(process.cpuUsage(before).user).toBeLessThan(2e6);
  });

  it('reads what it is written as, in each of YAML’s ways', async () => {
    const name = fc.stringMatching(/^[a-z][a-z _-]{0,10}[a-z]$/);
    await fc.assert(
      fc.asyncProperty(fc.array(name, { minLength: 1 }), async (names) => {
        const ways = [
          `names: [${names.join(', ')}]`,
          `names: [${names.map((one) => `'${one}'`).join(',\n')}]\nnc: 3`,
          `names:\n${names.map((one) => `- ${one}`).join('\n')}`,
          `names:\n${names.map((one, i) => `  ${i}: "${one}"`).join('\n')}\nval: x`,
        ];
        for (const text of ways) expect(await parseNames(text, 'a.yml')).toEqual(names);
      }),
    );
  });
});
