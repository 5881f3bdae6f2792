import { describe, expect, test } from 'vitest';
import { usageToCsv, usageToJson } from '../../../../src/workbench/usage/usage-export.js';
import {
  byDay,
  dayOf,
  ofError,
  ofInspection,
  totals,
  type Usage,
} from '../../../../src/workbench/usage/usage.js';

const timing = { decode: 1.4, resample: 2, infer: 3, post: 4, total: 10.6 };
const PHOTO = ofInspection({ timing });
const USAGE: Usage = {
  earlier: { ...PHOTO, photos: 12, since: '2026-01-02', until: '2026-03-04', errors: { offline: 1 } },
  days: [
    { day: '2026-03-05', ...PHOTO },
    { day: '2026-03-06', ...ofError('corrupt-image') },
  ],
};

describe('usage', () => {
  test('is added up by day, in the order of the days', () => {
    const days = byDay([
      { day: '2026-03-06', ...PHOTO },
      { day: '2026-03-05', ...PHOTO },
      { day: '2026-03-06', ...ofError('offline') },
    ]);
    expect(days.map(({ day, photos, errors }) => [day, photos, errors])).toEqual([
      ['2026-03-05', 1, {}],
      ['2026-03-06', 1, { offline: 1 }],
    ]);
  });

  test('is added up as a whole', () => {
    const sum = totals(USAGE);
    expect(sum).toMatchObject({
      since: '2026-01-02',
      photos: 13,
      errors: { offline: 1, 'corrupt-image': 1 },
    });
    expect(sum.time.total).toBeCloseTo(21.2);
    expect(totals({ days: [] })).not.toHaveProperty('since');
  });

  test('knows days by the clock of the device, also before clocks were changed', () => {
    expect(dayOf(new Date(2026, 0, 1, 0, 0))).toBe('2026-01-01');
    expect(dayOf(new Date(2026, 11, 31, 23, 59))).toBe('2026-12-31');
    expect(dayOf(new Date(2026, 2, 1), 1)).toBe('2026-02-28');
    expect(dayOf(new Date(2026, 5, 30, 23, 30), 364)).toBe('2025-07-01');
  });

  test('is exported as CSV, a row per day', () => {
    expect(usageToCsv(USAGE).split('\r\n')).toEqual([
      'from,to,photos,decode_ms,resample_ms,infer_ms,post_ms,total_ms,offline,corrupt-image',
      '2026-01-02,2026-03-04,12,1,2,3,4,11,1,0',
      '2026-03-05,2026-03-05,1,1,2,3,4,11,0,0',
      '2026-03-06,2026-03-06,0,0,0,0,0,0,0,1',
      '',
    ]);
    expect(usageToCsv({ days: [] })).toBe(
      'from,to,photos,decode_ms,resample_ms,infer_ms,post_ms,total_ms\r\n',
    );
  });

  test('is exported as JSON, as it is kept', () => {
    expect(JSON.parse(usageToJson(USAGE))).toEqual(USAGE);
    expect(JSON.parse(usageToJson({ days: [] }))).toEqual({ days: [] });
  });
});
