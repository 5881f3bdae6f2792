/** What can go wrong between views and engine. */
export const workbenchErrors = {
  'photo-cancelled': 'This photo was cancelled. Retry it when you need it.',
  /** A fault of ours: what it was says nothing to a person. */
  unexpected: 'Something unexpected went wrong. Try again.',
  'evaluation-not-loaded': 'The evaluation could not be loaded. Check the connection and try again.',
  'evaluated-model-gone': ({ name }: { name: string }) =>
    `“${name}” is no longer the model in use, and figures are of one model. Choose it again, or inspect all photos anew.`,
  'models-dialog-not-loaded': 'The list of models could not be loaded. Check the connection and try again.',
  'drop-without-photo': ({ name }: { readonly name: string }) =>
    `There is no photo in ${name}. Drop photos, or a folder or ZIP with photos in it.`,
  'drag-without-photo': 'What was dragged here is no photo. Drop a file, or a picture of another page.',
  'usage-not-loaded': 'The usage figures could not be loaded. Check the connection and try again.',
};
