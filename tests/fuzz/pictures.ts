/** Pictures with broken headers, broken structure or cut short, through the pipeline of `src/node`. */
import type { Inspection } from '../../src/core/types.js';
import { openNodeDetector, type NodeDetector } from '../../src/node/open-detector.js';
import { modelFile } from '../family-fixtures.js';
import { breakPicture, type Damage } from './frame/break-picture.js';
import { drawPicture, type PictureFormat } from './frame/draw-picture.js';
import { Random } from './frame/random.js';

export interface PictureCase {
  readonly format: PictureFormat;
  readonly damage: Damage;
  readonly intact: Uint8Array<ArrayBuffer>;
  readonly broken: Uint8Array<ArrayBuffer>;
}

const DAMAGES: readonly Damage[] = ['header', 'structure', 'truncation'];

/** It answers to how red and how green a photo is: what is painted is found, and takes a few milliseconds. */
export const COLOUR_MODEL = modelFile('ultralytics-raw');

export async function generate(seed: number): Promise<PictureCase> {
  const random = new Random(seed);
  const { format, bytes } = await drawPicture(random);
  const damage = DAMAGES[seed % DAMAGES.length]!;
  return { format, damage, intact: bytes, broken: breakPicture(bytes, format, damage, random) };
}

let detector: Promise<NodeDetector> | undefined;

export async function examine({ format, damage, intact, broken }: PictureCase): Promise<string> {
  detector ??= openNodeDetector(COLOUR_MODEL);
  const { inspect } = await detector;
  const found = await inspect(broken, `broken.${format}`);
  if (isCut({ damage, intact, broken })) requireAll(found, await inspect(intact, `intact.${format}`));
  return answerOf(found);
}

/** Whether bytes are missing, and no others in their place: that can be told whatever the format. */
export const isCut = ({ damage, intact, broken }: Omit<PictureCase, 'format'>): boolean =>
  damage === 'truncation' && broken.length < intact.length;

/** What of a picture is cut off can't be called free of defects. @throws {Error} where it is */
function requireAll(found: Inspection, whole: Inspection): void {
  const [some, all] = [found.detections.length, whole.detections.length];
  if (some < all && !found.image.isIncomplete)
    throw new Error(`${some} of ${all} defects in a picture that is cut short, and no word about it`);
}

const answerOf = ({ detections }: Inspection): string =>
  detections.length === 0 ? 'nothing found' : 'defects found';
