import { expect, test } from 'vitest';
import { findOutside } from '../../../src/components/viewer/outside.js';
import type { Box } from '../../../src/core/types.js';

const pane = { width: 100, height: 80 };
const boxes = (...all: Box[]) => all.map((box, i) => ({ id: i + 1, box }));

test('what has no part in the pane is outside, the nearest first', () => {
  const detections = boxes([10, 10, 20, 20], [0, 0, 4, 4], [60, 10, 5, 5], [80, 10, 5, 5], [10, 60, 5, 5]);
  expect(findOutside(detections, { scale: 1, x: 0, y: 0 }, pane)).toEqual({
    left: [],
    up: [],
    down: [],
    right: [],
  });
  // Twice as large, and moved to the left and up by 10.
  expect(findOutside(detections, { scale: 2, x: -10, y: -10 }, pane)).toEqual({
    left: [2],
    up: [],
    down: [5],
    right: [3, 4],
  });
});

test('a corner in view is in view', () => {
  expect(findOutside(boxes([99, 79, 50, 50]), { scale: 1, x: 0, y: 0 }, pane).right).toEqual([]);
  expect(findOutside(boxes([100, 79, 50, 50]), { scale: 1, x: 0, y: 0 }, pane).right).toEqual([1]);
});
