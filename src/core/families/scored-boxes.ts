import { SCORE_FLOOR, type Box, type ModelMetadata } from '../types.js';
import type { Candidate, ViewSize } from './family.js';
import { gridShape } from './grid-shape.js';
import {
  checkCount,
  checkRows,
  checkedBox,
  checkedLabel,
  checkedProbabilities,
  checkedScore,
} from './output.js';

/** What detection heads give side by side: for each detection a score, a label and a box in input pixels. */
export interface ScoredBoxes {
  readonly scores: Float32Array;
  readonly labels: Int32Array | BigInt64Array;
  /** x1, y1, x2, y2 of each. */
  readonly boxes: Float32Array;
}

/** The mask of a detection as a grid over its box, of `size` x `size` probabilities. */
export type GridOf = (index: number, box: Box) => { readonly size: number; readonly data: Float32Array };

/**
 * The detections at or above the model's floor as candidates. Rows below it may be padding and hold anything but a score.
 * @throws {InspectorError} 'model-unsupported' where the numbers can't be
 */
export function readScoredBoxes(
  { scores, labels, boxes }: ScoredBoxes,
  gridOf: GridOf,
  view: ViewSize,
  { classes, scoreFloor = SCORE_FLOOR }: ModelMetadata,
): Candidate[] {
  checkRows(scores.length);
  checkCount('labels', labels.length, scores.length);
  checkCount('boxes', boxes.length / 4, scores.length);
  const candidates: Candidate[] = [];
  for (const [i, raw] of scores.entries()) {
    const score = checkedScore(raw);
    if (score < scoreFloor) continue;
    const classId = checkedLabel(Number(labels[i]), classes);
    const box = checkedBox(boxes.subarray(i * 4, i * 4 + 4), view);
    if (!box) continue;
    const shape = () => {
      const { size, data } = gridOf(i, box);
      return gridShape({ box, size, data: checkedProbabilities('mask', data) }, view);
    };
    candidates.push({ classId, score, box, shape });
  }
  return candidates;
}
