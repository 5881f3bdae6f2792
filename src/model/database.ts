/**
 * IndexedDB, opened for one piece of work and closed after it: no page keeps a connection that would stand in the way of
 * another tab with a newer version of the program.
 */
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb';

/** How long opening may take, ms. Other tabs may have work to finish, and some browsers have failed to answer at all. */
const PATIENCE = 10_000;

export interface DatabasePlan<Schema extends DBSchema> {
  readonly name: string;
  /**
   * Grows with every change of the schema. A change adds stores and never removes one or gives it another meaning, so
   * that a page of an older version goes on beside a newer one.
   */
  readonly version: number;
  /** Makes the stores that versions after `from` have added; `from` is 0 where there is no database yet. */
  readonly upgrade: (database: IDBPDatabase<Schema>, from: number) => void;
}

/**
 * What `work` makes of the open database.
 * @throws {DOMException} where the browser doesn't let the page store anything, or doesn't answer
 */
export async function withDatabase<Schema extends DBSchema, Result>(
  plan: DatabasePlan<Schema>,
  work: (database: IDBPDatabase<Schema>) => Promise<Result>,
): Promise<Result> {
  const database = await open(plan);
  try {
    return await work(database);
  } finally {
    // It waits for transactions that are under way.
    database.close();
  }
}

/**
 * Does all of `work` or nothing of it, and resolves when that is on the disk.
 * @throws {DOMException} with the name 'QuotaExceededError' where there is no room
 */
export function change<
  Schema extends DBSchema,
  const Names extends readonly StoreNames<Schema>[],
  Result = void,
>(
  plan: DatabasePlan<Schema>,
  stores: Names,
  work: (transaction: IDBPTransaction<Schema, Names, 'readwrite'>) => Promise<Result>,
): Promise<Result> {
  return withDatabase(plan, async (database) => {
    const transaction = database.transaction(stores, 'readwrite', { durability: 'strict' });
    // What it throws at once, it rejects with: the transaction's own end is waited for in any case.
    const run = async () => work(transaction);
    try {
      const [result] = await Promise.all([run(), transaction.done]);
      return result;
    } catch (error) {
      abort(transaction);
      // Why it was given up says more than that one of its requests was.
      throw transaction.error ?? error;
    }
  });
}

/** Whether the page may store anything in this browser. */
export async function canStore<Schema extends DBSchema>(plan: DatabasePlan<Schema>): Promise<boolean> {
  try {
    await withDatabase(plan, () => Promise.resolve());
    return true;
  } catch {
    return false;
  }
}

async function open<Schema extends DBSchema>({
  name,
  version,
  upgrade,
}: DatabasePlan<Schema>): Promise<IDBPDatabase<Schema>> {
  const callbacks = {
    upgrade,
    // A newer version of the page has stores to add.
    blocking: (_current: number, _next: number | null, event: IDBVersionChangeEvent) =>
      (event.target as IDBDatabase).close(),
  };
  try {
    return await inTime(openDB<Schema>(name, version, callbacks));
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'VersionError')) throw error;
    // It has been here already: what this version needs is still there.
    return inTime(openDB<Schema>(name, undefined, callbacks));
  }
}

function inTime<Schema>(opening: Promise<IDBPDatabase<Schema>>): Promise<IDBPDatabase<Schema>> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new DOMException('The browser’s storage does not answer.', 'TimeoutError'));
    }, PATIENCE);
    opening.then(
      (database) => {
        clearTimeout(timer);
        if (isLate) database.close();
        resolve(database);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}

function abort(transaction: { abort: () => void }): void {
  try {
    transaction.abort();
  } catch {
    // It is over already.
  }
}
