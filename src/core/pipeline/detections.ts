import { modelNames } from '../../messages/model-names.js';
import { regionArea, regionBox } from '../regions/region.js';
import type { Detection, ModelClass } from '../types.js';
import type { Found } from './found.js';

/** What was found in a photo as its detections, numbered in the order given. @param found by falling score, in photo pixels */
export function toDetections(
  found: readonly Found[],
  classes: readonly Pick<ModelClass, 'id' | 'name'>[],
): readonly Detection[] {
  const names = new Map(classes.map(({ id, name }) => [id, name]));
  return found.map(({ classId, score, box, region, contours }, i) => ({
    id: i + 1,
    classId,
    // Only a file that names no class at all has others than these.
    className: names.get(classId) ?? modelNames.numberedClass({ number: classId }),
    score,
    box: regionBox(region),
    ...(box && { networkBox: box }),
    mask: region,
    contours,
    area: regionArea(region),
  }));
}
