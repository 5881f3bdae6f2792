/** The database of what is remembered beside models. They have their own: the inference worker opens that one alone. */
import type { DBSchema, IDBPDatabase, StoreNames } from 'idb';
import type { ClassThresholds } from '../../core/recipe/recipe.js';
import { withDatabase, type DatabasePlan } from '../../model/database.js';
import { LONG_PATIENCE } from '../../model/in-time.js';
import type { StoredLesson, StoredPhoto } from '../lessons/stored-lesson.js';
import type { KeptLesson } from '../lessons/state.js';
import type { Settings } from '../settings/settings.js';
import type { Counts, EarlierCounts } from '../usage/usage.js';

interface WorkbenchSchema extends DBSchema {
  /** A person's own thresholds, by the SHA-256 of the model. */
  thresholds: { key: string; value: ClassThresholds };
  /** One entry at most, under `CHOSEN`. */
  settings: { key: typeof CHOSEN; value: Settings };
  /** What was counted, by day, `YYYY-MM-DD`. */
  usage: { key: string; value: Counts };
  /** What was counted before days were told apart: one entry at most, under `EARLIER`. */
  earlierUsage: { key: typeof EARLIER; value: EarlierCounts };
  /** What a list says of a person's lessons. */
  lessons: { key: string; value: KeptLesson };
  /** The lessons themselves, under the same keys, and what is large about their photos, under keys that begin with these. */
  lessonContents: { key: string; value: StoredLesson };
  lessonPhotos: { key: string; value: StoredPhoto };
}

const STORES: readonly StoreNames<WorkbenchSchema>[] = [
  'thresholds',
  'usage',
  'earlierUsage',
  'settings',
  'lessons',
  'lessonContents',
  'lessonPhotos',
];

export const EARLIER = 'earlier';
export const CHOSEN = 'chosen';

export const WORKBENCH: DatabasePlan<WorkbenchSchema> = {
  name: 'defect-inspector',
  version: 3,
  upgrade(database) {
    for (const store of STORES)
      if (!database.objectStoreNames.contains(store)) database.createObjectStore(store);
  },
};

/** What `work` reads of it. Nothing of the page waits for that, so that a slow storage is no matter. @throws as `withDatabase` */
export const readKept = <Result>(
  work: (database: IDBPDatabase<WorkbenchSchema>) => Promise<Result>,
): Promise<Result> => withKept(work, LONG_PATIENCE);

/** The same for what is large. @param patience milliseconds that it may take */
export const withKept = <Result>(
  work: (database: IDBPDatabase<WorkbenchSchema>) => Promise<Result>,
  patience: number,
): Promise<Result> => withDatabase(WORKBENCH, work, patience, LONG_PATIENCE);
