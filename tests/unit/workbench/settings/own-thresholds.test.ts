import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  keepOwnThresholds,
  loadOwnThresholds,
  replaceOwnThresholds,
} from '../../../../src/workbench/settings/own-thresholds.js';
import { loadSettings } from '../../../../src/workbench/settings/kept-settings.js';
import { emptyDatabases, failWrites, noDatabases } from '../../fake-databases.js';
import { oldEntries } from '../fake-local-storage.js';

const OLD = 'defect-inspector:thresholds';

beforeEach(emptyDatabases);
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('a person’s own thresholds', () => {
  test('are kept', async () => {
    expect(await loadOwnThresholds(() => localStorage)).toEqual({});
    await keepOwnThresholds('abc', { 1: 0.25 });
    expect(await loadOwnThresholds(() => localStorage)).toEqual({ abc: { 1: 0.25 } });
  });

  test('are kept for every model and class that any tab has set', async () => {
    await Promise.all([
      keepOwnThresholds('abc', { 1: 0.25 }),
      keepOwnThresholds('abc', { 2: 0.5 }),
      keepOwnThresholds('def', { 1: 0.75 }),
    ]);
    await keepOwnThresholds('abc', { 2: 0.6 });
    expect(await loadOwnThresholds(() => localStorage)).toEqual({
      abc: { 1: 0.25, 2: 0.6 },
      def: { 1: 0.75 },
    });
    await replaceOwnThresholds('abc', undefined, { 1: 0.25, 2: 0.6 });
    expect(await loadOwnThresholds(() => localStorage)).toEqual({ def: { 1: 0.75 } });
  });

  test('that another tab has set meanwhile stay when others are replaced', async () => {
    await keepOwnThresholds('abc', { 1: 0.25 });
    // Another tab knows of that one alone.
    await keepOwnThresholds('abc', { 2: 0.5 });
    await replaceOwnThresholds('abc', { 1: 0.3, 3: 0.4 }, { 1: 0.25 });
    expect(await loadOwnThresholds(() => localStorage)).toEqual({ abc: { 1: 0.3, 2: 0.5, 3: 0.4 } });
    await replaceOwnThresholds('abc', undefined, { 1: 0.3, 3: 0.4 });
    expect(await loadOwnThresholds(() => localStorage)).toEqual({ abc: { 2: 0.5 } });
  });

  test('are dropped where none is left', async () => {
    await keepOwnThresholds('def', { 1: 0.75 });
    await replaceOwnThresholds('def', {}, { 1: 0.75 });
    expect(await loadOwnThresholds(() => localStorage)).toEqual({});
  });

  test('are used without storage, and the failure is reported', async () => {
    noDatabases();
    expect(await loadOwnThresholds(() => localStorage)).toEqual({});
    for (const failing of [keepOwnThresholds('abc', { 1: 0.5 }), replaceOwnThresholds('abc', undefined)]) {
      await expect(failing).rejects.toMatchObject({
        code: 'storage-full',
        message: expect.stringMatching(
          /^Your thresholds could not be stored in this browser: .*set it again\.$/,
        ),
      });
    }
  });
});

describe('those that an earlier version has kept', () => {
  test('are carried over, once', async () => {
    const entries = oldEntries({ [OLD]: '{"abc":{"1":0.25},"def":{"2":1}}' });
    expect(await loadOwnThresholds(() => localStorage)).toEqual({ abc: { 1: 0.25 }, def: { 2: 1 } });
    expect(entries.size).toBe(0);
    expect(await loadOwnThresholds(() => localStorage)).toEqual({ abc: { 1: 0.25 }, def: { 2: 1 } });
  });

  test('give way to those that were set since', async () => {
    await keepOwnThresholds('abc', { 1: 0.5 });
    const entries = oldEntries({ [OLD]: '{"abc":{"1":0.25},"def":{"2":1}}' });
    expect(await loadOwnThresholds(() => localStorage)).toEqual({ abc: { 1: 0.5 }, def: { 2: 1 } });
    expect(entries.size).toBe(0);
  });

  test.each([['null'], ['{"a": 1}'], ['{"a": {"1": "x"}}'], ['{"a": {"1": 2}}'], ['{']])(
    'are none where %s was stored',
    async (stored) => {
      oldEntries({ [OLD]: stored });
      expect(await loadOwnThresholds(() => localStorage)).toEqual({});
    },
  );

  test.each([
    ['there is no room', () => failWrites('QuotaExceededError')],
    ['nothing can be stored', noDatabases],
  ])('hold, and stay where they are, while %s', async (_, fail) => {
    const entries = oldEntries({ [OLD]: '{"abc":{"1":0.25}}' });
    fail();
    expect(await loadOwnThresholds(() => localStorage)).toEqual({ abc: { 1: 0.25 } });
    expect(entries.size).toBe(1);
  });

  test('do not hide the others where they can’t be removed', async () => {
    await keepOwnThresholds('def', { 1: 0.5 });
    vi.stubGlobal('localStorage', {
      getItem: () => '{"abc":{"1":0.25}}',
      removeItem: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    const both = { abc: { 1: 0.25 }, def: { 1: 0.5 } };
    expect(await loadOwnThresholds(() => localStorage)).toEqual(both);
    expect(await loadOwnThresholds(() => localStorage)).toEqual(both);
  });

  test('are none where even that is denied', async () => {
    vi.stubGlobal('localStorage', {
      getItem: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    expect(await loadOwnThresholds(() => localStorage)).toEqual({});
  });
});

// The last one: nobody asks a storage again that still owes an answer.
test('a storage that does not answer, or fails, is not the same as an empty one', async () => {
  await keepOwnThresholds('abc', { 1: 0.25 });
  const open = vi.spyOn(indexedDB, 'open');
  const unread = { code: 'storage-full', data: { reason: 'kept-not-read' } };
  open.mockImplementation(() => {
    throw new DOMException('Internal error.', 'UnknownError');
  });
  for (const load of [() => loadOwnThresholds(() => localStorage), loadSettings])
    await expect(load()).rejects.toMatchObject(unread);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  open.mockImplementation(() => new IDBOpenDBRequest());
  const late = Promise.all(
    [loadOwnThresholds(() => localStorage), loadSettings()].map((loading) =>
      expect(loading).rejects.toMatchObject(unread),
    ),
  );
  await vi.advanceTimersByTimeAsync(5000);
  await late;
  vi.useRealTimers();
});
