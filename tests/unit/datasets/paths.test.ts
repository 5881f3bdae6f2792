import { expect, test } from 'vitest';
import { folderSource } from '../../../src/datasets/folder.js';

test('a folder that was dropped is used whatever it is called; hidden ones in it are not', () => {
  const of = (...paths: string[]) =>
    folderSource({ name: '', files: paths.map((path) => ({ path, file: new File([], path) })) }).files.map(
      ({ path }) => path,
    );
  expect(of('.photos/a.jpg', '.photos/.b.jpg', '.photos/.c/d.jpg')).toEqual(['.photos/a.jpg']);
  expect(of('Recycler/a.jpg')).toEqual(['Recycler/a.jpg']);
  expect(of('.c/a.jpg', 'b.jpg')).toEqual(['b.jpg']);
});
