import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { byDay, totals, type Usage, type UsageDay } from '../../../../src/workbench/usage/usage.js';
import { usageStorage, type UsageStorage } from '../../../../src/workbench/usage/usage-storage.js';
import { UsageStore } from '../../../../src/workbench/usage/usage-store.js';
import { emptyDatabases } from '../../fake-databases.js';

const timing = { decode: 1, resample: 2, infer: 3, post: 4, total: 10 };
const NOON = new Date(2026, 0, 2, 12);

class MemoryStorage implements UsageStorage {
  days: readonly UsageDay[] = [];
  writes = 0;
  isBroken = false;

  async add(counted: readonly UsageDay[]): Promise<Usage> {
    if (this.isBroken) throw new DOMException('', 'UnknownError');
    this.writes++;
    this.days = byDay([...this.days, ...counted]);
    return { days: this.days };
  }
  async clear(): Promise<void> {
    if (this.isBroken) throw new DOMException('', 'UnknownError');
    this.days = [];
  }
}

let storage: MemoryStorage;
let now: Date;
let store: UsageStore;
const photos = () => totals(store.view.usage).photos;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  storage = new MemoryStorage();
  now = NOON;
  store = new UsageStore(storage, () => now);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('UsageStore', () => {
  test('figures add up and survive the page', async () => {
    vi.useRealTimers();
    emptyDatabases();
    const counting = new UsageStore(
      usageStorage(() => localStorage),
      () => NOON,
    );
    counting.countInspection({ timing });
    counting.countInspection({ timing });
    counting.countError('corrupt-image');
    counting.countError('corrupt-image');
    counting.sync();
    await counting.settled;
    const again = new UsageStore(
      usageStorage(() => localStorage),
      () => NOON,
    );
    again.sync();
    await again.settled;
    expect(again.view).toEqual(counting.view);
    const sum = totals(again.view.usage);
    expect(sum).toMatchObject({ since: '2026-01-02', photos: 2, errors: { 'corrupt-image': 2 } });
    expect(sum.time.total).toBe(20);
  });

  test('shows at once what it writes together a second later', async () => {
    const changes = vi.fn();
    store.addEventListener('change', changes);
    for (let photo = 0; photo < 5; photo++) store.countInspection({ timing });
    expect([photos(), changes.mock.calls.length, storage.writes]).toEqual([5, 5, 0]);
    await vi.advanceTimersByTimeAsync(1000);
    await store.settled;
    expect([photos(), totals({ days: storage.days }).photos, storage.writes]).toEqual([5, 5, 1]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(storage.writes).toBe(1);
  });

  test('counts each photo on its day', async () => {
    store.countInspection({ timing });
    now = new Date(2026, 0, 3, 0, 1);
    store.countInspection({ timing });
    expect(store.view.usage.days.map(({ day }) => day)).toEqual(['2026-01-02', '2026-01-03']);
  });

  test('loses nothing that is counted while it writes', async () => {
    store.countInspection({ timing });
    store.sync();
    store.countInspection({ timing });
    await store.settled;
    expect(photos()).toBe(2);
    await vi.advanceTimersByTimeAsync(1000);
    await store.settled;
    expect(totals({ days: storage.days }).photos).toBe(2);
  });

  test('reads what other tabs have counted', async () => {
    const other = new UsageStore(storage, () => now);
    other.countInspection({ timing });
    other.sync();
    await other.settled;
    expect(photos()).toBe(0);
    store.sync();
    await store.settled;
    expect(photos()).toBe(1);
  });

  test('goes on from memory where nothing can be stored, says so, and writes it when it can', async () => {
    storage.isBroken = true;
    store.countInspection({ timing });
    store.sync();
    await store.settled;
    expect(store.view).toMatchObject({ problem: 'not-stored', usage: { days: [{ photos: 1 }] } });
    storage.isBroken = false;
    store.countInspection({ timing });
    await vi.advanceTimersByTimeAsync(1000);
    await store.settled;
    expect(store.view.problem).toBeUndefined();
    expect(totals({ days: storage.days }).photos).toBe(2);
  });

  test('forgets everything on request, what isn’t written yet, too', async () => {
    store.countInspection({ timing });
    store.sync();
    store.countError('offline');
    store.clear();
    await store.settled;
    await vi.advanceTimersByTimeAsync(1000);
    await store.settled;
    expect(store.view).toEqual({ usage: { days: [] } });
    expect(storage.days).toEqual([]);
  });

  test('says what it could not delete', async () => {
    store.countInspection({ timing });
    store.sync();
    await store.settled;
    storage.isBroken = true;
    store.clear();
    await store.settled;
    expect(store.view.problem).toBe('not-cleared');
    expect(photos()).toBe(1);
  });

  test('deletes counts that were never stored', async () => {
    storage.isBroken = true;
    store.countInspection({ timing });
    store.clear();
    await store.settled;
    expect(store.view).toEqual({ problem: 'not-stored', usage: { days: [] } });
  });

  test('keeps what isn’t written yet where it could not delete what is', async () => {
    store.countInspection({ timing });
    store.sync();
    store.countInspection({ timing });
    await store.settled;
    storage.isBroken = true;
    store.clear();
    await store.settled;
    expect(store.view.problem).toBe('not-cleared');
    expect(photos()).toBe(2);
    storage.isBroken = false;
    store.sync();
    await store.settled;
    expect(totals({ days: storage.days }).photos).toBe(2);
  });
});
