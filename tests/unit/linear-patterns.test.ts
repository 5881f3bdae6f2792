/** Patterns that read foreign text: what is made to hold them up takes no longer than any other. */
import { expect, it } from 'vitest';
import { csvRow } from '../../src/core/export/csv-row.js';
import { FileIndex } from '../../src/datasets/file-index.js';
import { readDataset } from '../../src/datasets/read-dataset.js';
import { yamlNames } from '../../src/datasets/yaml-names.js';
import { photoName } from '../../src/workbench/intake/photo-name.js';
import { file, source } from './datasets/sources.js';
import { relativeTime } from './relative-time.js';

const LENGTH = 100_000;
const filled = (unit: string): string => unit.repeat(LENGTH / unit.length);
const ignored = (): undefined => undefined;

const READERS: readonly [what: string, read: (text: string) => unknown, text: string][] = [
  ['a cell', (text) => csvRow([text]), `a${filled('\t')}`],
  ['a cell', (text) => csvRow([text]), `a${filled('\n"')}`],
  ['an address', photoName, `${filled('#')}\n#`],
  ['names', yamlNames, `names: [a]\n${filled('"\r')}`],
  ['names', yamlNames, `names: [a]\n${filled(', ')}x`],
  [
    'JSON',
    (text) => readDataset(source(file('a.png'), file('x.json', text))).catch(ignored),
    `${filled(': ')}x`,
  ],
  [
    'JSON',
    (text) => readDataset(source(file('a.png'), file('x.json', text))).catch(ignored),
    filled('".png'),
  ],
  [
    'a table',
    (text) => readDataset(source(file('a.png'), file('x.csv', text))).catch(ignored),
    filled('.png.'),
  ],
  [
    'a label',
    (text) => readDataset(source(file('a.png'), file('a.txt', text))).catch(ignored),
    `0${filled(' 1')} x`,
  ],
];

it.each(READERS)('%s: reads in linear time, case %#', async (_, read, text) => {
  expect(await relativeTime(() => Promise.resolve(text).then(read).catch(ignored))).toBeLessThan(100);
});

it('finds names that are made to hold it up', async () => {
  const index = new FileIndex([file('a.png')]);
  const name = `http://x/${'?'.repeat(4000)}\n?`;
  const time = await relativeTime(() => {
    for (let i = 0; i < 1000; i++) index.find(name);
  });
  expect(time).toBeLessThan(100);
});
