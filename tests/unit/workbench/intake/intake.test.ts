import { expect, test } from 'vitest';
import { isModelFile, isZipFile, sortFiles } from '../../../../src/workbench/intake/intake.js';

test('a model is told from a photo by its name', () => {
  expect(isModelFile(new File([], 'castings.ONNX'))).toBe(true);
  expect(isModelFile(new File([], 'onnx.png'))).toBe(false);
});

test('a ZIP is told by its name', () => {
  expect([isZipFile(new File([], 'set.ZIP')), isZipFile(new File([], 'zip.png'))]).toEqual([true, false]);
});

test('of several models or ZIPs the last one counts; everything else is taken for a photo', () => {
  const names = ['a.onnx', 'part.png', 'notes.txt', 'b.onnx', 'set.zip'];
  const { photos, model, zip } = sortFiles(names.map((name) => new File([], name)));
  expect(photos.map(({ name }) => name)).toEqual(['part.png', 'notes.txt']);
  expect([model?.name, zip?.name]).toEqual(['b.onnx', 'set.zip']);
});
