import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { text } from '../../../src/messages/index-html-text.js';

it.each(['index.html', 'embed.html'])(
  '%s names only texts that there are, and says within the element where that has not started',
  async (file) => {
    const html = await readFile(file, 'utf8');
    const names = [...html.matchAll(/%([a-z]+)%/gi)].map(([, name]) => name);
    expect(Object.keys(text)).toEqual(expect.arrayContaining(names));
    expect(html).toMatch(
      /<defect-inspector[^>]*>\s*<div class="not-started">\s*<p>%notStarted%<\/p>[^]*<\/div>\s*<\/defect-inspector>/,
    );
  },
);
