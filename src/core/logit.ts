/** Between probabilities and their logits. */

/** Scores are kept this far from 0 and 1, where a logit has no end. */
const MARGIN = 1e-7;

/** 0..1, without overflow. */
export const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

export const logit = (p: number): number => Math.log(p / (1 - p));

/** The logit of a score, 0..1; never infinite. */
export const boundedLogit = (score: number): number => logit(Math.min(1 - MARGIN, Math.max(MARGIN, score)));
