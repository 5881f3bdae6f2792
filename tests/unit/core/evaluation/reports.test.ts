import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CocoDataset, CocoResult } from '../../../../src/core/evaluation/coco.js';
import { countReports, type Reports } from '../../../../src/core/evaluation/reports.js';
import { reportedOf } from './reported.js';

const { groundTruth, results, thresholds, expected } = JSON.parse(
  readFileSync('tests/fixtures/core/reports.json', 'utf8'),
) as {
  groundTruth: CocoDataset;
  results: CocoResult[];
  thresholds: Record<string, number>;
  expected: Reports;
};
const reported = reportedOf(results, thresholds);

test('reports are counted as Python counts them, those of another dataset’s classes as wrong', () => {
  expect(countReports(groundTruth, reported)).toEqual(expected);
  expect(expected.foreign).toBeGreaterThan(0);
  expect(expected.right).toBeGreaterThan(0);
});

test('without the other dataset’s classes just those are missing', () => {
  const own = reported.filter(({ category_id }) => category_id > 0);
  const { right, wrong, foreign } = expected;
  expect(countReports(groundTruth, own)).toEqual({ right, wrong: wrong - foreign, foreign: 0 });
});

test('of some images only', () => {
  const imageIds = groundTruth.images.map(({ id }) => id).slice(1);
  const some = countReports(groundTruth, reported, { imageIds });
  const rest = countReports(groundTruth, reported, { imageIds: [groundTruth.images[0]!.id] });
  expect(some.wrong + rest.wrong).toBe(expected.wrong);
  expect(some.right).toBeLessThanOrEqual(expected.right);
});
