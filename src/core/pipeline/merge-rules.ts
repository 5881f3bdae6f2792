/** The numbers by which views are merged, in one place, since they are measured together. */

/** Intersection over union from which on two views agree, within what both of them see. */
export const AGREEMENT = 0.3;
/** Parts with a lower score join nothing. */
export const JOINING_SCORE = 0.15;
/** The share of a region that is most of it. */
export const MOST = 0.5;
/** The share that is nearly all of it. */
export const NEARLY_ALL = 0.7;
/** Whether a coarse view's finding is left out where a finer view saw it whole and found nothing there at any score. */
export const TRUSTS_FINER_VIEWS: boolean = true;
