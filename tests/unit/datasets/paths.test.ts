import { expect, test } from 'vitest';
import { folderSource } from '../../../src/datasets/folder.js';

test('a folder that was dropped is used whatever it is called; hidden ones in it are not', async () => {
  const of = async (...paths: string[]) => {
    const files = paths.map((path) => ({ path, file: new File([], path) }));
    return (await folderSource({ name: '', files })).files.map(({ path }) => path);
  };
  expect(await of('.photos/a.jpg', '.photos/.b.jpg', '.photos/.c/d.jpg')).toEqual(['.photos/a.jpg']);
  expect(await of('Recycler/a.jpg')).toEqual(['Recycler/a.jpg']);
  expect(await of('.c/a.jpg', 'b.jpg')).toEqual(['b.jpg']);
});
