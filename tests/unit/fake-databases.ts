import 'fake-indexeddb/auto';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { vi } from 'vitest';

/** An empty IndexedDB, until `vi.unstubAllGlobals`. */
export function emptyDatabases(): void {
  vi.stubGlobal('indexedDB', new IDBFactory());
}

/** As where a page may store nothing. */
export function noDatabases(): void {
  vi.stubGlobal('indexedDB', undefined);
}

/** Until `vi.restoreAllMocks`, what is stored from the write number `from` on fails. */
export function failWrites(name: string, from = 0): void {
  const put = IDBObjectStore.prototype.put;
  let writes = 0;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
    if (writes++ < from) return put.apply(this, args);
    throw new DOMException('', name);
  });
}

/** A transaction of fake-indexeddb, as far as it can be made to fail when all of it was written. */
interface FakeTransaction {
  _markFinished(): void;
  _abort(name: string): void;
}

/** Until `vi.restoreAllMocks`, every transaction that has written something fails at its end, as where the disk is full by then. */
export function failCommits(name: string): void {
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
    const transaction = this.transaction as unknown as FakeTransaction;
    const { _markFinished: finish } = Object.getPrototypeOf(transaction) as FakeTransaction;
    transaction._markFinished = () => {
      transaction._markFinished = finish;
      transaction._abort(name);
    };
    return put.apply(this, args);
  });
}
