import type { Inspection } from '../core/types.js';

/** What a photo's pixels and a model determine: all but the name and the id. */
export type CachedResult = Omit<Inspection, 'id'>;

/** Results of photos seen before, in memory; the ones not asked for the longest go first. */
export class ResultCache {
  private readonly entries = new Map<string, CachedResult>();
  private readonly maxBytes: number;
  private bytes = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  get(key: string): CachedResult | undefined {
    const result = this.entries.get(key);
    if (!result) return undefined;
    // A Map remembers the order of insertion.
    this.entries.delete(key);
    this.entries.set(key, result);
    return result;
  }

  set(key: string, result: CachedResult): void {
    const former = this.entries.get(key);
    if (former) this.bytes -= sizeOf(former);
    this.entries.delete(key);
    this.entries.set(key, result);
    this.bytes += sizeOf(result);
    for (const [oldKey, old] of this.entries) {
      if (this.bytes <= this.maxBytes) break;
      this.entries.delete(oldKey);
      this.bytes -= sizeOf(old);
    }
  }
}

/** Bytes, about. */
function sizeOf({ detections, map }: CachedResult): number {
  return detections.reduce(
    (sum, { mask, contours }) =>
      sum + 256 + mask.counts.byteLength + contours.reduce((length, ring) => length + ring.byteLength, 0),
    1024 + (map?.data.byteLength ?? 0),
  );
}
