/** Pure functions on what detectors give: files of results, masks and their measures, evaluation. They need neither page nor worker. */
export { InspectorError } from './core/errors.js';
export type { ErrorCode, ErrorData } from './core/errors.js';
export type {
  Box,
  Detection,
  Inspection,
  ModelClass,
  ModelInfo,
  Progress,
  Region,
  Threshold,
} from './core/types.js';

// Files
export { toCoco } from './core/export/coco.js';
export { toCsv } from './core/export/csv.js';
export { toJson } from './core/export/json.js';

// What is reported
export { assess } from './core/recipe/assess.js';
export type { Assessable, Assessment } from './core/recipe/assess.js';
export { thresholdFor } from './core/recipe/threshold.js';
export type { ClassThresholds, OwnThresholds, Recipe } from './core/recipe/recipe.js';

// Masks
export { rasterize, regionArea, regionBox, regionFromRle, regionToRle } from './core/regions/region.js';
export { subtractRegion, uniteRegions } from './core/regions/region-sets.js';
export { componentsOf } from './core/regions/components.js';
export { polygonRegion, rectangleRegion, strokeRegion } from './core/regions/drawn.js';
export { ringArea, ringContains, ringLength } from './core/regions/contour.js';
export { decodeRle, encodeRle, rleArea, rleFromString, rleIou, rleToString } from './core/regions/rle.js';
export type { Rle } from './core/regions/rle.js';

// Evaluation
export { comparePhoto } from './core/evaluation/photo.js';
export { applyThresholds, classesOf, measurePrecision, viewed } from './core/evaluation/figures.js';
export type { ClassFigures, EvaluatedClass, Outcome, Precision } from './core/evaluation/figures.js';
export type { ComparedImage } from './core/evaluation/compared-image.js';
