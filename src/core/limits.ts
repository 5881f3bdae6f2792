/**
 * What a file from outside may say. Beyond these bounds it is not meant, and would cost memory or time: numbers, names and
 * sizes are held to them before anything is made of them.
 */

/** Characters of a name: of a model, a class, a licence. */
export const MAX_NAME = 256;
/** Characters of a text that describes something. */
export const MAX_TEXT = 4096;
/** Characters that are shown of what the runtime or another program says: it may quote names of any length. */
export const MAX_FOREIGN_TEXT = 300;
/** Characters of an entry of a file's metadata that is read; that of our own models has 5,000. */
export const MAX_METADATA = 4e6;
/** Classes that a model tells apart; also the largest number that a class may have. */
export const MAX_CLASSES = 4096;
/** Pixels of a side of a network's input. */
export const MAX_INPUT_SIDE = 4096;
/** Detections that a network gives at or above its floor, before any is dropped. */
export const MAX_ROWS = 10_000;

/** What is only shown: cut where it is longer than a name. */
export const clipped = (text: string, most = MAX_NAME): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;
