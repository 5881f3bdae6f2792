import { modelNames } from '../../messages/model-names.js';
import type { Candidate } from '../families/family.js';
import { regionArea, regionBox } from '../regions/region.js';
import { MAX_DETECTIONS, type Detection, type ModelClass } from '../types.js';

/**
 * Candidates of a photo as detections: at most `MAX_DETECTIONS`, by falling score (ties in the order given); one without a
 * pixel in the photo is dropped.
 * @param candidates at or above the model's score floor, in photo pixels
 * @returns also whether the cap was hit
 */
export function toDetections(
  candidates: readonly Candidate[],
  classes: readonly Pick<ModelClass, 'id' | 'name'>[],
): { readonly detections: readonly Detection[]; readonly truncated: boolean } {
  const names = new Map(classes.map(({ id, name }) => [id, name]));
  const detections: Detection[] = [];
  for (const { classId, score, box, shape } of [...candidates].sort((a, b) => b.score - a.score)) {
    if (detections.length === MAX_DETECTIONS) return { detections, truncated: true };
    const found = shape();
    if (!found) continue;
    const { region, contours } = found;
    detections.push({
      id: detections.length + 1,
      classId,
      // Only a file that names no class at all has others than these.
      className: names.get(classId) ?? modelNames.numberedClass({ number: classId }),
      score,
      box: regionBox(region),
      ...(box && { networkBox: box }),
      mask: region,
      contours,
      area: regionArea(region),
    });
  }
  return { detections, truncated: false };
}
