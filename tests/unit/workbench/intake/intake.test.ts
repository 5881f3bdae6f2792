import { expect, test } from 'vitest';
import { isModelFile, isZipFile, leftOutOf, sortFiles } from '../../../../src/workbench/intake/intake.js';

test('a model is told from a photo by its name', () => {
  expect(isModelFile(new File([], 'castings.ONNX'))).toBe(true);
  expect(isModelFile(new File([], 'onnx.png'))).toBe(false);
});

test('a ZIP is told by its name', () => {
  expect([isZipFile(new File([], 'set.ZIP')), isZipFile(new File([], 'zip.png'))]).toEqual([true, false]);
});

test('everything that is no model and no ZIP is taken for a photo', () => {
  const names = ['a.onnx', 'part.png', 'notes.txt', 'b.onnx', 'set.zip'];
  const { photos, models, zips } = sortFiles(names.map((name) => new File([], name)));
  expect(photos.map(({ name }) => name)).toEqual(['part.png', 'notes.txt']);
  expect([models, zips].map((files) => files.map(({ name }) => name))).toEqual([
    ['a.onnx', 'b.onnx'],
    ['set.zip'],
  ]);
});

test('notes beside photos are not missed; models, ZIPs and what nobody knows are', () => {
  expect(leftOutOf(['readme.TXT', 'lot.csv', 'a.xml', 'b.onnx', 'c.zip'])).toEqual([
    'a.xml',
    'b.onnx',
    'c.zip',
  ]);
});
