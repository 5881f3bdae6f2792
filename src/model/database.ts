/**
 * IndexedDB, opened for one piece of work and closed after it: no page keeps a connection that would stand in the way of
 * another tab with a newer version of the program.
 */
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb';
import { InspectorError } from '../core/errors.js';
import { BrowserStorage, inTime, PATIENCE } from './in-time.js';

/** How long a change of something small may take, ms: it is waited for until it is on the disk. */
const CHANGE_PATIENCE = 10_000;

const storage = new BrowserStorage();

/** Who wants to hear of the next answer that was overdue. */
const waiting = new Set<() => void>();

/** Calls once when the storage gives an answer that nobody waited for any more: asked again, it may be in time. */
export function whenAnswered(listener: () => void): void {
  waiting.add(listener);
}

function answered(): void {
  const all = [...waiting];
  waiting.clear();
  for (const listener of all) listener();
}

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
 * @param patience milliseconds that the work may take
 * @param opening milliseconds that opening may take
 * @throws {DOMException} where the browser doesn't let the page store anything, or doesn't answer
 */
export function withDatabase<Schema extends DBSchema, Result>(
  plan: DatabasePlan<Schema>,
  work: (database: IDBPDatabase<Schema>) => Promise<Result>,
  patience = PATIENCE,
  opening = PATIENCE,
): Promise<Result> {
  return connected(plan, (database) => inTime(work(database), patience, answered), opening);
}

/**
 * Does all of `work` or nothing of it, and resolves when that is on the disk.
 * @param patience milliseconds that it may take
 * @throws {DOMException} with the name 'QuotaExceededError' where there is no room, 'TimeoutError' where it takes too long
 */
export function change<
  Schema extends DBSchema,
  const Names extends readonly StoreNames<Schema>[],
  Result = void,
>(
  plan: DatabasePlan<Schema>,
  stores: Names,
  work: (transaction: IDBPTransaction<Schema, Names, 'readwrite'>) => Promise<Result>,
  patience = CHANGE_PATIENCE,
): Promise<Result> {
  return connected(plan, async (database) => {
    const transaction = database.transaction(stores, 'readwrite', { durability: 'strict' });
    // What it throws at once, it rejects with: the transaction's own end is waited for in any case.
    const run = async () => work(transaction);
    try {
      const [result] = await inTime(Promise.all([run(), transaction.done]), patience);
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

/**
 * Where a page has no storage at all (a private window, a frame of another site), nothing of an earlier visit can be there.
 * @param cause what opening a database was rejected with
 * @throws {InspectorError} 'storage-full' for any other cause: something may be there, but the browser fails or doesn't answer
 */
export function requireDenied(cause: unknown): void {
  const isMissing = cause instanceof ReferenceError || cause instanceof TypeError;
  const isDenied =
    cause instanceof DOMException && ['SecurityError', 'InvalidStateError'].includes(cause.name);
  if (!isMissing && !isDenied)
    throw new InspectorError({ code: 'storage-full', reason: 'kept-not-read' }, { cause });
}

async function connected<Schema extends DBSchema, Result>(
  plan: DatabasePlan<Schema>,
  work: (database: IDBPDatabase<Schema>) => Promise<Result>,
  opening?: number,
): Promise<Result> {
  const database = await open(plan, opening);
  try {
    return await work(database);
  } finally {
    // It waits for transactions that are under way.
    database.close();
  }
}

async function open<Schema extends DBSchema>(
  { name, version, upgrade }: DatabasePlan<Schema>,
  patience?: number,
): Promise<IDBPDatabase<Schema>> {
  const callbacks = {
    upgrade,
    // A newer version of the page has stores to add.
    blocking: (_current: number, _next: number | null, event: IDBVersionChangeEvent) =>
      (event.target as IDBDatabase).close(),
  };
  const answer = (wanted?: number) =>
    storage.ask(
      () => openDB<Schema>(name, wanted, callbacks),
      (database) => {
        database.close();
        answered();
      },
      patience,
    );
  try {
    return await answer(version);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'VersionError')) throw error;
    // It has been here already: what this version needs is still there.
    return answer();
  }
}

function abort(transaction: { abort: () => void }): void {
  try {
    transaction.abort();
  } catch {
    // It is over already.
  }
}
