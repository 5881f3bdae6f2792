import { expect, test } from 'vitest';
import { areaOf } from '../../../src/components/evaluation/case-painter.js';
import type { PhotoOutlines } from '../../../src/workbench/evaluation/evaluator-api.js';
import type { Box } from '../../../src/core/types.js';

const outlines = (truth: Box, ...found: readonly Box[]): PhotoOutlines => ({
  width: 1540,
  height: 640,
  truths: [{ box: truth, lines: new Float32Array() }],
  detections: found.map((box, detection) => ({ detection, classId: 1, isReported: false, box, rings: [] })),
});

test('a small defect is seen from close by, in the shape of what it is painted on', () => {
  const small = outlines([700, 300, 9, 9]);
  const area = areaOf(small, { image: 0, truth: 0, overlap: 0 }, 2);
  expect(area.width / area.height).toBeCloseTo(2);
  expect(area.height).toBeLessThan(80);
  expect(area.x + area.width / 2).toBeCloseTo(704.5);
  const tall = areaOf(small, { image: 0, truth: 0, overlap: 0 }, 0.5);
  expect(tall.width / tall.height).toBeCloseTo(0.5);
});

test('the area stays within the photo, and holds what is said to lie beside the defect', () => {
  const one = outlines([0, 0, 10, 10], [100, 40, 20, 20]);
  const near = { detection: 0, classId: 1, score: 0.1 };
  const area = areaOf(one, { image: 0, truth: 0, overlap: 0.1, near }, 1.5);
  expect([area.x, area.y]).toEqual([0, 0]);
  expect(area.x + area.width).toBeGreaterThan(120);
  expect(area.y + area.height).toBeGreaterThan(60);
});
