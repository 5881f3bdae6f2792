import { change } from '../../model/database.js';
import { readOldEntry, type OldStorage } from '../storage/old-entry.js';
import { EARLIER, WORKBENCH } from '../storage/workbench-database.js';
import { add, dayOf, DAYS_KEPT, STAGES, type EarlierCounts, type Usage, type UsageDay } from './usage.js';

/** Where counts stay between visits. Both methods reject where the browser fails. */
export interface UsageStorage {
  /** Adds to what is kept, by whichever tab; drops what is too old for `today`; gives what is kept then. */
  add(counted: readonly UsageDay[], today: Date): Promise<Usage>;
  clear(): Promise<void>;
}

/** Under which earlier versions kept one sum of all. */
const OLD = 'defect-inspector:usage';

/** In this browser. */
export const usageStorage = (oldStorage: () => OldStorage): UsageStorage => ({
  async add(counted, today) {
    const first = dayOf(today, DAYS_KEPT - 1);
    const old = readOldEntry(oldStorage, OLD);
    const usage = await change(WORKBENCH, ['usage', 'earlierUsage'], async (transaction): Promise<Usage> => {
      const store = transaction.objectStore('usage');
      const earlierStore = transaction.objectStore('earlierUsage');
      // Put, not added: where an interruption has left the old entry behind, it would be counted twice.
      if (isOldUsage(old.value)) await earlierStore.put({ ...old.value, until: dayOf(today) }, EARLIER);
      for (const { day, ...counts } of counted) {
        const known = await store.get(day);
        await store.put(known ? add(known, counts) : counts, day);
      }
      await store.delete(IDBKeyRange.upperBound(first, true));
      const earlier = await earlierStore.get(EARLIER);
      const isTooOld = earlier !== undefined && earlier.until < first;
      if (isTooOld) await earlierStore.delete(EARLIER);
      const [keys, days] = await Promise.all([store.getAllKeys(), store.getAll()]);
      return {
        days: keys.map((day, at) => ({ day, ...days[at]! })),
        ...(earlier && !isTooOld && { earlier }),
      };
    });
    old.drop();
    return usage;
  },

  async clear() {
    await change(WORKBENCH, ['usage', 'earlierUsage'], async (transaction) => {
      await transaction.objectStore('usage').clear();
      await transaction.objectStore('earlierUsage').clear();
    });
    readOldEntry(oldStorage, OLD).drop();
  },
});

function isOldUsage(value: unknown): value is Omit<EarlierCounts, 'until'> {
  const old = value as { readonly [K in keyof EarlierCounts]?: Partial<EarlierCounts[K]> | null } | undefined;
  return (
    typeof old?.since === 'string' &&
    /^\d{4}-\d\d-\d\d$/.test(old.since) &&
    Number.isFinite(old.photos) &&
    typeof old.errors === 'object' &&
    old.errors !== null &&
    STAGES.every((stage) => Number.isFinite(old.time?.[stage]))
  );
}
