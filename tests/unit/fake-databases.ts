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
