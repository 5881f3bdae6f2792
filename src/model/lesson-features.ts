import type { FeaturesDesign } from './onnx/features.js';

/** How photos are described before it is known how large each level's numbers are. */
export const LESSON_FEATURES: FeaturesDesign = {
  cell: 8,
  levels: [4, 8, 16].map((stride) => ({ stride, spread: [1] })),
  neighbourhood: 1,
};
