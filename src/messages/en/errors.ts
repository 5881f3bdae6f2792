/** What can go wrong, each with the next step. */
import { workbenchErrors } from './errors-workbench.js';

export const errors = {
  /** What another program says, as it says it: a detector that somebody else has made, the runtime, the browser. */
  foreign: ({ text }: { readonly text: string }) => text,
  ...workbenchErrors,
};
