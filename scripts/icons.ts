/** `npx tsx scripts/icons.ts`: public/icon.svg as the pictures that systems want of a page that is installed. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { ICONS } from '../src/app/manifest.js';

const svg = await readFile('public/icon.svg', 'utf8');
/** Systems cut such a picture to a shape of their own: the sign in the middle, its ground to the very edge. */
const maskable = svg
  .replace('viewBox="0 0 64 64"', 'viewBox="-10 -10 84 84"')
  .replace(/<rect [^>]*\/>/, '<rect x="-10" y="-10" width="84" height="84" fill="#0b5394"/>');

await mkdir('public/icons', { recursive: true });
for (const { file, size, isMaskable } of ICONS) {
  const png = await sharp(Buffer.from(isMaskable ? maskable : svg), { density: 72 * (size / 64) * 1.5 })
    .resize(size, size)
    .png({ compressionLevel: 9, palette: true })
    .toBuffer();
  await writeFile(`public/${file}`, png);
  console.log(`public/${file}: ${size} x ${size}, ${png.length} bytes`);
}
