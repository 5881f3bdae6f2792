/** What earlier versions kept in `localStorage`, as JSON. */
export interface OldEntry {
  /** Undefined where there is nothing, or nothing that is JSON. */
  readonly value: unknown;
  /** To be called when it is kept elsewhere. */
  readonly drop: () => void;
}

export function readOldEntry(key: string): OldEntry {
  try {
    const storage = localStorage;
    return {
      value: JSON.parse(storage.getItem(key) ?? 'null') ?? undefined,
      drop: () => storage.removeItem(key),
    };
  } catch {
    // Storage is denied, or the entry is damaged: the same as no entry.
    return { value: undefined, drop: () => undefined };
  }
}
