import sharp, { type Sharp } from 'sharp';
import type { Random } from './random.js';

export type PictureFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'bmp';

/** Few enough that every way to write one gets its share. */
const FORMATS: readonly PictureFormat[] = ['png', 'png', 'jpeg', 'jpeg', 'webp', 'gif', 'bmp'];

/** What the colour model finds. */
const COLOURS = ['#e61e14', '#19dc1e'];

/** A grey picture with one to three spots of a colour, in a format and with options of chance. */
export async function drawPicture(
  random: Random,
): Promise<{ format: PictureFormat; bytes: Uint8Array<ArrayBuffer> }> {
  const [width, height] = [random.int(96, 160), random.int(72, 120)];
  const spots = Array.from({ length: random.int(1, 3) }, (_, i) => {
    const [rx, ry] = [random.int(8, 12), random.int(8, 14)];
    return `<ellipse cx="${24 + i * 34}" cy="${random.int(24, height - 24)}" rx="${rx}" ry="${ry}" fill="${random.pick(COLOURS)}"/>`;
  });
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#787878"/>${spots.join('')}</svg>`;
  const format = random.pick(FORMATS);
  const opaque = sharp(Buffer.from(drawing)).removeAlpha();
  return { format, bytes: new Uint8Array(await encode(opaque, format, random)) };
}

async function encode(picture: Sharp, format: PictureFormat, random: Random): Promise<Uint8Array> {
  switch (format) {
    case 'png': {
      const withAlpha = random.chance(0.3) ? picture.ensureAlpha() : picture;
      const deep = random.chance(0.2) ? withAlpha.toColourspace('rgb16') : withAlpha;
      return deep.png({ palette: random.chance(0.3), progressive: random.chance(0.3) }).toBuffer();
    }
    case 'jpeg': {
      const turned = random.chance(0.3) ? picture.withMetadata({ orientation: random.int(1, 8) }) : picture;
      const chromaSubsampling = random.pick(['4:4:4', '4:2:0']);
      return turned.jpeg({ quality: 90, chromaSubsampling, progressive: random.chance(0.4) }).toBuffer();
    }
    case 'webp':
      return picture.webp({ lossless: random.chance(0.5), quality: 90 }).toBuffer();
    case 'gif':
      return picture.gif().toBuffer();
    case 'bmp': {
      const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
      return encodeBmp(data, info.width, info.height);
    }
  }
}

/** 24 bits a pixel, from the lowest row up. */
function encodeBmp(rgb: Uint8Array, width: number, height: number): Uint8Array {
  const stride = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(54 + stride * height);
  file.write('BM');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 3;
      const to = 54 + (height - 1 - y) * stride + x * 3;
      for (let c = 0; c < 3; c++) file[to + c] = rgb[from + 2 - c]!;
    }
  }
  return file;
}
