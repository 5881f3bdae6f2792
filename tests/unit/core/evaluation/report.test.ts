import { describe, expect, it } from 'vitest';
import { applyThresholds, measurePrecision } from '../../../../src/core/evaluation/figures.js';
import { mapClasses } from '../../../../src/core/evaluation/class-mapping.js';
import {
  quantile,
  toReportCsv,
  toReportJson,
  type ReportInput,
} from '../../../../src/core/evaluation/report.js';
import { CLASSES, image, MODEL } from './helpers.js';

const IMAGES = [
  image(
    [[1], [2]],
    [
      [1, 0.9, [0.8]],
      [1, 0.4, [0, 0.7]],
    ],
  ),
  image([], [[1, 0.7]]),
];

function input(): ReportInput {
  const precision = measurePrecision(IMAGES, CLASSES);
  const outcome = applyThresholds(IMAGES, MODEL, { threshold: 0.3 }, false);
  return {
    dataset: { name: 'line "2", June', format: 'YOLO', images: 3, evaluated: 2, problems: [] },
    mapping: { Pitting: 'pitting', dirt: null },
    isAnyDefect: false,
    areCrowdsDefects: false,
    costRatio: 20,
    date: '2026-01-02T03:04:05.000Z',
    runs: [
      {
        model: { name: 'surface', version: '1.0.0', hash: 'ab'.repeat(32) },
        detail: 'thorough',
        precision,
        outcome,
        thresholdOf: () => 0.3,
        times: [10, 30],
      },
    ],
  };
}

describe('the report', () => {
  it('holds the figures and what they are made of', () => {
    const report = JSON.parse(toReportJson(input()));
    expect(report).toMatchObject({
      format: 'defect-inspector-evaluation',
      version: 1,
      dataset: { evaluated: 2 },
      mapping: { Pitting: 'pitting', dirt: null },
      costRatio: 20,
      classes: 'separate',
    });
    const [run] = report.runs;
    expect(run.model).toEqual({ name: 'surface', version: '1.0.0', sha256: 'ab'.repeat(32) });
    expect(run.detail).toBe('thorough');
    expect(run.AP50).toBeCloseTo(0.5);
    expect(run.parts).toMatchObject({
      escapeRate: { value: 0, count: 0, of: 1 },
      overkillRate: { value: 1, count: 1, of: 1 },
      falseAlarmsOnGoodParts: 1,
    });
    expect(run.speed).toEqual({ images: 2, medianMs: 10, p95Ms: 30 });
    expect(run.perClass[0]).toMatchObject({
      class: 'pitting',
      truths: 1,
      found: 1,
      falseAlarms: 1,
      mistaken: 1,
      isFew: true,
      AP50: 1,
      threshold: 0.3,
      recall: { value: 1, count: 1, of: 1 },
      precision: { value: 0.333333, count: 1, of: 3 },
    });
    expect(run.perClass[0].curve).toHaveLength(3);
    expect(run.perClass[1]).toMatchObject({ class: 'crack', confused: 1, missed: 0, bestByF1: null });
    expect(run.confusion).toContainEqual({ predicted: 'pitting', actual: null, count: 1 });
    expect(run.confusion).toContainEqual({ predicted: 'pitting', actual: 'crack', count: 1 });
  });

  it('has one row per class, and one of all', () => {
    const rows = toReportCsv(input()).trimEnd().split('\r\n');
    expect(rows).toHaveLength(4);
    const titles = rows[0]!.split(',');
    expect(rows[1]).toContain('"line ""2"", June"');
    const cells = rows[3]!.replace(/"(?:[^"]|"")*"/, 'dataset').split(',');
    expect(cells).toHaveLength(titles.length);
    const cell = (title: string) => cells[titles.indexOf(title)];
    expect([cell('class'), cell('truths'), cell('found'), cell('confused'), cell('false_alarms')]).toEqual([
      '*',
      '2',
      '1',
      '1',
      '1',
    ]);
    expect(cell('recall')).toBe('0.5');
    expect(cell('few_examples')).toBe('true');
  });

  it('holds no name that a spreadsheet would run', () => {
    const named = { ...input(), dataset: { ...input().dataset, name: 'x;=1+1' } };
    expect(toReportCsv(named)).toContain(",x;'=1+1,");
    expect(toReportCsv(named, 'semicolon')).toContain(`;"x;'=1+1";`);
  });
});

describe('quantile', () => {
  it('is a value that occurred', () => {
    const values = [5, 1, 4, 2, 3];
    expect([0.5, 0.95, 0, 1].map((share) => quantile(values, share))).toEqual([3, 5, 1, 5]);
    expect(quantile([], 0.5)).toBeNaN();
  });
});

describe('mapClasses', () => {
  it('goes by name, whatever its spelling', () => {
    const classes = [
      { id: 1, name: 'surface crack' },
      { id: 2, name: 'Pitting' },
    ];
    expect([...mapClasses(['Surface_Crack', 'pitting', 'dirt'], classes)]).toEqual([
      ['Surface_Crack', 1],
      ['pitting', 2],
      ['dirt', 'other'],
    ]);
  });
});
