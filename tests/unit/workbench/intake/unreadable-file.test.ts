import { expect, test, vi } from 'vitest';
import { UnreadableFile } from '../../../../src/workbench/intake/unreadable-file.js';

test('a file that could not be read is tried again each time, and never taken for an empty one', async () => {
  const again = vi
    .fn<() => Promise<Blob>>()
    .mockRejectedValueOnce(new DOMException('Gone.', 'NotFoundError'))
    .mockResolvedValue(new Blob(['here again']));
  const file = new UnreadableFile('a.jpg', again);
  expect([file.name, file instanceof File]).toEqual(['a.jpg', true]);
  await expect(file.arrayBuffer()).rejects.toThrow('Gone.');
  expect(new TextDecoder().decode(await file.arrayBuffer())).toBe('here again');
  expect(() => file.slice()).toThrow('could not be read');
});
