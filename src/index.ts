/**
 * The public face. Importing it registers `<defect-inspector>`; on a server, where there are no elements, the import
 * does nothing.
 */
import { define } from './components/shared/define.js';
import { DefectInspectorElement } from './element.js';

// On a server there are no elements, and a page may load this module twice, from two places.
define('defect-inspector', DefectInspectorElement);

declare global {
  interface HTMLElementTagNameMap {
    'defect-inspector': DefectInspectorElement;
  }
}

export * from './element.js';
export * from './detector.js';
export { annotate } from './components/viewer/annotate.js';
export type { AnnotateOptions } from './components/viewer/annotate.js';
export { toCoco } from './core/export/coco.js';
export { toCsv } from './core/export/csv.js';
export { toJson } from './core/export/json.js';
export { thresholdFor } from './core/recipe/threshold.js';
export { rasterize } from './core/regions/region.js';
