/** What can go wrong, each with the next step. */

export const errors = {
  /** What another program says, as it says it: a detector that somebody else has made, the runtime, the browser. */
  foreign: ({ text }: { readonly text: string }) => text,

  // Keeping things in this browser
  'no-space-for-model':
    "The model was not stored: the browser's storage for this page is full. Delete models that are not needed.",
  'model-not-stored':
    'The browser could not store the model: private windows have little room, and a file that was moved must be ' +
    'chosen again. Until the page is closed, the model works.',
  'own-models-not-readable':
    'The models on this device could not be read. Close this page and open it again.',
  'not-stored': 'This could not be stored in this browser.',
};
