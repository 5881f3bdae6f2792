/** What a class may be called in annotations, without the blanks around it. */
import * as v from 'valibot';
import { MAX_NAME } from '../core/limits.js';

const Trimmed = v.pipe(v.string(), v.trim());
export const Name = v.pipe(Trimmed, v.minLength(1), v.maxLength(MAX_NAME));
/** One of which nothing is wrong but its length. */
export const LongName = v.pipe(Trimmed, v.minLength(MAX_NAME + 1));
