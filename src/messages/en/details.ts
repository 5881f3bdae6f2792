/** What was found on a photo. */
import { count, duration, fixed, list, pick, score, size } from './numbers.js';
import { results, type Tiles } from './results.js';

export interface Run {
  readonly milliseconds: number;
  readonly threads: number;
}

export interface Known {
  readonly classes: readonly string[];
  /** The surfaces that the model was trained on. */
  readonly domain?: string | undefined;
}

export const details = {
  /** Goes after the note that the model knows no photos like this one. */
  teach: 'Teach it your part',
  result: 'Result',
  inAnArea: '(in an area)',
  seenInPart: '(seen in part)',
  hidden: (defects: number): string => `(${defects} hidden)`,
  fainter: (spots: number): string => `${count(spots, 'fainter spot')} below the threshold`,
  /** @param floor the lowest score there is */
  nothingFainter: (floor: number): string => `Nothing more down to a score of ${score(floor)}`,

  notAPass: ({ classes, domain }: Known): string =>
    `This is not a pass. The model knows ${list(classes)}${domain ? ` on ${domain}` : ''}, ` +
    'and can miss those, too.',
  showFainter: 'Show what lies below the threshold',
  /** @param most how many are listed */
  truncated: (most: number): string =>
    `Only the ${most} with the highest scores are listed: there may be more on this photo.`,
  /** @param most that one tile holds */
  truncatedTiles: (most: number): string =>
    `A tile of this photo held more than ${most} spots: there may be more than are listed.`,

  lacksMasks:
    'The model marks something on this photo, but gives no pixels for it: its mask is empty, so that it is not listed. Look at the photo yourself. If that happens with other photos, too, export the model again, or use another one.',
  incomplete:
    'A part of this photo is missing: its file ends early or is damaged. What lay there was not inspected. Copy it from the camera again.',
  firstOfSeveral:
    'This file holds several pictures, an animation or pages: the first one was inspected. To inspect the others, save each as a photo of its own.',
  /** @param bits that count of 16 */
  bits: (bits: number): string =>
    `A photo with 16 bits a sample, of which ${bits} were taken to count: ${2 ** bits - 1} is white.`,
  /** Beside the choice of that number. */
  bitsChoice: 'Bits that count',
  /** `12 of 16 bits`. */
  bitsOf16: (bits: number): string => `${bits} of 16 bits`,
  notShown: ({ defects, isAll }: { readonly defects: number; readonly isAll: boolean }): string =>
    isAll
      ? `Nothing is shown, because ${count(defects, 'defect')} ${pick(defects, 'is', 'are')} of hidden classes.`
      : `${count(defects, 'defect')} of hidden classes ${pick(defects, 'is', 'are')} not shown.`,
  showClasses: 'Show all classes',

  soFar: (tiles: Tiles): string => `What was found so far, in ${results.ofTiles(tiles)}.`,
  /** Of a photo that is done or was cancelled. */
  inPart: (tiles: Tiles): string =>
    `${results.inPart(tiles)}. What lies in the others was looked at in one view of the whole photo only: small defects there can’t have been seen.`,
  /** The same, where it would be looked at in another way now. */
  inPartOtherwise: (tiles: Tiles): string =>
    `${results.inPart(tiles)}, and in another way than it is set now. That is its result until you inspect it again.`,
  limitedBy: {
    time: 'Tiles would take more than a minute, so Auto looked at this photo in one view.',
    memory:
      'There was not enough memory for all tiles. Close other tabs or programs, or inspect a smaller area.',
    failure:
      'Tiles of this photo failed more than once. Inspect it again, or a smaller area; with Fast it needs no tiles.',
    views:
      'This photo is so large for the model that its tiles are coarser than was set. Inspect a smaller area.',
  },
  inspectTiles: 'Inspect it in tiles',
  inspectAgain: 'Inspect it again',
  inspectArea: 'Inspect an area',
  otherwise: 'This photo was looked at in another way than it is set now.',
  area: 'Area inspected',
  /** `400 × 300 px at 120, 80`. */
  areaIs: ([x, y, width, height]: readonly [number, number, number, number]): string =>
    `${size({ width, height })} at ${fixed(x, 0)}, ${fixed(y, 0)}`,
  views: 'Views',
  /** `24 of 24 tiles, scale 1.00`. */
  viewsAre: ({ tiles, planned, scale }: Tiles & { readonly scale: number }): string =>
    `${planned === 1 ? 'one' : results.ofTiles({ tiles, planned })}, scale ${fixed(scale, 2)}`,

  classes: 'Classes shown',
  hideClass: (name: string): string => `Hide ${name}`,
  showClass: (name: string): string => `Show ${name}`,

  /** `Done in 1.2 s on 4 threads`. */
  done: ({ milliseconds, threads }: Run): string =>
    `Done in ${duration(milliseconds)} on ${count(threads, 'thread')}`,
  /** `5.6 s so far on 2 threads`. */
  doneSoFar: ({ milliseconds, threads }: Run): string =>
    `${duration(milliseconds)} so far on ${count(threads, 'thread')}`,
  decode: 'Decode the photo',
  resample: 'Scale it for the network',
  infer: 'Run the network',
  post: 'Trace the outlines',
  seen: 'What can be seen',
  input: 'Network input',
  runtime: 'Runtime',
  /** `wasm, 4 threads`. */
  runtimeIs: ({ provider, threads }: { readonly provider: string; readonly threads: number }): string =>
    `${provider}, ${count(threads, 'thread')}`,
  model: 'Model',
  modelIs: ({ name, version }: { readonly name: string; readonly version: string }): string =>
    `${name} ${version}`,
  novelty: 'Distance to the training data',
  /** @param distance 0..1 */
  noveltyIs: (distance: number): string => `${score(distance)} of 1`,
  modelHash: 'SHA-256 of the model',
  photoHash: 'SHA-256 of the photo',
};
