/**
 * The numbers by which views are merged, in one place, since they are measured together: on pictures composed of val photos of
 * neu_seg and bsdata, seen in tiles of 960 x 960.
 */

/** Intersection over union from which on two views agree, within what both of them see. Anything from 0.3 to 0.5 gave the same. */
export const AGREEMENT = 0.3;
/**
 * Parts with a lower score join nothing. Joining from 0.05 on gave a fifth less pixel IoU, from 0.1 on the same with bsdata; anything
 * from 0.12 to 0.3 gave all there was.
 */
export const JOINING_SCORE = 0.2;
/** The share of a region that is most of it. */
export const MOST = 0.5;
/** The share that is nearly all of it. */
export const NEARLY_ALL = 0.7;
