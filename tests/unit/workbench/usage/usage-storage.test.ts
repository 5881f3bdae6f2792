import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  NOTHING,
  ofError,
  ofInspection,
  totals,
  type UsageDay,
} from '../../../../src/workbench/usage/usage.js';
import { usageStorage as makeStorage } from '../../../../src/workbench/usage/usage-storage.js';
import { change } from '../../../../src/model/database.js';
import { EARLIER, WORKBENCH } from '../../../../src/workbench/storage/workbench-database.js';
import { emptyDatabases, failWrites } from '../../fake-databases.js';
import { oldEntries } from '../fake-local-storage.js';

const timing = { decode: 1, resample: 2, infer: 3, post: 4, total: 10 };
const photo = (day: string): UsageDay => ({ day, ...ofInspection({ timing }) });
const failure = (day: string): UsageDay => ({ day, ...ofError('corrupt-image') });
const TODAY = new Date(2031, 4, 6, 7, 8, 9);
const OLD = 'defect-inspector:usage';
const OLD_USAGE = { since: '2031-01-02', photos: 7, time: timing, errors: { offline: 2 } };

const usageStorage = makeStorage(() => localStorage);
const read = () => usageStorage.add([], TODAY);

beforeEach(emptyDatabases);
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('what was counted', () => {
  test('is added to what is there, by whichever tab', async () => {
    await Promise.all([
      usageStorage.add([photo('2031-05-05'), photo('2031-05-06')], TODAY),
      usageStorage.add([photo('2031-05-06'), failure('2031-05-06')], TODAY),
    ]);
    const usage = await read();
    expect(usage.days.map(({ day, photos }) => [day, photos])).toEqual([
      ['2031-05-05', 1],
      ['2031-05-06', 2],
    ]);
    expect(usage.days[1]).toMatchObject({ time: { infer: 6, total: 20 }, errors: { 'corrupt-image': 1 } });
  });

  test('is kept for a year', async () => {
    await usageStorage.add(['2030-05-06', '2030-05-07', '2031-05-06'].map(photo), TODAY);
    expect((await read()).days.map(({ day }) => day)).toEqual(['2030-05-07', '2031-05-06']);
  });

  test('is kept as a whole or not at all', async () => {
    await usageStorage.add([photo('2031-05-06')], TODAY);
    failWrites('QuotaExceededError', 1);
    await expect(usageStorage.add([photo('2031-05-05'), photo('2031-05-06')], TODAY)).rejects.toMatchObject({
      name: 'QuotaExceededError',
    });
    vi.restoreAllMocks();
    expect((await read()).days).toEqual([photo('2031-05-06')]);
  });

  test('is forgotten on request, with what an earlier version has counted', async () => {
    const entries = oldEntries({ [OLD]: JSON.stringify(OLD_USAGE) });
    await usageStorage.add([photo('2031-05-06')], TODAY);
    entries.set(OLD, JSON.stringify(OLD_USAGE));
    await usageStorage.clear();
    expect(entries.size).toBe(0);
    expect(await read()).toEqual({ days: [] });
  });
});

describe('a damaged record', () => {
  const damaged = [
    null,
    'x',
    { photos: 1, time: timing, errors: null },
    { photos: 1, time: null, errors: {} },
    { photos: Number.NaN, time: timing, errors: {} },
    { photos: 1, time: timing, errors: { offline: 'many' } },
  ];

  test.each(damaged)('as %j counts as nothing, and counting goes on', async (record) => {
    await change(WORKBENCH, ['usage', 'earlierUsage'], async (transaction) => {
      await transaction.objectStore('usage').put(record as never, '2031-05-05');
      await transaction.objectStore('usage').put(record as never, '2031-05-06');
      await transaction.objectStore('earlierUsage').put(record as never, EARLIER);
    });
    const usage = await usageStorage.add([photo('2031-05-06')], TODAY);
    expect(usage).toEqual({ days: [photo('2031-05-06')] });
  });
});

describe('what an earlier version has counted', () => {
  test('is carried over as one sum, and counted once', async () => {
    const entries = oldEntries({ [OLD]: JSON.stringify(OLD_USAGE) });
    const usage = await usageStorage.add([photo('2031-05-06')], TODAY);
    expect(entries.size).toBe(0);
    expect(usage.earlier).toEqual({ ...OLD_USAGE, until: '2031-05-06' });
    expect(totals(usage)).toMatchObject({ since: '2031-01-02', photos: 8, errors: { offline: 2 } });
    // As after an interruption between the two.
    entries.set(OLD, JSON.stringify(OLD_USAGE));
    expect(totals(await read()).photos).toBe(8);
  });

  test('is kept for a year, too', async () => {
    oldEntries({ [OLD]: JSON.stringify(OLD_USAGE) });
    await read();
    expect((await usageStorage.add([], new Date(2032, 4, 4))).earlier).toBeDefined();
    expect((await usageStorage.add([], new Date(2032, 4, 6))).earlier).toBeUndefined();
    expect(await read()).toEqual({ days: [] });
  });

  test('stays where it is while it can’t be carried over', async () => {
    const entries = oldEntries({ [OLD]: JSON.stringify(OLD_USAGE) });
    failWrites('QuotaExceededError');
    await expect(read()).rejects.toBeInstanceOf(DOMException);
    expect(entries.size).toBe(1);
  });

  test.each([
    '',
    'null',
    '{',
    '{"photos":3}',
    '{"since":"x","photos":1,"time":{},"errors":{}}',
    '{"since":"2031-01-02","photos":1,"time":{},"errors":null}',
  ])('and is damaged as %j starts anew', async (content) => {
    oldEntries({ [OLD]: content });
    expect(totals(await read())).toEqual(NOTHING);
  });
});
