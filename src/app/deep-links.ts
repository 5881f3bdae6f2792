import type { DefectInspectorElement } from '../index.js';

/** Attributes of the element that the page's address may set. */
const NAMES = ['model', 'detail', 'smallest', 'threshold', 'view', 'threads', 'time-limit', 'theme'] as const;

/** What the page's address says by these names acts like the element's attributes of the same name: `?model=`, `?detail=` ... */
export function applyDeepLinks(inspector: DefectInspectorElement, query: URLSearchParams): void {
  for (const name of NAMES) {
    const value = query.get(name);
    if (value) inspector.setAttribute(name, value);
  }
}
