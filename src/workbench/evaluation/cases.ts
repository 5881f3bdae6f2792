import type { Case } from '../../core/evaluation/confusion.js';

/** Cases to look at: what they are, and whose. */
export interface CaseList {
  readonly title: string;
  /** Place of the model. */
  readonly place: number;
  readonly cases: readonly Case[];
}
