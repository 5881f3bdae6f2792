import { change } from '../../model/database.js';
import { readOldEntry, type OldStorage } from '../storage/old-entry.js';
import { EARLIER, WORKBENCH } from '../storage/workbench-database.js';
import {
  add,
  dayOf,
  DAYS_KEPT,
  STAGES,
  type Counts,
  type EarlierCounts,
  type Usage,
  type UsageDay,
} from './usage.js';

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
        const known: unknown = await store.get(day);
        await store.put(isCounts(known) ? add(known, counts) : counts, day);
      }
      await store.delete(IDBKeyRange.upperBound(first, true));
      const earlier: unknown = await earlierStore.get(EARLIER);
      const isKept = isEarlierCounts(earlier) && earlier.until >= first;
      if (earlier !== undefined && !isKept) await earlierStore.delete(EARLIER);
      const [keys, all] = await Promise.all([store.getAllKeys(), store.getAll()]);
      return {
        days: keys.flatMap((day, at) => {
          const counts: unknown = all[at];
          return isCounts(counts) ? [{ ...counts, day }] : [];
        }),
        ...(isKept && { earlier }),
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

/** Whatever wrote an entry, and however it was damaged: what can't be read counts as nothing. */
function isCounts(value: unknown): value is Counts {
  const counts = value as { readonly [K in keyof Counts]?: Partial<Counts[K]> | null } | null | undefined;
  return (
    isCount(counts?.photos) &&
    typeof counts.errors === 'object' &&
    counts.errors !== null &&
    Object.values(counts.errors).every(isCount) &&
    STAGES.every((stage) => isCount(counts.time?.[stage]))
  );
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;

function isOldUsage(value: unknown): value is Omit<EarlierCounts, 'until'> {
  return isCounts(value) && isDay((value as Partial<EarlierCounts>).since);
}

function isEarlierCounts(value: unknown): value is EarlierCounts {
  return isOldUsage(value) && isDay((value as Partial<EarlierCounts>).until);
}

const isDay = (value: unknown): boolean => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);
