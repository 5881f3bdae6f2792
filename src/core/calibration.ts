/** Scores that mean something: of the regions scored 0.8, about 80 % are on a mark. */
import { boundedLogit, sigmoid } from './logit.js';

/** A score's logit becomes `slope` times it plus `offset`. The slope is above 0, so that the order stays. */
export interface Calibration {
  readonly slope: number;
  readonly offset: number;
}

/** @param score 0..1 */
export const calibrate = (score: number, { slope, offset }: Calibration): number =>
  sigmoid(slope * boundedLogit(score) + offset);
