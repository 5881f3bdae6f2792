import type { Part } from './finding.js';

/** Two parts, found by different views, that look like one thing. */
export interface Link {
  readonly a: Part;
  readonly b: Part;
  /**
   * join: neither view sees all of it. faint: the same, but one of the two is too faint to be joined. yields: the view of `b` sees all of
   * `a`, and that of `a` not all of `b`. same: both views see all of both.
   */
  readonly kind: 'join' | 'faint' | 'yields' | 'same';
  /** Of the two, within what both views see. */
  readonly iou: number;
}
