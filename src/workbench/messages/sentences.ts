/** What the interface says about results: plain words, one place. */
import type { Detection, Inspection, ModelInfo, Progress } from '../../core/types.js';

/** Network input pixels below which nothing is recognised. */
const SMALLEST_SEEN = 8;

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** Milliseconds up to a second, then seconds. */
export function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** `25 s left`, `3 min left`, of milliseconds; no more exact than it can be known. */
export function timeLeftSentence(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 5000)) * 5;
  return seconds < 90 ? `${seconds} s left` : `${Math.round(seconds / 60)} min left`;
}

/** At which size the network saw the photo, and what it therefore can't have seen. */
export function resolutionSentence({ image, input }: Inspection): string {
  const width = Math.round(image.width * input.scale);
  const height = Math.round(image.height * input.scale);
  const limit = Math.max(1, Math.round(SMALLEST_SEEN / input.scale));
  const seen =
    input.tiles > 1 ? `in ${input.tiles} tiles at ${width} × ${height}` : `at ${width} × ${height}`;
  return `${image.width} × ${image.height} px seen ${seen}: defects under about ${limit} px can’t be seen`;
}

export function domainSentence({ domain }: ModelInfo): string {
  return domain
    ? `Trained on ${domain}. On other surfaces it may be wrong.`
    : 'This model doesn’t say what it was trained on. Check it on known parts first.';
}

export function foreignSentence({ domain }: ModelInfo): string {
  const known = domain ? ` (${domain})` : '';
  return `This photo does not look like what the model was trained on${known}. What it finds or misses here means little.`;
}

/** `2 of 7 defects`, without ever sounding like a verdict. */
export function foundSentence(visible: readonly Detection[]): string {
  return visible.length > 0 ? plural(visible.length, 'defect') : 'Nothing found above the threshold';
}

/** `pitting 3, crack 1`, the most frequent first. */
export function classCounts(detections: readonly Detection[]): string {
  const counts = new Map<string, number>();
  for (const { className } of detections) counts.set(className, (counts.get(className) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

export function threadsSentence({ threads }: Inspection['runtime'], isIsolated: boolean): string {
  if (threads > 1) return `${threads} threads`;
  return isIsolated ? '1 thread' : '1 thread: page is not isolated';
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);

/** `4.6 MB`, `1.2 GB`. */
export const fileSize = (bytes: number): string =>
  bytes < 1e9 ? `${megabytes(bytes)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;

export interface LoadingView {
  readonly text: string;
  /** 0..1, once a total is known. */
  readonly fraction?: number;
}

/** The model and the runtime come at the same time: the text speaks of one, the bar of both. */
export class LoadingProgress {
  private readonly parts = new Map<'runtime' | 'model', { loaded: number; total: number }>();
  private isStarting = false;

  add(progress: Progress): void {
    if (progress.phase === 'model' || progress.phase === 'runtime') this.parts.set(progress.phase, progress);
    if (progress.phase === 'starting') this.isStarting = true;
  }

  get view(): LoadingView {
    if (this.isStarting) return { text: 'Starting the model', fraction: 1 };
    const open = (['model', 'runtime'] as const).find((part) => {
      const { loaded, total } = this.parts.get(part) ?? { loaded: 0, total: 0 };
      return total > 0 && loaded < total;
    });
    if (!open) return { text: 'Loading model' };
    const { loaded, total } = this.parts.get(open)!;
    let sum = 0;
    let all = 0;
    for (const part of this.parts.values()) {
      sum += part.loaded;
      all += part.total;
    }
    return { text: `Loading ${open} ${megabytes(loaded)} of ${megabytes(total)} MB`, fraction: sum / all };
  }
}
