/**
 * The logit from which on cells belong to a mark, so that cells and marks have as much of their area in common as can be: the largest intersection over
 * union, on photos that were left out.
 *
 * @param logits of cells, in any order
 * @param marked per cell its marked area, and `areas`, all of its area
 * @returns half way between two cells; undefined where nothing is marked
 */
export function bestLevel(
  logits: Float64Array,
  marked: Float64Array,
  areas: Float64Array,
): number | undefined {
  const order = Uint32Array.from(logits.keys()).sort((a, b) => logits[b]! - logits[a]!);
  const total = marked.reduce((sum, area) => sum + area, 0);
  let [common, seen, best] = [0, 0, 0];
  let level: number | undefined;
  for (let i = 0; i < order.length; i++) {
    const cell = order[i]!;
    common += marked[cell]!;
    seen += areas[cell]!;
    const next = logits[order[i + 1] ?? cell]!;
    if (i + 1 < order.length && next === logits[cell]) continue;
    const iou = common / (seen + total - common);
    if (!(iou > best)) continue;
    best = iou;
    level = (logits[cell]! + next) / 2;
  }
  return level;
}
