/** Where earlier versions kept entries: `localStorage`, or what stands for it. */
export interface OldStorage {
  getItem(key: string): string | null;
  removeItem(key: string): void;
}

/** What earlier versions kept there, as JSON. */
export interface OldEntry {
  /** Undefined where there is nothing, or nothing that is JSON. */
  readonly value: unknown;
  /** To be called when it is kept elsewhere. */
  readonly drop: () => void;
}

/** @param open gives the storage, and throws where it is denied */
export function readOldEntry(open: () => OldStorage, key: string): OldEntry {
  try {
    const storage = open();
    return {
      value: JSON.parse(storage.getItem(key) ?? 'null') ?? undefined,
      drop() {
        try {
          storage.removeItem(key);
        } catch {
          // It is kept elsewhere by now, and read there first.
        }
      },
    };
  } catch {
    // Storage is denied, or the entry is damaged: the same as no entry.
    return { value: undefined, drop: () => undefined };
  }
}
