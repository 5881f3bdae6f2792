/**
 * A closed ring `[x0, y0, x1, y1, ...]` with as few of its points as keep every left-out one within `tolerance` pixels
 * of the lines between those that stay (Ramer 1972, Douglas and Peucker 1973). At least three points stay.
 */
export function simplifyRing(ring: Float32Array, tolerance: number): Float32Array {
  const count = ring.length / 2;
  if (count <= 4) return ring;
  const keep = new Uint8Array(count);
  // A ring has no ends: it is cut at its first point and at the one farthest from it.
  const far = farthest(ring, 0, count, (i) => squaredDistance(ring, 0, i)).index;
  keep[0] = keep[far] = 1;
  for (const half of [
    [0, far],
    [far, count],
  ] as const) {
    keepCorners(ring, half[0], half[1], tolerance * tolerance, keep);
  }
  let kept = keep.reduce((sum, one) => sum + one, 0);
  if (kept < 3) {
    // Thinner than the tolerance: the point farthest from the line in between keeps it a ring.
    const third = farthest(ring, 0, count, (i) => (keep[i] ? -1 : squaredToSegment(ring, 0, far, i))).index;
    keep[third] = 1;
    kept = 3;
  }
  const simple = new Float32Array(2 * kept);
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (!keep[i]) continue;
    simple[at++] = ring[2 * i]!;
    simple[at++] = ring[2 * i + 1]!;
  }
  return simple;
}

/** Marks what must stay between the points `from` and `to`; `to` may be one past the last, which is the first again. */
function keepCorners(ring: Float32Array, from: number, to: number, limit: number, keep: Uint8Array): void {
  if (to - from < 2) return;
  const { index, value } = farthest(ring, from + 1, to, (i) => squaredToSegment(ring, from, to, i));
  if (value <= limit) return;
  keep[index] = 1;
  keepCorners(ring, from, index, limit, keep);
  keepCorners(ring, index, to, limit, keep);
}

function farthest(ring: Float32Array, from: number, to: number, distance: (index: number) => number) {
  let index = from;
  let value = -1;
  for (let i = from; i < to && i < ring.length / 2; i++) {
    const here = distance(i);
    if (here > value) [index, value] = [i, here];
  }
  return { index, value };
}

function squaredDistance(ring: Float32Array, a: number, b: number): number {
  return (ring[2 * a]! - ring[2 * b]!) ** 2 + (ring[2 * a + 1]! - ring[2 * b + 1]!) ** 2;
}

function squaredToSegment(ring: Float32Array, a: number, b: number, point: number): number {
  const end = b % (ring.length / 2);
  const [x0, y0] = [ring[2 * a]!, ring[2 * a + 1]!];
  const [dx, dy] = [ring[2 * end]! - x0, ring[2 * end + 1]! - y0];
  const [px, py] = [ring[2 * point]! - x0, ring[2 * point + 1]! - y0];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length));
  return (px - t * dx) ** 2 + (py - t * dy) ** 2;
}
