/** Detectors without any view: photos in, inspections out, and models of one's own taught. */
export { createDetector } from './detector/create-detector.js';
export { teach } from './detector/create-teacher.js';
export { InspectorError } from './core/errors.js';
export type { ErrorCode } from './core/errors.js';
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
export type { TeachFigures } from './core/teach/learnt.js';
export type { Lesson, Taught, TeachOptions } from './detector/teach.js';
export type {
  Detector,
  DetectorFactory,
  DetectorOptions,
  EstimatingDetector,
  Estimate,
  ImageInput,
  InspectOptions,
} from './detector/types.js';
