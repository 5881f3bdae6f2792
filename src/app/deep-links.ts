import type { DefectInspectorElement } from '../index.js';

/** Attributes of the element that the page's address may set. */
const NAMES = ['model', 'threshold', 'view', 'threads', 'time-limit', 'theme'] as const;

/** `?model=`, `?threshold=`, `?view=`, `?threads=`, `?time-limit=` and `?theme=` act like the element's attributes of that name. */
export function applyDeepLinks(inspector: DefectInspectorElement, query: URLSearchParams): void {
  for (const name of NAMES) {
    const value = query.get(name);
    if (value) inspector.setAttribute(name, value);
  }
}
