import { afterEach, describe, expect, it, vi } from 'vitest';
import { readSamples } from '../../../src/app/samples.js';
import { text } from '../../../src/messages/page-text.js';

const answer = (body: string, status = 200) =>
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, { status })));

afterEach(() => vi.unstubAllGlobals());

describe('samples', () => {
  const [file] = Object.keys(text.samples);
  const sample = { file, width: 3, height: 2 };

  it('are those that are listed and have a title', async () => {
    answer(JSON.stringify([sample, { ...sample, file: 'constructor' }, null, 7]));
    expect(await readSamples()).toEqual([sample]);
  });

  it.each([
    ['a web page', '<!doctype html>'],
    ['cut', '[{"file":'],
    ['no list', '{"file":"a.png"}'],
    ['nothing', 'null'],
  ])('are none where the list is %s', async (_, body) => {
    answer(body);
    expect(await readSamples()).toEqual([]);
  });

  it('are none where the list is missing, or nothing answers', async () => {
    answer('[]', 404);
    expect(await readSamples()).toEqual([]);
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await readSamples()).toEqual([]);
  });
});
