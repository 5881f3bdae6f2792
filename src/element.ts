/** The element's class with all that it needs, for whoever registers it under a name of their own. */
import { DefectInspectorElement } from './components/defect-inspector/defect-inspector.component.js';
import { usePictureWorker } from './components/shared/picture-worker.js';
import { locateAssets } from './detector/assets.js';
import { createDetector } from './detector/create-detector.js';
import { teach } from './detector/create-teacher.js';
import { connectPictures } from './detector/photo/connect-pictures.js';
import { openModelCache } from './model/cache.js';
import { readCatalogue } from './model/catalogue.js';
import { openCustomModels } from './model/custom-models.js';
import { connectEvaluator } from './workbench/evaluation/connect-evaluator.js';

// Before elements that wait in the page come to life; they may load their model at once.
DefectInspectorElement.detectorFactory = createDetector;
DefectInspectorElement.teacher = teach;
DefectInspectorElement.connectEvaluator = (assets) => connectEvaluator(locateAssets(assets).evaluator);
usePictureWorker((assets) => connectPictures(locateAssets(assets).pictures));
DefectInspectorElement.modelShelf = {
  catalogue: async (assets) => readCatalogue(locateAssets(assets).catalogue, await openModelCache()),
  openStore: openCustomModels,
};

export { DefectInspectorElement };
export type {
  DefectInspectorEvents,
  ElementInspectOptions,
} from './components/defect-inspector/defect-inspector.component.js';
export type { ArgsOf, CommandId, Commands } from './workbench/commands/commands.js';
