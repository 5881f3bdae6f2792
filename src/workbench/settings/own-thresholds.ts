/** A person's own thresholds, kept in this browser. */
import type { OwnThresholds } from '../../core/recipe/threshold.js';

const KEY = 'defect-inspector:thresholds';

/** What was kept; nothing where storage is denied, empty or of another shape. */
export function loadOwnThresholds(storage: () => Storage = () => localStorage): OwnThresholds {
  try {
    const stored: unknown = JSON.parse(storage().getItem(KEY) ?? '{}');
    return isOwnThresholds(stored) ? stored : {};
  } catch {
    return {};
  }
}

export function saveOwnThresholds(own: OwnThresholds, storage: () => Storage = () => localStorage): void {
  try {
    storage().setItem(KEY, JSON.stringify(own));
  } catch {
    // Denied or full: they hold until the page is closed.
  }
}

function isOwnThresholds(value: unknown): value is OwnThresholds {
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).every(
    (classes: unknown) =>
      typeof classes === 'object' &&
      classes !== null &&
      Object.values(classes).every((one) => typeof one === 'number' && one >= 0 && one <= 1),
  );
}
