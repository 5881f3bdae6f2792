/** A finger alone hints at a phone or a tablet, whose person would look for keys in vain. */
export const hasKeyboard = (): boolean => !matchMedia('(hover: none) and (pointer: coarse)').matches;
