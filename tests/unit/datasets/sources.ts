import type { Source, SourceFile } from '../../../src/datasets/types.js';

/** A file of a folder; an object becomes JSON. */
export function file(path: string, content: string | object = ''): SourceFile {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const blob = new Blob([text]);
  return { path, size: blob.size, blob: async () => blob };
}

export const source = (...files: readonly SourceFile[]): Source => ({ name: 'parts', files });

export const SQUARE = [1, 1, 5, 1, 5, 5, 1, 5];
