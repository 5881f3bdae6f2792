import { vi } from 'vitest';

/** What an earlier version has left behind in `localStorage`, until `vi.unstubAllGlobals`. */
export function oldEntries(entries: Readonly<Record<string, string>>): Map<string, string> {
  const items = new Map(Object.entries(entries));
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => items.get(key) ?? null,
    removeItem: (key: string) => items.delete(key),
  });
  return items;
}
