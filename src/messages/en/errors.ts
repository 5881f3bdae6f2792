/** What can go wrong, each with the next step. */

export const errors = {
  /** A photo in a batch was taken out before it was done. */
  photoCancelled: 'This photo was cancelled. Retry it when you need it.',
  /** A fault of ours: what it was says nothing to a person. */
  unexpected: 'Something unexpected went wrong. Try again.',
  /** What another program says, as it says it: a detector that somebody else has made, the runtime, the browser. */
  foreign: ({ text }: { readonly text: string }) => text,
};
