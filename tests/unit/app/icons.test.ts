import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { ICONS } from '../../../src/app/manifest.js';

describe('the icons of the installed page', () => {
  it.each(ICONS)('$file is as large as it says', async ({ file, size, isMaskable }) => {
    const picture = sharp(`public/${file}`);
    expect(await picture.metadata()).toMatchObject({ format: 'png', width: size, height: size });
    // What a system cuts a shape out of has no empty corners.
    if (isMaskable) expect((await picture.stats()).isOpaque).toBe(true);
  });

  it('one of them is named for iOS by the page itself', async () => {
    const page = await readFile('index.html', 'utf8');
    expect(page).toMatch(/<link rel="apple-touch-icon" href="[^"]*icons\/apple-touch-icon\.png"/);
  });
});
