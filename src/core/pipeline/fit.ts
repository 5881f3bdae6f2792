import type { Size } from '../rect.js';
import type { InputRule } from '../types.js';

/** How one photo becomes network input. */
export interface InputFit {
  /** Network input pixels per photo pixel; boxes found by the network are divided by it. */
  readonly scale: number;
  /** Size of the resized photo. */
  readonly width: number;
  readonly height: number;
  /** Size of the network input: the resized photo, padded on the right and at the bottom. */
  readonly paddedWidth: number;
  readonly paddedHeight: number;
}

/**
 * The input rule: the short side becomes `shortSide` unless that makes the long side longer than `longSide`
 * or enlarges the photo more than `maxUpscale`; padded to multiples of `stride`. Where the rule has a `size`, the photo
 * becomes as large as fits into that instead, and is padded to it. Halves round up, and no side
 * becomes shorter than one pixel. Training and evaluation use the same rule.
 *
 * @throws {RangeError} when the photo has no pixels.
 */
export function fitInput(width: number, height: number, rule: InputRule): InputFit {
  if (!(width >= 1 && height >= 1)) throw new RangeError(`No photo measures ${width} x ${height} pixels.`);
  const { size } = rule;
  const scale = Math.min(
    ...(size
      ? [size.width / width, size.height / height]
      : [ownScale({ width, height }, rule), rule.longSide / Math.max(width, height)]),
  );
  return fitAt(scale, width, height, rule);
}

/** The scale that the rule gives a photo, however long it becomes. */
export const ownScale = (
  { width, height }: Size,
  { scale, shortSide, maxUpscale }: Pick<InputRule, 'scale' | 'shortSide' | 'maxUpscale'>,
): number => scale ?? Math.min(maxUpscale, shortSide / Math.min(width, height));

/** The same at a scale that is given: of the rule, only the padding counts. */
export function fitAt(scale: number, width: number, height: number, { size, stride }: InputRule): InputFit {
  const scaled = (side: number) => Math.max(1, Math.round(side * scale));
  const padded = (side: number) => Math.ceil(side / stride) * stride;
  const fit = { width: scaled(width), height: scaled(height) };
  return {
    scale,
    ...fit,
    paddedWidth: size?.width ?? padded(fit.width),
    paddedHeight: size?.height ?? padded(fit.height),
  };
}
