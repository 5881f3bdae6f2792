/**
 * The public face. Importing it registers `<defect-inspector>`; on a server, where there are no elements, the import
 * does nothing.
 */
import { DefectInspectorElement } from './components/defect-inspector/defect-inspector.component.js';
import { define } from './components/shared/define.js';
import { usePictureWorker } from './components/shared/picture-worker.js';
import { locateAssets } from './detector/assets.js';
import { createDetector } from './detector/create-detector.js';
import { teach } from './detector/create-teacher.js';
import { connectPictures } from './detector/photo/connect-pictures.js';
import type { TeachOptions } from './detector/teach.js';
import { openModelCache } from './model/cache.js';
import { readCatalogue } from './model/catalogue.js';
import { openCustomModels } from './model/custom-models.js';
import { connectEvaluator } from './workbench/evaluation/connect-evaluator.js';

// Before elements that wait in the page come to life; they may load their model at once.
DefectInspectorElement.detectorFactory = createDetector;
DefectInspectorElement.connectEvaluator = () => connectEvaluator(locateAssets().evaluator);
DefectInspectorElement.teacher = (lesson, options) => teach(lesson, options as TeachOptions);
usePictureWorker(() => connectPictures(locateAssets().pictures));
DefectInspectorElement.modelShelf = {
  catalogue: async () => readCatalogue(locateAssets().catalogue, await openModelCache()),
  openStore: openCustomModels,
};
// On a server there are no elements, and a page may load this module twice, from two places.
define('defect-inspector', DefectInspectorElement);

declare global {
  interface HTMLElementTagNameMap {
    'defect-inspector': DefectInspectorElement;
  }
}

export { createDetector, DefectInspectorElement, teach };
export { annotate } from './components/viewer/annotate.js';
export type { AnnotateOptions } from './components/viewer/annotate.js';
export type {
  DefectInspectorEvents,
  ElementInspectOptions,
} from './components/defect-inspector/defect-inspector.component.js';
export { InspectorError } from './core/errors.js';
export type { ErrorCode } from './core/errors.js';
export type { ArgsOf, CommandId, Commands } from './workbench/commands/commands.js';
export { toCoco } from './core/export/coco.js';
export { toCsv } from './core/export/csv.js';
export { toJson } from './core/export/json.js';
export { rasterize } from './core/regions/region.js';
export type { Detail } from './core/pipeline/detail.js';
export type {
  Box,
  Detection,
  Inspection,
  ModelClass,
  ModelHints,
  ModelInfo,
  Progress,
  Region,
  Threshold,
} from './core/types.js';
export type { Lesson, Taught, TeachOptions } from './detector/teach.js';
export type { TeachFigures } from './core/teach/learnt.js';
export type {
  Detector,
  DetectorFactory,
  DetectorOptions,
  Estimate,
  ImageInput,
  InspectOptions,
} from './detector/types.js';
