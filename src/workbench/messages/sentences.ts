/** Old names of texts, until nobody uses them: see src/messages/text.ts. */
import type { Detection, Inspection, ModelInfo } from '../../core/types.js';
import { count } from '../../messages/en/numbers.js';
import { text as models } from '../../messages/models-text.js';
import { text, write } from '../../messages/text.js';
import { classCounts as countClasses } from '../results/class-counts.js';
import { seenSize } from '../results/seen-size.js';

export const plural = count;
export const { duration, fileSize } = write;
export const timeLeftSentence = text.photos.timeLeft;
export const resolutionSentence = (inspection: Inspection): string =>
  text.results.resolution(seenSize(inspection));
export const domainSentence = (model: ModelInfo): string => models.domain(model);
export const foreignSentence = (model: ModelInfo): string => text.results.foreign(model);
export const foundSentence = (visible: readonly Detection[]): string => text.results.found(visible.length);
export const classCounts = (detections: readonly Detection[]): string =>
  text.results.classes(countClasses(detections));
export const threadsSentence = ({ threads }: Inspection['runtime'], isIsolated: boolean): string =>
  text.model.threads({ threads, isIsolated });
