/** YOLO's keypoints: a box and points in it, with as many numbers as corners of an outline may have. */

/** Of the lines, some may have a point outside of its box. */
const SHARE = 0.9;
/** Of boxes with a single point each, a large one may look like a triangle. */
const SINGLE_SHARE = 0.5;
/** How much longer than its shortest side the others of such a triangle are. */
const SLIVER = 3;
/** Points fill more of their box than corners fill of what would be their box by chance. */
const SPREAD = 0.3;
/** How far beyond its box a point may lie, in widths and heights of the box. */
const MARGIN = 0.05;

/**
 * Whether lines hold a box and keypoints each, as far as their numbers tell: all have as many, and the first four are a box
 * that the others lie in, with or without a number from 0 to 2 of how each is seen.
 *
 * @param lines of all labels, without the class
 */
export function looksLikePose(lines: readonly (readonly number[])[]): boolean {
  const count = lines[0]?.length ?? 0;
  if (lines.some(({ length }) => length !== count)) return false;
  if (count === 6) return lines.filter(isSinglePoint).length >= SINGLE_SHARE * lines.length;
  return [2, 3].some((step) => {
    if (count < 4 + 2 * step || (count - 4) % step !== 0) return false;
    return lines.filter((line) => isPose(line, step)).length >= SHARE * lines.length;
  });
}

function isPose(numbers: readonly number[], step: number): boolean {
  const [x, y, width, height] = numbers as [number, number, number, number];
  if (!(width > 0 && width <= 1 && height > 0 && height <= 1)) return false;
  const across: number[] = [];
  const down: number[] = [];
  for (let i = 4; i < numbers.length; i += step) {
    if (step === 3 && ![0, 1, 2].includes(numbers[i + 2]!)) return false;
    // What is not seen lies at 0, 0.
    if (numbers[i] === 0 && numbers[i + 1] === 0) continue;
    across.push((numbers[i]! - x) / width);
    down.push((numbers[i + 1]! - y) / height);
  }
  const isInside = [...across, ...down].every((value) => Math.abs(value) <= 0.5 + MARGIN);
  return isInside && Math.max(spread(across), spread(down)) >= SPREAD;
}

/**
 * Whether three pairs are the centre of a box, its size and a point in it, and a sliver as corners: the size lies far from
 * the other two, which are places next to each other.
 */
function isSinglePoint(numbers: readonly number[]): boolean {
  const [x, y, width, height, across, down] = numbers as [number, number, number, number, number, number];
  const isBox =
    Math.abs(x - 0.5) + width / 2 <= 0.5 + MARGIN && Math.abs(y - 0.5) + height / 2 <= 0.5 + MARGIN;
  if (!isBox || Math.abs(across - x) > width / 2 || Math.abs(down - y) > height / 2) return false;
  const near = Math.hypot(across - x, down - y);
  return (
    Math.min(Math.hypot(width - x, height - y), Math.hypot(width - across, height - down)) > SLIVER * near
  );
}

const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
