/** Old names of texts that the evaluation still uses: see src/messages/text.ts. */
import { count } from '../../messages/en/numbers.js';
import { text, write } from '../../messages/text.js';

export const plural = count;
export const { duration } = write;
export const timeLeftSentence = text.photos.timeLeft;
