/** From so many photos on, figures begin to mean something. */
export const ENOUGH = { marked: 3, good: 5 } as const;
