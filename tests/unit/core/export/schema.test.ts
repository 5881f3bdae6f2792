import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toJson } from '../../../../src/core/export/json.js';
import type { Inspection } from '../../../../src/core/types.js';
import { schemaErrors } from '../../../inspection-schema.js';
import { inspectionOf, RING } from '../helpers.js';

const PART = inspectionOf('part.png', [
  { classId: 1, score: 0.9, corners: [10.5, 20.25, 50, 60] },
  { classId: 2, score: 0.8, corners: [60, 10, 110, 60], mask: RING },
]);

/** Every field that an inspection may have. */
const FULL: Inspection = {
  ...PART,
  image: { ...PART.image, bits: 12, isIncomplete: true, isFirstOfSeveral: true },
  input: { ...PART.input, detail: 'thorough', area: [3, 4, 50, 60], limitedBy: 'memory' },
  model: {
    ...PART.model,
    domain: 'castings',
    license: 'MIT',
    classes: PART.model.classes.map((one) => ({ ...one, description: 'A crack.', color: '#d55e00' })),
  },
  lacksMasks: true,
  novelty: 1.2,
};

describe('the schema of exports as JSON', () => {
  it.each<[string, string]>([
    ['no photo', toJson([])],
    ['a photo', toJson([PART])],
    ['all that can be said', toJson([FULL])],
    ['one threshold', toJson([PART], { threshold: 0.5 })],
    ['own thresholds', toJson([PART], { threshold: { [PART.model.hash]: { 1: 0.3 } } })],
    ['what Python reads', readFileSync('tests/fixtures/exports/defects.json', 'utf8')],
  ])('allows %s', (_, file) => {
    expect(schemaErrors(file)).toEqual([]);
  });

  const changed = (change: (detection: Record<string, unknown>) => void): string => {
    const file = JSON.parse(toJson([PART])) as { inspections: { detections: Record<string, unknown>[] }[] };
    change(file.inspections[0]!.detections[0]!);
    return JSON.stringify(file);
  };

  it.each<[string, string, RegExp]>([
    ['another format', '{"format":"other","version":2,"threshold":"auto","inspections":[]}', /format/],
    ['a box of three numbers', changed((one) => (one['box'] = [1, 2, 3])), /box/],
    ['a box by corners beyond a pixel', changed((one) => (one['box'] = [1.5, 2, 3, 4])), /box\/0/],
    ['a score in per cent', changed((one) => (one['score'] = 90)), /score/],
    ['what it does not name', changed((one) => (one['verdict'] = 'fail')), /additional/],
  ])('refuses %s', (_, file, error) => {
    expect(schemaErrors(file).join('\n')).toMatch(error);
  });
});
