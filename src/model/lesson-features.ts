import type { FeaturesDesign } from './onnx/features.js';

/**
 * What the numbers of the shipped model's levels differ by, by stride (training/teach/features.py measures it on photos of parts): each
 * level is divided by its spread, so that all have their say.
 */
const SPREADS = { 4: 5.8, 8: 5.9, 16: 5.8 };

const LEVELS = {
  cell: 8,
  levels: Object.entries(SPREADS).map(([stride, spread]) => ({ stride: Number(stride), spread: [spread] })),
};

/** How photos are described, by what is known of them; measured in training/TEACHING.md. */
export const LESSON_FEATURES = {
  marked: { ...LEVELS, neighbourhood: 5 },
  // Twice the numbers would take twice the time to compare, and find no better.
  good: { ...LEVELS, neighbourhood: 1 },
} as const satisfies Readonly<Record<string, FeaturesDesign>>;

export type LessonKind = keyof typeof LESSON_FEATURES;
