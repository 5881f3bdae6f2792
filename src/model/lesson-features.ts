import type { FeaturesDesign } from './onnx/features.js';

/**
 * What the numbers of the shipped model's levels differ by, by stride (training/teach/features.py measures it on photos of parts): each
 * level is divided by its spread, so that all have their say.
 */
const SPREADS = { 4: 5.8, 8: 5.9, 16: 5.8 };

const CELL = 8;

const levels = (...strides: readonly (keyof typeof SPREADS)[]): FeaturesDesign['levels'] =>
  strides.map((stride) => ({ stride, spread: [SPREADS[stride]] }));

/** How photos are described, by what is known of them; measured in training/TEACHING.md. */
export const LESSON_FEATURES = {
  marked: { cell: CELL, levels: levels(4, 8, 16), smoothing: 1, neighbourhood: 5 },
  good: { cell: CELL, levels: levels(8, 16), smoothing: 3, neighbourhood: 1 },
} as const satisfies Readonly<Record<string, FeaturesDesign>>;

export type LessonKind = keyof typeof LESSON_FEATURES;
