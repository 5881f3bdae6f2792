/** Photos that wait, are inspected, or were. */

export const photos = {
  /** `25 s left`, `3 min left`, of milliseconds; no more exact than it can be known. */
  timeLeft: (milliseconds: number): string => {
    const seconds = Math.max(1, Math.ceil(milliseconds / 5000)) * 5;
    return seconds < 90 ? `${seconds} s left` : `${Math.round(seconds / 60)} min left`;
  },
};
