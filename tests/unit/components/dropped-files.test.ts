import { describe, expect, test } from 'vitest';
import { pastedFiles, readDrop } from '../../../src/components/defect-inspector/dropped-files.js';

const fileEntry = (name: string) => ({
  name,
  isDirectory: false,
  file: (resolve: (file: File) => void) => resolve(new File(['x'], name)),
});

/** A folder whose reader, like the browser's, gives its entries in batches and an empty one at the end. */
function folderEntry(name: string, entries: readonly object[]) {
  return {
    name,
    isDirectory: true,
    createReader: () => {
      const batches = [entries.slice(0, 2), entries.slice(2), []];
      return { readEntries: (resolve: (batch: readonly object[]) => void) => resolve(batches.shift() ?? []) };
    },
  };
}

const item = (entry: object | null, file: File | null = null) => ({
  kind: 'file',
  webkitGetAsEntry: () => entry,
  getAsFile: () => file,
});

const drop = (...items: object[]) => ({ items }) as unknown as DataTransfer;

describe('readDrop', () => {
  test('takes files as they are, and the photos of folders in their natural order', async () => {
    const readme = new File(['x'], 'readme.txt');
    const folder = folderEntry('parts', [
      fileEntry('part-10.jpg'),
      fileEntry('part-9.JPG'),
      fileEntry('notes.txt'),
      fileEntry('._part-9.jpg'),
      folderEntry('more', [fileEntry('a.png')]),
    ]);
    const { name, files, all } = await readDrop(drop(item(fileEntry('readme.txt'), readme), item(folder)));
    expect(name).toBe('parts');
    expect(all.map(({ path }) => path)).toEqual([
      'readme.txt',
      'parts/more/a.png',
      'parts/notes.txt',
      'parts/part-9.JPG',
      'parts/part-10.jpg',
    ]);
    expect(files.map(({ name }) => name)).toEqual(['readme.txt', 'a.png', 'part-9.JPG', 'part-10.jpg']);
  });

  test('goes on past entries and folders that can’t be read, each of which is one photo that fails', async () => {
    const gone = (_: unknown, reject: (error: unknown) => void) =>
      reject(new DOMException('gone', 'NotFoundError'));
    const folder = folderEntry('parts', [
      fileEntry('a.png'),
      { name: 'b.png', isDirectory: false, file: gone },
      fileEntry('c.png'),
      { name: 'more', isDirectory: true, createReader: () => ({ readEntries: gone }) },
    ]);
    const { files, all } = await readDrop(drop(item(folder)));
    expect(all.map(({ path }) => path)).toEqual(['parts/a.png', 'parts/b.png', 'parts/c.png', 'parts/more']);
    expect(files.map(({ name }) => name)).toEqual(['a.png', 'b.png', 'c.png', 'more']);
    const read = await Promise.allSettled(files.map((one) => one.arrayBuffer()));
    expect(read.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
  });

  test('says how many files there are so far, and what they are is looked up once', async () => {
    const names = Array.from({ length: 100 }, (_, i) => `${i}.png`);
    const folder = folderEntry('parts', [folderEntry('a', names.map(fileEntry)), fileEntry('b.txt')]);
    const told: unknown[] = [];
    const { signal } = new AbortController();
    const { all, known } = await readDrop(drop(item(folder)), { signal, tell: (state) => told.push(state) });
    expect(told).toContainEqual({ name: 'parts', what: 'files', done: 64, total: 0 });
    expect(all.map(({ file }) => known!.get(file)!.kind)).toEqual([...names.map(() => 'photo'), 'text']);
  });

  test('stops in the middle of a folder', async () => {
    const stop = new AbortController();
    const names = Array.from({ length: 100 }, (_, i) => `${i}.png`);
    const tell = ({ done }: { readonly done: number }) => {
      if (done > 50) stop.abort();
    };
    const reading = readDrop(drop(item(folderEntry('parts', names.map(fileEntry)))), {
      signal: stop.signal,
      tell,
    });
    await expect(reading).rejects.toThrow(stop.signal.reason as Error);
  });

  test('works where the browser knows no entries, and skips dropped text', async () => {
    const file = new File(['x'], 'a.png');
    const text = { kind: 'string', webkitGetAsEntry: () => null, getAsFile: () => null };
    const { files, name } = await readDrop(drop(item(null, file), text));
    expect([files, name]).toEqual([[file], 'Dropped files']);
  });
});

test('pasted pictures are told apart by the time', () => {
  const files = [new File(['x'], 'image.png'), new File(['x'], 'ring.png')];
  const transfer = { files } as unknown as DataTransfer;
  const names = pastedFiles(transfer, new Date(2026, 0, 1, 14, 5, 9)).map(({ name }) => name);
  expect(names).toEqual(['pasted 14.05.09.png', 'ring.png']);
});
