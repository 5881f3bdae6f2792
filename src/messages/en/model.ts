/** The model in use. */
import { count } from './numbers.js';

export const model = {
  threads: ({ threads, isIsolated }: { readonly threads: number; readonly isIsolated: boolean }) =>
    threads > 1 || isIsolated ? count(threads, 'thread') : '1 thread: page is not isolated',
};
