/** Photos in all kinds of files, and their pixels as Python reads them: see training/picture_fixtures.py. */
import { memorySource } from '../src/core/pipeline/pixels.js';
import { prepareInput } from '../src/core/pipeline/resample.js';
import type { DecodedPhoto } from '../src/core/pipeline/inspect.js';
import { fitInput } from '../src/core/pipeline/fit.js';

export interface ExpectedPicture {
  readonly width: number;
  readonly height: number;
  /** RGB, zlib, base64. */
  readonly rgb?: string;
  /** RGBA as the network gets it, zlib, base64. */
  readonly input?: string;
}

const RULE = { shortSide: 320, longSide: 960, maxUpscale: 1.6, stride: 32, padValue: 128 };

/** Levels by which a decoder may differ from Pillow; libraries compute JPEG's and lossy WebP's colours in ways of their own. */
const TOLERANCE: Partial<Record<string, number>> = { jpg: 2, webp: 2 };
/** Chroma that is stored at half size is enlarged as each library likes. */
const HALF_CHROMA = new Set(['rgb-420.jpg', 'progressive.jpg']);

/** Levels by which a picture of that name may differ. */
export function toleranceOf(name: string): number {
  if (HALF_CHROMA.has(name)) return 4;
  if (name === 'lossy-alpha.webp') return 4;
  // Pillow keeps the colours of transparent pixels, canvases make them black.
  if (name === 'alpha.webp') return 255;
  return TOLERANCE[name.split('.').at(-1)!] ?? 0;
}

/** The largest difference between a photo's pixels and those that Python reads. */
export async function differenceOf(photo: DecodedPhoto, expected: ExpectedPicture): Promise<number> {
  const { data, width, height } = photo;
  if (width !== expected.width || height !== expected.height) return Infinity;
  if (expected.input !== undefined) {
    const input = prepareInput(
      memorySource({ data, width, height }),
      fitInput(width, height, RULE),
      RULE.padValue,
    );
    return largest(input, await inflate(expected.input));
  }
  return largest(
    data.filter((_, i) => i % 4 !== 3),
    await inflate(expected.rgb!),
  );
}

function largest(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  if (ours.length !== theirs.length) return Infinity;
  let most = 0;
  for (let i = 0; i < ours.length; i++) most = Math.max(most, Math.abs(ours[i]! - theirs[i]!));
  return most;
}

async function inflate(base64: string): Promise<Uint8Array> {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
