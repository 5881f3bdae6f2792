import { MAX_PHOTO_DETECTIONS } from '../types.js';
import type { Found, SeenView } from './found.js';

/**
 * What the views of a photo have found, as one: by falling score, at most `MAX_PHOTO_DETECTIONS`.
 * @returns also whether there may be more
 */
export function mergeViews(
  seen: readonly SeenView[],
  _photo: { readonly width: number; readonly height: number },
): { readonly found: readonly Found[]; readonly isTruncated: boolean } {
  const [first, ...others] = seen;
  if (first && others.length === 0) return { found: first.found, isTruncated: first.isCapped };
  const all = seen.flatMap(({ found }) => found).sort((a, b) => b.score - a.score);
  return {
    found: all.slice(0, MAX_PHOTO_DETECTIONS),
    isTruncated: all.length > MAX_PHOTO_DETECTIONS || seen.some(({ isCapped }) => isCapped),
  };
}
