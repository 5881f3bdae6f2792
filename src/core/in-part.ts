import type { Inspection } from './types.js';

/** Whether fewer views of a photo were run than were planned. */
export const isInPart = ({ input }: Pick<Inspection, 'input'>): boolean => input.tiles < input.planned;
