/**
 * In which of three ways predictions are laid out, told by whether channels and names add up:
 * - `raw`, as they leave the network: [1, 4 + classes + coefficients, places], boxes as centre and size;
 * - `end-to-end`: [1, detections, 6 + coefficients], corners, score and class;
 * - `objectness`, as YOLOv5 exports: [1, places, 5 + classes + coefficients], boxes as centre and size, and a score that is
 *   to be multiplied with each class's.
 * Either way boxes are in pixels of the input. https://docs.ultralytics.com/modes/export/
 */
export type Layout = 'raw' | 'end-to-end' | 'objectness';

/** A dimension that the file leaves open is a name or ''. */
type Dimension = number | string | undefined;

/**
 * The layouts that fit, the likeliest first; none where the numbers don't add up.
 * @param dims of the predictions
 * @param channels mask coefficients per detection
 * @param classCount how many classes the file names, if it does
 */
export function possibleLayouts(
  dims: readonly (number | string)[],
  channels: Dimension,
  classCount: number | undefined,
): readonly Layout[] {
  const [, second, third] = dims;
  const fits = (size: Dimension, fixed: number, counted: boolean) => {
    if (typeof size !== 'number' || typeof channels !== 'number') return true;
    const rest = size - fixed - channels;
    if (!counted) return rest === 0;
    return classCount === undefined ? rest >= 1 : rest === classCount;
  };
  const layouts: Layout[] = [];
  if (fits(third, 6, false)) layouts.push('end-to-end');
  if (fits(second, 4, true)) layouts.push('raw');
  if (fits(third, 5, true)) layouts.push('objectness');
  if (classCount !== undefined || typeof second !== 'number' || typeof third !== 'number') return layouts;
  // Without names either side may hold the classes: there are always fewer rows for a place than places.
  const unlikely: Layout = second < third ? 'objectness' : 'raw';
  return layouts.filter((layout) => layout !== unlikely);
}

/** How many classes predictions of that layout tell apart; undefined where only their values say. */
export function classCountOf(
  layout: Layout,
  dims: readonly (number | string)[],
  channels: Dimension,
): number | undefined {
  const [, second, third] = dims;
  if (typeof channels !== 'number' || layout === 'end-to-end') return undefined;
  if (layout === 'raw') return typeof second === 'number' ? second - 4 - channels : undefined;
  return typeof third === 'number' ? third - 5 - channels : undefined;
}
