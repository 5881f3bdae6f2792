/** What is in public/models is what its catalogue and card say. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readModel } from '../../src/model/metadata.js';

const catalogue = JSON.parse(await readFile('public/models/catalogue.json', 'utf8')) as {
  models: { name: string; version: string; file: string; bytes: number; sha256: string }[];
};
const entry = catalogue.models[0]!;
const bytes = new Uint8Array(await readFile(`public/models/${entry.file}`));
const card = await readFile('public/models/MODEL_CARD.md', 'utf8');

test('size and hash are the catalogued ones, and the file is small enough for a phone', () => {
  expect(bytes.length).toBe(entry.bytes);
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(entry.sha256);
  expect(bytes.length).toBeLessThanOrEqual(6_000_000);
});

test('the file describes itself', () => {
  const { metadata } = readModel(bytes);
  expect(metadata).toMatchObject({ name: entry.name, version: entry.version, quantisation: 'weights' });
  expect(metadata.classes).toHaveLength(9);
  for (const { threshold, color } of metadata.classes) {
    expect(threshold).toBeGreaterThan(0);
    expect(threshold).toBeLessThan(1);
    expect(color).toMatch(/^#[0-9a-f]{6}$/);
  }
  expect(Object.keys(metadata.metrics!.datasets as object)).toEqual(['bsdata', 'neu_seg', 'magnetic_tile']);
});

test('the card names every source with its terms', () => {
  for (const source of ['BSData', 'NEU_Seg', 'Magnetic-tile', 'CC BY-SA 4.0', 'no licence stated']) {
    expect(card).toContain(source);
  }
  expect(card).toContain(`# ${entry.name} ${entry.version}`);
});
